/// The naive forecast: every step to come is like the last observed one.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 5.2.
public struct NaiveForecaster: Forecaster, FittedForecaster {
  public let name = "Naive"

  public init() {}

  /// Nothing has to be learnt.
  public func fit(_ panel: Panel) -> NaiveForecaster { self }

  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    var values: [Float] = []
    values.reserveCapacity(history.seriesCount * horizon)
    for series in history.allSeries {
      try Task.checkCancellation()
      let last = try series.lastObserved()
      values.append(contentsOf: repeatElement(last, count: horizon))
    }
    return try Forecast(ids: history.ids, calendar: calendar, values: values)
  }
}

extension Series {
  /// The last observed value.
  func lastObserved() throws(ForecastError) -> Float {
    guard let cell = observed.lastIndex(of: true) else { throw .nothingObserved(id: id) }
    return values[cell]
  }
}
