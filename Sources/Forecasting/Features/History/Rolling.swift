/// A statistic of the last values before each step: of `window` steps, the last of which lies `lag`
/// steps before.
///
/// As pandas' `shift(lag).rolling(window, min_periods=minimumCount)` with `mean()`, `std()` and so
/// on: what is missing is left out. A series' first steps have windows of as many steps as there
/// are, and so have its windows after its end in which some of it lies. A lag of 28 makes the feature known for 28 steps to come.
public struct Rolling: Feature {
  /// What of the values.
  public enum Statistic: Hashable, Sendable, Codable {
    case mean
    case sum
    /// The standard deviation with one less than the count as the divisor; of fewer than two values
    /// missing.
    case deviation
    case minimum
    case maximum
    /// A quantile of level 0 to 1, interpolated between the two values next to it.
    case quantile(Double)
    /// The share of values that are 0: days without a sale.
    case zeroShare
    /// The number of values above 0: days with a sale.
    case positiveCount
  }

  /// What of the values.
  public let statistic: Statistic
  /// What it is of.
  public let source: FeatureSource
  /// The number of steps that are looked at.
  public let window: Int
  /// The number of steps from the last of them to the feature's.
  public let lag: Int
  /// The least number of values that are not missing; with fewer the feature is.
  public let minimumCount: Int

  /// A statistic of the last values. A window, a lag or a minimum count below 1, a minimum count
  /// above the window, and a level outside of 0 to 1 stop the program.
  ///
  /// Takes constant time a step whatever the window, but for quantiles: those keep the window
  /// sorted, and take time in proportion to it.
  public init(
    _ statistic: Statistic, of source: FeatureSource, window: Int, lag: Int = 1,
    minimumCount: Int = 1
  ) {
    self.statistic = statistic
    self.source = source
    self.window = window
    self.lag = lag
    self.minimumCount = minimumCount
    checkRange()
  }

  public var name: String {
    "\(source.name) \(statistic.name) of \(window)" + lagSuffix(lag)
  }

  public var role: FeatureRole { source.role.lagged(by: lag) }
  public var isInTargetUnits: Bool { source == .target && statistic.keepsUnits }

  /// - Throws: `CovariateError` where there is no such column, or it holds categories.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let column = try source.numberColumn(of: panel)
    let end = panel.calendar.count
    return [
      column.mappingRows(name: name, lag: lag, until: end) { _, row, result in write(row, result) }
    ]
  }

  /// Writes the statistic of the window that ends with each number.
  func write(_ row: [Float], _ result: UnsafeMutablePointer<Float>) {
    switch statistic {
    case .mean: slide(row, Sum.init, result) { Float($0.sum / $0.count) }
    case .sum: slide(row, Sum.init, result) { Float($0.sum) }
    case .deviation: slide(row, Moments.init, result) { Float($0.deviation) }
    case .minimum: slide(row, Extremes.init, result) { $0.minimum }
    case .maximum: slide(row, Extremes.init, result) { $0.maximum }
    case .zeroShare: slide(row, { Sum($0 == 0 ? 1 : 0) }, result) { Float($0.sum / $0.count) }
    case .positiveCount: slide(row, { Sum($0 > 0 ? 1 : 0) }, result) { Float($0.sum) }
    case .quantile(let level):
      slideQuantile(row, window: window, level: level, minimumCount: minimumCount, result)
    }
  }

  @inline(__always)
  private func slide<Aggregate: SlidingAggregate>(
    _ row: [Float], _ aggregate: (Float) -> Aggregate, _ result: UnsafeMutablePointer<Float>,
    _ value: (Aggregate) -> Float
  ) {
    slideWindow(row, window: window, aggregate) { place, total in
      result[place] = Int(total.count) < minimumCount ? .nan : value(total)
    }
  }
}

extension Rolling: RangeChecked {
  package var fault: String? {
    guard window >= 1, (1...window).contains(minimumCount) else {
      return "expected a window of at least 1 and a minimum count of 1 to it, got \(window) and "
        + "\(minimumCount)"
    }
    if case .quantile(let level) = statistic, !(0...1).contains(level) {
      return "expected a quantile of 0 to 1, got \(level)"
    }
    return lagFault(lag)
  }
}

extension Rolling.Statistic {
  /// A Boolean value that indicates whether the statistic is in the units of the values.
  fileprivate var keepsUnits: Bool {
    switch self {
    case .mean, .sum, .deviation, .minimum, .maximum, .quantile: true
    case .zeroShare, .positiveCount: false
    }
  }

  fileprivate var name: String {
    switch self {
    case .mean: "mean"
    case .sum: "sum"
    case .deviation: "deviation"
    case .minimum: "minimum"
    case .maximum: "maximum"
    case .quantile(let level): "quantile \(level)"
    case .zeroShare: "share of zeros"
    case .positiveCount: "count above zero"
    }
  }
}
