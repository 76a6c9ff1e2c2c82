/// A past forecast of many series next to what was sold.
struct DemandWindow: Sendable {
  /// The number of steps, H.
  let horizon: Int
  /// The forecasts, `[N, H]`, with 0 at steps that weren't observed.
  let forecasts: [Double]
  /// The sales, `[N, H]`, with 0 at steps that weren't observed.
  let sales: [Double]

  /// Matches a forecast with the sales of its steps. Series without a forecast count as not observed, and
  /// forecasts of other series are left out.
  ///
  /// - Throws: `SimulationError` if the panel lacks a step, or if a number is negative.
  init(_ forecast: Forecast, on panel: Panel) throws(SimulationError) {
    let steps = forecast.calendar
    guard let start = panel.calendar.step(of: steps.start, hour: steps.startHour),
      start + steps.count <= panel.calendar.count
    else {
      throw .noSales(
        first: steps.label(at: 0), last: steps.label(at: steps.count - 1),
        salesEnd: panel.calendar.label(at: panel.calendar.count - 1))
    }
    let places = Dictionary(uniqueKeysWithValues: zip(forecast.ids, forecast.ids.indices))
    horizon = steps.count
    var forecasts = [Double](repeating: 0, count: panel.seriesCount * horizon)
    var sales = forecasts
    for (index, series) in panel.eachSeries.enumerated() {
      guard let place = places[series.id] else { continue }
      for (step, expected) in forecast.values(at: place).enumerated() {
        guard let sold = series.value(at: start + step) else { continue }
        guard sold >= 0, expected >= 0 else {
          throw .negative(id: series.id, step: steps.label(at: step))
        }
        forecasts[index * horizon + step] = expected
        sales[index * horizon + step] = sold
      }
    }
    (self.forecasts, self.sales) = (forecasts, sales)
  }

  /// Returns the forecasts, `[N, H]`, multiplied by a factor for each group and step, `[G, H]`.
  func scaled(by factors: [Double], of groups: SeriesGroups) -> [Double] {
    forecasts.indices.map { cell in
      forecasts[cell] * factors[groups.owner[cell / horizon] * horizon + cell % horizon]
    }
  }
}
