/// The seasonal naive forecast: every step to come is like the last observed one at the same place
/// in the season. A Tuesday to come is like the last Tuesday.
///
/// Where a place of the season was never observed, as in a series shorter than a season, the last
/// observed value stands in.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 5.2.
public struct SeasonalNaiveForecaster: Forecaster, FittedForecaster {
  public let name = "Seasonal naive"
  /// The number of steps after which the season repeats; nil for that of the calendar's frequency.
  public let seasonLength: Int?

  /// A forecaster with a season of so many steps: if none is given, the week of daily data, the year
  /// of monthly. One below 1 stops the program.
  public init(seasonLength: Int? = nil) {
    if let seasonLength, seasonLength < 1 {
      fatalError(
        "SeasonalNaiveForecaster: expected a seasonLength of at least 1, got \(seasonLength)")
    }
    self.seasonLength = seasonLength
  }

  /// Nothing has to be learnt.
  public func fit(_ panel: Panel) -> SeasonalNaiveForecaster { self }

  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    let seasonLength = seasonLength ?? calendar.frequency.seasonLength
    var values: [Float] = []
    values.reserveCapacity(history.seriesCount * horizon)
    for series in history.allSeries {
      try Task.checkCancellation()
      let last = try series.lastObserved()
      let season = (0..<min(seasonLength, horizon)).map { place in
        series.latestValue(before: history.calendar.count + place, every: seasonLength) ?? last
      }
      values.append(contentsOf: (0..<horizon).map { season[$0 % seasonLength] })
    }
    return try Forecast(ids: history.ids, calendar: calendar, values: values)
  }
}

extension Series {
  /// The latest observed value that lies a whole number of seasons before a step.
  fileprivate func latestValue(before step: Int, every seasonLength: Int) -> Float? {
    var candidate = step - seasonLength
    while candidate >= steps.lowerBound {
      if let value = value(at: candidate) { return value }
      candidate -= seasonLength
    }
    return nil
  }
}
