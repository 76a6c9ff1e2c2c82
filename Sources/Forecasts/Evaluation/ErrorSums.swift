/// Sums over observed steps from which the scores of any set of steps are computed.
struct ErrorSums: Equatable, Sendable {
  /// The number of steps, n.
  private(set) var count = 0
  /// Σ|e|, with e = forecast − actual.
  private(set) var absolute = 0.0
  /// Σe².
  private(set) var squared = 0.0
  /// Σe.
  private(set) var signed = 0.0
  /// Σ|actual|.
  private(set) var actualMagnitude = 0.0
  /// Σ(|e| / (|forecast| + |actual|)), without the steps at which both are 0.
  private(set) var symmetricRatio = 0.0
  /// The mean of |e| / |actual|, without the steps at which nothing was sold.
  private(set) var percentage = WeightedMean()
  /// The sums of the quantiles.
  private(set) var quantiles = QuantileSums()

  /// Creates the sums of an empty set of steps.
  init() {}

  /// Creates the sums of one step.
  ///
  /// - Parameters:
  ///   - forecast: The forecast.
  ///   - actual: The observed value.
  ///   - quantiles: The sums of the quantiles of the step.
  init(forecast: Double, actual: Double, quantiles: QuantileSums) {
    let error = forecast - actual
    let magnitude = abs(forecast) + abs(actual)
    count = 1
    absolute = abs(error)
    squared = error * error
    signed = error
    actualMagnitude = abs(actual)
    symmetricRatio = magnitude > 0 ? abs(error) / magnitude : 0
    percentage.add(actual == 0 ? nil : abs(error) / abs(actual))
    self.quantiles = quantiles
  }

  mutating func add(_ other: ErrorSums) {
    count += other.count
    absolute += other.absolute
    squared += other.squared
    signed += other.signed
    actualMagnitude += other.actualMagnitude
    symmetricRatio += other.symmetricRatio
    percentage.add(other.percentage)
    quantiles.add(other.quantiles)
  }

  /// Returns the mean over the steps, or nil if there are none.
  func mean(_ sum: Double) -> Double? { count > 0 ? sum / Double(count) : nil }
}
