import Forecasting

/// The results of `foresight score` as JSON.
struct ScoreSummary: Encodable {
  let scored: StepExtent
  let series: Int
  let models: [Model]
  let notes: [String]

  struct Model: Encodable {
    let model: String
    /// The scores by metric.
    let scores: [String: Double]
    /// The scores of the sums at each level.
    let levels: [Level]

    /// - Parameter model: A forecast with its scores.
    init(_ model: ModelForecast) {
      self.model = model.name
      scores = model.evaluation?.overall.byName ?? [:]
      levels = (model.evaluation?.levels ?? []).map {
        Level(level: $0.name, scores: $0.scores.byName)
      }
    }
  }

  struct Level: Encodable {
    let level: String
    let scores: [String: Double]
  }

  /// - Parameter scored: The forecasts with their scores; at least one.
  init(_ scored: [ModelForecast]) {
    self.scored = StepExtent(scored[0].forecast.calendar)
    series = scored[0].forecast.ids.count
    models = scored.map(Model.init)
    notes = scored[0].evaluation?.notes ?? []
  }
}
