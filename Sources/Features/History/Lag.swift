/// The value of the target or of a column a number of steps earlier.
///
/// The feature corresponds to pandas' `shift`. A lag of 28 of the target is known for 28 future
/// steps.
public struct Lag: Feature {
  /// The target or the column.
  public let source: FeatureSource
  /// The lag in steps.
  public let steps: Int

  /// Creates a lag. Stops the program if it is less than 1.
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

/// The value of a known column a number of steps later.
///
/// The feature corresponds to pandas' `shift` with a negative number. It tells a model that forecasts
/// each step from the columns of that step what is ahead: sales rise on the days before a holiday.
/// The value is missing at the last steps of the column.
public struct Lead: Feature {
  /// The name of the known column.
  public let column: String
  /// The lead in steps.
  public let steps: Int

  /// Creates a lead. Stops the program if it is less than 1.
  ///
  /// - Parameters:
  ///   - column: The name of a column that is known ahead.
  ///   - steps: The lead in steps.
  public init(of column: String, by steps: Int) {
    self.column = column
    self.steps = steps
    checkRange()
  }

  public var name: String { "\(column) \(steps) after" }
  public var role: FeatureRole { .known }

  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    [try FeatureSource.known(column).column(of: panel).led(by: steps, name: name)]
  }
}

extension Lead: RangeChecked {
  package var fault: String? { steps >= 1 ? nil : "expected a lead of at least 1, got \(steps)" }
}

/// Returns a description of the error if a lag would let a step see itself or the future, or nil
/// otherwise.
func lagFault(_ lag: Int) -> String? {
  lag >= 1 ? nil : "expected a lag of at least 1, got \(lag)"
}

/// Returns the end of a feature's name that states its lag, unless the lag is 1.
func lagSuffix(_ lag: Int) -> String { lag == 1 ? "" : ", \(lag) before" }
