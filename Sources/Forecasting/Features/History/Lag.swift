/// What the target or a column was some steps before.
///
/// As pandas' `shift`. A lag of 28 of the target is known for 28 steps to come.
public struct Lag: Feature {
  /// What it is of.
  public let source: FeatureSource
  /// The number of steps before.
  public let steps: Int

  /// A lag; one below 1 stops the program.
  public init(of source: FeatureSource, by steps: Int) {
    checkLag(steps, "Lag")
    self.source = source
    self.steps = steps
  }

  public var name: String { "\(source.name) \(steps) before" }
  public var role: FeatureRole { source.role.lagged(by: steps) }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    [try source.column(of: panel).lagged(by: steps, name: name)]
  }
}

/// Stops the program at a lag that would let a step see itself or the future.
func checkLag(_ lag: Int, _ feature: String) {
  guard lag >= 1 else { fatalError("\(feature): expected a lag of at least 1, got \(lag)") }
}

/// What the name of a feature says of its lag, if that is not the least.
func lagSuffix(_ lag: Int) -> String { lag == 1 ? "" : ", \(lag) before" }
