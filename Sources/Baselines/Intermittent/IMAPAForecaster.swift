/// The intermittent multiple aggregation prediction algorithm: the mean of the forecasts from sums
/// over blocks of 1, 2, and more steps, up to the mean interval between demands.
///
/// Prediction intervals follow from the differences between the known values and the forecast.
///
/// Source: Petropoulos & Kourentzes 2015, Forecast combinations for intermittent demand.
public struct IMAPAForecaster: LocalForecaster {
  public let name = "IMAPA"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "IMAPAForecaster")
  }

  /// Forecasts a history that contains a nonzero value.
  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let known = history.known
    let demand = IntermittentDemand(known)
    guard !demand.intervals.isEmpty else { return nil }
    let levels = (1...demand.meanInterval).map { aggregateLevel(known, length: $0) }
    let level = levels.reduce(0, +) / Double(levels.count)
    return SeriesForecast(
      level: level, deviation: deviation(of: known, about: level), horizon: horizon)
  }
}
