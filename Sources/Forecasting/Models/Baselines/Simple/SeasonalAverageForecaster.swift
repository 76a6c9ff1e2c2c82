/// The mean of the values at the same place of the last seasons. Its intervals are those of its forecasts
/// of the next season in the history.
///
/// Source: statsforecast, SeasonalWindowAverage.
public struct SeasonalAverageForecaster: LocalForecaster {
  public let name = "Seasonal average"
  /// The number of steps after which the season repeats; nil for that of the calendar's frequency.
  public let seasonLength: Int?
  /// The number of seasons to average.
  public let windowLength: Int
  public let quantileLevels: [Double]

  /// The last season, for series shorter than the seasons to average.
  public var fallback: any LocalForecaster {
    SeasonalNaiveForecaster(seasonLength: seasonLength, quantileLevels: quantileLevels)
  }

  /// Creates a forecaster that averages so many seasons. A season or a window below 1 stops the program.
  public init(seasonLength: Int? = nil, windowLength: Int = 4, quantileLevels: [Double] = []) {
    self.seasonLength = checkedSeason(seasonLength, of: "SeasonalAverageForecaster")
    self.windowLength = checkedWindow(windowLength, of: "SeasonalAverageForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "SeasonalAverageForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let values = history.values
    let season = seasonLength ?? history.calendarSeasonLength
    guard values.count >= season * windowLength else { return nil }
    func average(before place: Int) -> Double {
      (1...windowLength).reduce(0) { $0 + values[place - $1 * season] } / Double(windowLength)
    }
    let errors = (season * windowLength..<max(values.count, season * windowLength)).map {
      values[$0] - average(before: $0)
    }
    let next = (values.count..<values.count + season).map(average)
    return SeriesForecast(
      mean: (0..<horizon).map { next[$0 % season] },
      deviation: Array(repeating: rootMeanSquare(errors, count: errors.count), count: horizon))
  }
}
