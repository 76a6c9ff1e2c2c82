/// The mean of all known values.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, sections 5.2 and 5.5.
public struct HistoricMeanForecaster: LocalForecaster {
  public let name = "Historic mean"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "HistoricMeanForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let known = history.known
    let count = Double(known.count)
    let mean = known.reduce(0, +) / count
    let sigma = rootMeanSquare(known.map { $0 - mean }, count: known.count - 1)
    return SeriesForecast(
      level: mean, deviation: sigma * (1 + 1 / count).squareRoot(), horizon: horizon)
  }
}
