import Forecasting

/// The results of `foresight simulate` as JSON.
struct SimulationSummary: Encodable {
  let model: String
  let steps: StepExtent
  let levels: [Level]
  /// The scores by metric, or nil if the sales end before the forecasts do.
  let scores: [String: Double]?

  struct Level: Encodable {
    let level: String
    /// The number of sums, or of series.
    let count: Int
    let scores: [String: Double]?
  }

  init(_ results: SimulationResults) {
    model = results.model
    steps = StepExtent(results.levels[0].forecast.calendar)
    levels = results.levels.map { level in
      Level(
        level: level.name, count: level.forecast.ids.count,
        scores: results.evaluation?.levels.first { $0.name == level.name }?.scores.byName)
    }
    scores = results.evaluation?.overall.byName
  }
}
