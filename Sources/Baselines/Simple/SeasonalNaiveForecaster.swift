/// The seasonal naive forecast: each future step is equal to the last observed step at the same
/// position in the season. A future Tuesday is like the last Tuesday.
///
/// If no step at a position in the season was observed, as in a series shorter than a season, the
/// last observed value is used.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, sections 5.2 and 5.5.
public struct SeasonalNaiveForecaster: LocalForecaster {
  public let name = "Seasonal naive"
  /// The season length in steps, or nil to derive it from the frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// Creates a forecaster with a season length in steps, by default that of the calendar: a week
  /// for daily data, a year for monthly data. Stops the program if it is less than 1.
  public init(seasonLength: Int? = nil, quantileLevels: [Double] = []) {
    self.seasonLength = checkedSeason(seasonLength, of: "SeasonalNaiveForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "SeasonalNaiveForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let seasonLength = seasonLength ?? history.calendarSeasonLength
    let end = history.calendarCount
    let season = (0..<seasonLength).map { place in
      history.series.latestValue(before: end + place, every: seasonLength)
        ?? history.values.last!
    }
    return SeriesForecast(
      // The season is aligned to the end of the calendar, which is `delay` steps after the last
      // known value.
      mean: (0..<horizon).map { step in
        let place = step - history.delay
        return season[place - place.floorDivided(by: seasonLength) * seasonLength]
      },
      deviation: randomWalkDeviations(
        of: history.values, seasonLength: seasonLength, horizon: horizon))
  }
}

extension Series {
  /// Returns the latest observed value that lies a whole number of seasons before a step.
  fileprivate func latestValue(before step: Int, every seasonLength: Int) -> Double? {
    var candidate = step - seasonLength
    while candidate >= steps.lowerBound {
      if let value = value(at: candidate) { return value }
      candidate -= seasonLength
    }
    return nil
  }
}
