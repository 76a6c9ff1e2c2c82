import Forecasting

/// A linear model and a decision tree that imitate the forecasts of a network, with their fidelity.
///
/// A network is hard to read, and these two aren't. They are fitted to the forecasts, and not to the
/// sales, in units of the usual sales of each window. How well they imitate the network is measured
/// on windows of series that they weren't fitted to: see ``Fidelity``. A surrogate with a low R²
/// explains little of what the network does.
public struct ForecastSurrogates: Sendable {
  /// The agreement of a surrogate with the network on windows that it wasn't fitted to.
  public struct Fidelity: Sendable {
    /// R² of the forecasts in units of the usual sales, or nil if they are all equal.
    public let r2: Double?
    /// R² of the forecasts in units of the target, or nil if they are all equal. The size of the
    /// series, which both know, explains most of it.
    public let r2OfSales: Double?
    /// The number of forecasts that it was measured on.
    public let count: Int
  }

  /// The names of the columns that the surrogates see, [F].
  public let columns: [String]
  /// The columns that only have the values 0 and 1.
  public let flags: Set<Int>
  /// The linear model.
  public let linear: RidgeModel
  /// The tree.
  public let tree: DecisionTree
  /// The fidelity of the linear model.
  public let linearFidelity: Fidelity
  /// The fidelity of the tree.
  public let treeFidelity: Fidelity

  /// Fits both to the forecasts of windows.
  ///
  /// - Parameters:
  ///   - windows: The windows.
  ///   - leafCount: The maximum number of leaves of the tree.
  ///   - seed: The seed of the choice of windows for the fidelity.
  /// - Throws: `ExplanationError.tooFewForecasts` if there aren't enough windows with sales to fit
  ///   and to measure.
  public init(of windows: ExplainedWindows, leafCount: Int = 8, seed: UInt64 = 0) throws {
    let table = SurrogateTable(windows)
    var generator = Xoshiro256(seed: seed)
    let (fitted, heldOut) = table.split(using: &generator)
    guard fitted.count >= 2, !heldOut.isEmpty, !table.names.isEmpty else {
      throw ExplanationError.tooFewForecasts(fitted.count + heldOut.count)
    }
    let (x, y) = (table.columns.gathered(at: fitted), table.targets.gathered(at: fitted))
    let linear = try RidgeModel(x, y)
    let tree = DecisionTree(
      x, y, maximumLeafCount: leafCount, minimumLeafSize: max(1, fitted.count / 100))
    columns = table.names
    flags = table.flags
    self.linear = linear
    self.tree = tree
    let seen = table.columns.gathered(at: heldOut)
    linearFidelity = Fidelity(of: linear(seen), table, heldOut)
    treeFidelity = Fidelity(of: tree(seen), table, heldOut)
  }
}

extension ForecastSurrogates {
  /// Returns the surrogates, or nil if there are too few windows with sales to fit and to measure them.
  package static func ifEnough(_ windows: ExplainedWindows, seed: UInt64) throws -> Self? {
    do { return try Self(of: windows, seed: seed) } catch is ExplanationError { return nil }
  }
}

extension ForecastSurrogates.Fidelity {
  fileprivate init(of predictions: Tensor<Double>, _ table: SurrogateTable, _ rows: [Int]) {
    let targets = table.targets.gathered(at: rows)
    let units = Tensor(rows.map { table.usualSales[$0] })
    r2 = RegressionScores(of: predictions, against: targets).r2
    r2OfSales = RegressionScores(of: predictions * units, against: targets * units).r2
    count = rows.count
  }
}
