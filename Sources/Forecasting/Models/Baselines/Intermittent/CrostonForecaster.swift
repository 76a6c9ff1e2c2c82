/// Croston's method for intermittent demand: the smoothed size of a demand, divided by the smoothed interval
/// between demands.
///
/// The variants differ in the weights, and in a correction: sizes divided by intervals are too high on
/// average, which Syntetos and Boylan correct by 1 − 0.1 / 2. Intervals come from the differences of the known
/// values and the forecast.
///
/// Sources: Croston 1972, Forecasting and stock control for intermittent demands; Syntetos & Boylan 2005,
/// The accuracy of intermittent demand estimates.
public struct CrostonForecaster: LocalForecaster {
  /// The weights, and the correction.
  public enum Variant: Sendable {
    /// Both weights are 0.1.
    case classic
    /// Both weights are 0.1, and the forecast is corrected by the factor 0.95.
    case syntetosBoylan
    /// Each weight is between 0.1 and 0.3, with the smallest squared error.
    case optimized
  }

  public let variant: Variant
  public let quantileLevels: [Double]

  /// `Croston`, `SBA`, or `Optimized Croston`.
  public var name: String {
    switch variant {
    case .classic: "Croston"
    case .syntetosBoylan: "SBA"
    case .optimized: "Optimized Croston"
    }
  }

  /// Creates a forecaster with quantiles at some levels.
  public init(_ variant: Variant = .classic, quantileLevels: [Double] = []) {
    self.variant = variant
    self.quantileLevels = checkedLevels(quantileLevels, of: "CrostonForecaster")
  }

  /// Needs a value above 0.
  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let demand = IntermittentDemand(history.known)
    guard !demand.sizes.isEmpty else { return nil }
    let rate = smoothed(demand.sizes) / smoothed(demand.intervals)
    let level = variant == .syntetosBoylan ? 0.95 * rate : rate
    return SeriesForecast(
      level: level, deviation: deviation(of: history.known, about: level), horizon: horizon)
  }

  private func smoothed(_ values: [Double]) -> Double {
    variant == .optimized
      ? SimpleSmoothing.bestLevel(values, in: IntermittentDemand.bounds)
      : SimpleSmoothing.run(values, alpha: 0.1).level
  }
}
