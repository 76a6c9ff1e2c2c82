/// The mean of the last known values. Prediction intervals follow from its one-step forecasts in
/// the history.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 5.2.
public struct MovingAverageForecaster: LocalForecaster {
  public let name = "Moving average"
  /// The number of values to average, or nil for a season of the calendar's frequency.
  public let windowLength: Int?
  public let quantileLevels: [Double]

  /// The mean of all values, for series shorter than a window.
  public var fallback: any LocalForecaster {
    HistoricMeanForecaster(quantileLevels: quantileLevels)
  }

  /// Creates a forecaster that averages `windowLength` values, by default a season. Stops the
  /// program if the window length is less than 1.
  public init(windowLength: Int? = nil, quantileLevels: [Double] = []) {
    self.windowLength = windowLength.map { checkedWindow($0, of: "MovingAverageForecaster") }
    self.quantileLevels = checkedLevels(quantileLevels, of: "MovingAverageForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let known = history.known
    let length = windowLength ?? history.calendarSeasonLength
    guard known.count >= length else { return nil }
    func average(before place: Int) -> Double {
      known[place - length..<place].reduce(0, +) / Double(length)
    }
    let errors = (length..<known.count).map { known[$0] - average(before: $0) }
    return SeriesForecast(
      mean: Array(repeating: average(before: known.count), count: horizon),
      deviation: deviations(ofErrors: errors, history: known, horizon: horizon))
  }
}
