/// A statistic of the values before each step, over a window of `window` steps that ends `lag`
/// steps earlier.
///
/// The feature corresponds to pandas' `shift(lag).rolling(window, min_periods=minimumCount)` with
/// `mean()`, `std()`, and so on: missing values are skipped. At the start of a series, windows have
/// as many steps as there are. After its end, they have the steps that still lie in the series. A
/// lag of 28 makes the feature known for 28 future steps.
public struct Rolling: Feature {
  /// The statistic to compute.
  public enum Statistic: Hashable, Sendable, Codable {
    case mean
    case sum
    /// The sample standard deviation, with the count minus one as the divisor. It is missing for
    /// fewer than two values.
    case deviation
    case minimum
    case maximum
    /// A quantile of a level from 0 to 1, interpolated between the two nearest values.
    case quantile(Double)
    /// The share of values that are 0, such as days without a sale.
    case zeroShare
    /// The number of values above 0, such as days with a sale.
    case positiveCount
  }

  /// The statistic to compute.
  public let statistic: Statistic
  /// The target or the column.
  public let source: FeatureSource
  /// The number of steps in the window.
  public let window: Int
  /// The number of steps from the end of the window to the step of the feature.
  public let lag: Int
  /// The minimum number of values in the window. With fewer, the feature is missing.
  public let minimumCount: Int

  /// Creates a rolling statistic. Stops the program if a window, a lag, or a minimum count is less
  /// than 1, if the minimum count exceeds the window, or if a level is outside 0 to 1.
  ///
  /// The time for each step doesn't depend on the window, except for quantiles: they keep the window
  /// sorted, which takes time in proportion to its length.
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

  /// - Throws: `CovariateError` if there is no such column, or if it contains categories.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(CovariateError) -> [FeatureColumn] {
    let column = try source.numberColumn(of: panel)
    let end = panel.calendar.count
    return [
      column.mappingRows(name: name, lag: lag, until: end) { _, row, result in write(row, result) }
    ]
  }

  /// Writes the statistic of the window that ends at each number.
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
