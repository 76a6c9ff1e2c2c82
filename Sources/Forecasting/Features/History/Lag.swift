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
    self.source = source
    self.steps = steps
    checkRange()
  }

  public var name: String { "\(source.name) \(steps) before" }
  public var role: FeatureRole { source.role.lagged(by: steps) }
  public var isInTargetUnits: Bool { source == .target }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    [try source.column(of: panel).lagged(by: steps, name: name)]
  }
}

extension Lag: RangeChecked {
  package var fault: String? { lagFault(steps) }
}

/// Returns a description of a lag that would let a step see itself or the future; nil for any other.
func lagFault(_ lag: Int) -> String? {
  lag >= 1 ? nil : "expected a lag of at least 1, got \(lag)"
}

/// Returns the end of a feature's name that tells its lag, unless that is 1.
func lagSuffix(_ lag: Int) -> String { lag == 1 ? "" : ", \(lag) before" }
