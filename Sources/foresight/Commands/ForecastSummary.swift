import Forecasting

/// The results of `foresight forecast` as JSON.
struct ForecastSummary: Encodable {
  let frequency: String
  let horizon: Int
  let heldOut, next: StepExtent
  /// The name of the recommended model.
  let recommended: String
  let models: [Model]
  let leftOut, notes: [String]

  struct Model: Encodable {
    let model: String
    /// The scores of the held-out steps by metric.
    let scores: [String: Double]
    let refitted: Bool
    /// The baselines of series that the model can't forecast, by id.
    let fallbacks: [String: String]
    /// The share of the held-out values within each interval, by its name.
    let coverage: [String: Double]
    /// The sum of the forecast of the next steps over all series.
    let total: Double
  }

  init(_ results: ForecastResults) {
    let (past, future) = (
      results.holdOut.actual.calendar, results.models[0].next.forecast.calendar
    )
    frequency = past.frequency.description
    horizon = future.count
    heldOut = StepExtent(past)
    next = StepExtent(future)
    recommended = results.models[results.recommended].heldOut.name
    models = results.models.map { model in
      let forecast = model.heldOut.forecast
      let coverage = (forecast.quantiles?.centralIntervals ?? []).compactMap { interval in
        forecast.coverage(of: interval, results.holdOut.actual).map { (interval.name, $0) }
      }
      return Model(
        model: model.heldOut.name, scores: model.heldOut.evaluation?.overall.byName ?? [:],
        refitted: model.isRefitted, fallbacks: model.next.forecast.fallbacks,
        coverage: Dictionary(uniqueKeysWithValues: coverage),
        total: model.next.forecast.values.reduce(0, +))
    }
    leftOut = results.leftOut
    notes = results.notes
  }
}

/// The labels of the first and the last step of a calendar.
struct StepExtent: Encodable {
  let first, last: String

  init(_ calendar: RegularCalendar) {
    first = calendar.label(at: 0)
    last = calendar.label(at: calendar.count - 1)
  }
}
