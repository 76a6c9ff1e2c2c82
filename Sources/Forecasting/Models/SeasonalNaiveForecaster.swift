/// The seasonal naive forecast: every step to come is like the last observed one at the same place
/// in the season. A Tuesday to come is like the last Tuesday.
///
/// Where a place of the season was never observed, as in a series shorter than a season, the last
/// observed value stands in.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 5.2.
public struct SeasonalNaiveForecaster: Forecaster, FittedForecaster {
  public let name = "Seasonal naive"
  /// The number of steps after which the season repeats.
  public let seasonLength: Int

  /// A season of 7 steps is the week of daily data. One below 1 stops the program.
  public init(seasonLength: Int = Frequency.day.seasonLength) {
    guard seasonLength >= 1 else {
      fatalError(
        "SeasonalNaiveForecaster: expected a seasonLength of at least 1, got \(seasonLength)")
    }
    self.seasonLength = seasonLength
  }

  /// Nothing has to be learnt.
  public func fit(_ panel: Panel) -> SeasonalNaiveForecaster { self }

  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    var values: [Float] = []
    values.reserveCapacity(history.seriesCount * horizon)
    for series in history.allSeries {
      let last = try series.lastObserved()
      let season = (0..<min(seasonLength, horizon)).map { place in
        latestValue(series, before: history.calendar.count + place) ?? last
      }
      values.append(contentsOf: (0..<horizon).map { season[$0 % seasonLength] })
    }
    return try Forecast(ids: history.ids, calendar: calendar, values: values)
  }

  /// The latest observed value that lies a whole number of seasons before a step.
  private func latestValue(_ series: Series, before step: Int) -> Float? {
    var candidate = step - seasonLength
    while candidate >= series.steps.lowerBound {
      if let value = series.value(at: candidate) { return value }
      candidate -= seasonLength
    }
    return nil
  }
}
