/// The mean of the values at the same position in the last seasons. Prediction intervals follow
/// from its forecasts of the next season in the history.
///
/// Source: statsforecast, SeasonalWindowAverage.
public struct SeasonalAverageForecaster: LocalForecaster {
  public let name = "Seasonal average"
  /// The season length in steps, or nil to derive it from the frequency.
  public let seasonLength: Int?
  /// The number of seasons to average.
  public let windowLength: Int
  public let quantileLevels: [Double]

  /// The last season, for series shorter than the seasons to average.
  public var fallback: any LocalForecaster {
    SeasonalNaiveForecaster(seasonLength: seasonLength, quantileLevels: quantileLevels)
  }

  /// Creates a forecaster that averages `windowLength` seasons. Stops the program if the season
  /// length or the window length is less than 1.
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
      deviation: deviations(ofErrors: errors, history: values, horizon: horizon))
  }
}
