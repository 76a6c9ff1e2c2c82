/// The random walk with drift: a line that continues from the last value, with the slope from the
/// first value to the last.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, sections 5.2 and 5.5.
public struct DriftForecaster: LocalForecaster {
  public let name = "Drift"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "DriftForecaster")
  }

  /// Forecasts a history of at least two values.
  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let values = history.values
    guard values.count >= 2 else { return nil }
    let last = values.last!
    let changes = Double(values.count - 1)
    let slope = (last - values[0]) / changes
    let errors = zip(values.dropFirst(), values).map { $0 - ($1 + slope) }
    let sigma = rootMeanSquare(errors, count: errors.count)
    let steps = (1...horizon).map { Double($0) }
    return SeriesForecast(
      mean: steps.map { slope * $0 + last },
      deviation: steps.map { sigma * ($0 * (1 + $0 / changes)).squareRoot() })
  }
}
