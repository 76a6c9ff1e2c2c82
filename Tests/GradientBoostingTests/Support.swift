import GradientBoosting

/// Rows whose columns and target have closed forms, so that other libraries can be given the same ones.
struct ExampleRows {
  /// The rows, [N, 4].
  let rows: Tensor<Float>
  /// A target with an interaction, a bend, and a part that repeats, [N].
  let targets: Tensor<Float>

  init(count: Int = 303) {
    var numbers: [Float] = []
    var targets: [Float] = []
    for row in 0..<count {
      let (a, b, c, d) = (row * 7 % 11, row * 5 % 13, row * 3 % 17, row % 2)
      numbers += [Float(a), Float(b), Float(c), Float(d)]
      targets.append(Float(a * d + max(b - 6, 0) * 2 + c % 3))
    }
    rows = Tensor<Float>(numbers).reshaped(to: [count, 4])
    self.targets = Tensor<Float>(targets)
  }

  /// The weights 1, 2, 3, 1, …, [N].
  var weights: Tensor<Float> { Tensor((0..<targets.shape[0]).map { Float(1 + $0 % 3) }) }

  /// All rows in bins that they define.
  var binned: BinnedRows {
    var binned = BinnedRows(binsOf: rows)
    binned.append(rows)
    return binned
  }
}

extension BoostingOptions {
  /// The options of the figures that other libraries computed.
  static var ofFigures: BoostingOptions {
    var options = BoostingOptions()
    options.treeCount = 12
    options.learningRate = 0.2
    options.maximumLeafCount = 9
    options.minimumLeafSize = 8
    options.regularization = 1.5
    return options
  }
}
