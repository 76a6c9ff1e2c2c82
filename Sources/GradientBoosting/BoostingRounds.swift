/// The training of ``BoostedTrees``, tree by tree.
struct BoostingRounds {
  private let table: BinnedRows
  private let targets: Tensor<Float>
  private let weights: Tensor<Float>?
  private let loss: BoostingLoss
  private let options: BoostingOptions
  /// The sums of the trees grown so far, [N].
  private var sums: Tensor<Float>
  private var generator: Xoshiro256

  init(
    _ table: BinnedRows, _ targets: Tensor<Float>, _ weights: Tensor<Float>?, _ loss: BoostingLoss,
    _ options: BoostingOptions, start: Float
  ) {
    self.table = table
    self.targets = targets
    self.weights = weights
    self.loss = loss
    self.options = options
    sums = .full(targets.shape, start)
    generator = Xoshiro256(seed: options.seed)
  }

  /// Grows all trees.
  mutating func trees() throws(CancellationError) -> [RegressionTree] {
    var trees: [RegressionTree] = []
    for _ in 0..<options.treeCount {
      if Task.isCancelled { throw CancellationError() }
      let tree = GrowingTree(from: drawnRows(), drawnColumns(), of: table, derivatives(), options)
        .grown()
      sums = sums + values(of: tree)
      trees.append(tree)
    }
    return trees
  }

  /// Draws each row with the share of rows as its probability.
  private mutating func drawnRows() -> [Int32] {
    let all = 0..<Int32(table.count)
    guard options.rowShare < 1 else { return Array(all) }
    let limit = UInt64(options.rowShare * 0x1p32)
    let drawn = all.filter { _ in generator.next() >> 32 < limit }
    return drawn.isEmpty ? Array(all) : drawn
  }

  private mutating func drawnColumns() -> [Int] {
    let all = 0..<table.columnCount
    let count = Int((options.columnShare * Double(all.count)).rounded(.up))
    return count < all.count ? all.shuffled(using: &generator).prefix(count).sorted() : Array(all)
  }

  /// Returns the first and second derivatives of the loss of each row.
  private func derivatives() -> [SIMD2<Float>] {
    var (first, second) = loss.derivatives(sums, targets)
    if let weights {
      first = first * weights
      second = second * weights
    }
    return zip(first.scalars, second.scalars).map { SIMD2($0, $1) }
  }

  private func values(of tree: RegressionTree) -> Tensor<Float> {
    let (count, columns) = (table.count, table.columns)
    return Tensor([count]) { values in
      values.update(repeating: 0, count: count)
      let values = SendablePointer(values)
      parallelFor((count + Self.pieceLength - 1) / Self.pieceLength) { piece in
        let first = piece * Self.pieceLength
        tree.add(
          valuesOf: first..<min(first + Self.pieceLength, count), in: columns, to: values.pointer)
      }
    }
  }

  private static let pieceLength = 16_384
}
