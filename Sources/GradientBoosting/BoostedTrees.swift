/// A sum of regression trees, each fitted to what the ones before it leave unexplained: gradient boosting on
/// histograms.
///
/// ```swift
/// var rows = BinnedRows(binsOf: columns)
/// rows.append(columns)
/// let trees = try BoostedTrees(fittedTo: rows, targets, loss: .squaredError)
/// let predictions = trees(columns)
/// ```
///
/// With the same options, the trees are those of scikit-learn's `HistGradientBoostingRegressor` without early
/// stopping. In contrast to it, missing values are always on the lower side of a question, unless the question is
/// whether a value is missing.
///
/// The same seed gives the same trees at any number of threads.
///
/// Sources: Friedman 2001, Greedy function approximation: a gradient boosting machine; Ke et al. 2017, LightGBM:
/// a highly efficient gradient boosting decision tree.
public struct BoostedTrees: Sendable {
  /// The loss that the trees minimize.
  public let loss: BoostingLoss
  /// The number of columns, F.
  public let columnCount: Int
  /// The sum before the first tree.
  private let start: Float
  private let trees: [RegressionTree]

  /// Fits trees.
  ///
  /// Stops the program if there are no rows, if the shapes don't fit, if a number of the options is out of range,
  /// if a target isn't finite or, for a Tweedie loss, negative, or if a weight isn't finite or negative or all
  /// weights are 0.
  ///
  /// - Parameters:
  ///   - rows: The rows, N of them.
  ///   - targets: The targets, [N].
  ///   - weights: The weights of the rows in the loss, [N], all of at least 0 and one positive, or nil for equal
  ///     weights.
  ///   - loss: The loss.
  ///   - options: The configuration.
  /// - Throws: `CancellationError` if the surrounding task is canceled.
  public init(
    fittedTo rows: BinnedRows, _ targets: Tensor<Float>, weights: Tensor<Float>? = nil,
    loss: BoostingLoss, options: BoostingOptions = BoostingOptions()
  ) throws(CancellationError) {
    Self.check(rows, targets, weights, loss, options)
    self.loss = loss
    columnCount = rows.columnCount
    let mean = weights.map { ((targets * $0).sum() / $0.sum()).scalar } ?? targets.mean().scalar
    start = loss.start(mean: mean)
    var rounds = BoostingRounds(rows, targets, weights, loss, options, start: start)
    trees = try rounds.trees()
  }

  /// Returns the predictions of rows, [M, F] → [M]. Stops the program if they have another number of columns.
  public func callAsFunction(_ rows: Tensor<Float>) -> Tensor<Float> {
    guard rows.rank == 2, rows.shape[1] == columnCount else {
      fatalError("BoostedTrees: expected rows [M, \(columnCount)], got \(rows.shape)")
    }
    let (count, width) = (rows.shape[0], columnCount)
    let sums = Tensor<Float>([count]) { sums in
      rows.withUnsafeBufferPointer { values in
        guard let values = SendablePointer(values.baseAddress) else { return }
        let sums = SendablePointer(sums)
        parallelFor(count) { row in
          let values = values.pointer + row * width
          sums.pointer[row] = trees.reduce(start) { $0 + $1.value(of: values) }
        }
      }
    }
    return loss.predictions(sums)
  }

  /// The reduction of the loss by the questions about each column, doubled, [F]: LightGBM's importance by gain.
  public var gains: [Double] {
    var gains = [Double](repeating: 0, count: columnCount)
    for tree in trees {
      for node in tree.nodes { gains[node.column] += node.gain }
    }
    return gains
  }

  private static func check(
    _ rows: BinnedRows, _ targets: Tensor<Float>, _ weights: Tensor<Float>?, _ loss: BoostingLoss,
    _ options: BoostingOptions
  ) {
    if let fault = loss.fault ?? options.fault { fatalError("BoostedTrees: \(fault)") }
    guard rows.count >= 1, targets.shape == [rows.count],
      weights?.shape ?? targets.shape == targets.shape
    else {
      fatalError(
        "BoostedTrees: expected targets and weights [N] of N rows, at least 1, got \(targets.shape), "
          + "\(weights.map { "\($0.shape)" } ?? "no weights"), and \(rows.count) rows")
    }
    let least: Float = if case .tweedie = loss { 0 } else { -.greatestFiniteMagnitude }
    func check(_ values: Tensor<Float>, _ name: String, from least: Float) {
      guard let row = values.scalars.firstIndex(where: { !($0 >= least && $0.isFinite) }) else {
        return
      }
      fatalError("BoostedTrees: the \(name) of row \(row) is \(values.scalars[row])")
    }
    check(targets, "target", from: least)
    guard let weights else { return }
    check(weights, "weight", from: 0)
    if weights.sum().scalar == 0 { fatalError("BoostedTrees: all weights are 0") }
  }
}
