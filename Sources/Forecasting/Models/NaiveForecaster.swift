/// The naive forecast: every step to come is like the last observed one on which the shop was open.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 5.2.
public struct NaiveForecaster: Forecaster, FittedForecaster {
  public let name = "Naive"

  public init() {}

  /// Nothing has to be learnt.
  public func fit(_ panel: Panel) -> NaiveForecaster { self }

  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    var values: [Double] = []
    values.reserveCapacity(history.seriesCount * horizon)
    for series in history.eachSeries {
      try Task.checkCancellation()
      let last = try history.lastOpenValue(of: series)
      values.append(contentsOf: repeatElement(last, count: horizon))
    }
    return try Forecast(ids: history.ids, calendar: calendar, values: values)
  }
}

extension Panel {
  /// The last observed value of a series. A 0 on a day on which the shop was closed is passed over
  /// unless there is nothing else.
  func lastOpenValue(of series: Series) throws(ForecastError) -> Double {
    guard let last = series.observed.lastIndex(of: true) else {
      throw .nothingObserved(id: series.id)
    }
    guard !closing.isEmpty, series.values[last] == 0 else { return series.values[last] }
    let shift = series.steps.lowerBound - series.values.startIndex
    let open = series.values.indices.last { cell in
      series.observed[cell]
        && (series.values[cell] != 0 || !closing.isClosed(cell + shift, of: calendar))
    }
    return series.values[open ?? last]
  }
}
