import Forecasting

/// The results of `foresight simulate`.
struct SimulationResults {
  /// The name of the model of the forecasts.
  let model: String
  /// The forecasts of all levels, with quantiles.
  let levels: [LevelForecasts.Level]
  /// The scores, or nil if the sales end before the forecasts do.
  let evaluation: Evaluation?
}
