/// Croston's method for intermittent demand: the smoothed size of a demand, divided by the smoothed interval
/// between demands.
///
/// The variants differ in the weights, and in a correction: sizes divided by intervals are biased
/// upward, which Syntetos and Boylan correct by 1 − 0.1 / 2. Prediction intervals follow from the
/// differences between the known values and the forecast.
///
/// Sources: Croston 1972, Forecasting and stock control for intermittent demands; Syntetos & Boylan 2005,
/// The accuracy of intermittent demand estimates.
public struct CrostonForecaster: LocalForecaster {
  /// A choice of the weights and the correction.
  public enum Variant: Sendable {
    /// Weights of 0.1.
    case classic
    /// Weights of 0.1, with a forecast that is corrected by the factor 0.95.
    case syntetosBoylan
    /// Weights between 0.1 and 0.3 with the smallest squared error.
    case optimized
  }

  public let variant: Variant
  public let quantileLevels: [Double]

  /// The name of the variant: `Croston`, `SBA`, or `Optimized Croston`.
  public var name: String {
    switch variant {
    case .classic: "Croston"
    case .syntetosBoylan: "SBA"
    case .optimized: "Optimized Croston"
    }
  }

  /// Creates a forecaster with quantiles at the given levels.
  public init(_ variant: Variant = .classic, quantileLevels: [Double] = []) {
    self.variant = variant
    self.quantileLevels = checkedLevels(quantileLevels, of: "CrostonForecaster")
  }

  /// Forecasts a history that contains a positive value.
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
