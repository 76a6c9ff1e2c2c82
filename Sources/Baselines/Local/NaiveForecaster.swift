/// The naive forecast: each future step is equal to the last observed step on which the shop was
/// open.
///
/// The variance of a random walk grows with each step. Its standard deviation is that of the
/// differences.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, sections 5.2 and 5.5.
public struct NaiveForecaster: LocalForecaster {
  public let name = "Naive"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "NaiveForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    SeriesForecast(
      mean: Array(repeating: history.values.last!, count: horizon),
      deviation: randomWalkDeviations(of: history.values, seasonLength: 1, horizon: horizon))
  }
}
