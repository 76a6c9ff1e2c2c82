/// The forecast of a model, with the model's name and, if the actual values are known, its scores.
public struct ModelForecast: Sendable {
  /// The model's name.
  public let name: String
  /// The forecast.
  public let forecast: Forecast
  /// The scores of the forecast, or nil if the actual values aren't known.
  public let evaluation: Evaluation?
  /// The forecasts of sums over several steps, or an empty array if there are none.
  public let sums: [SumForecast]

  /// Creates a forecast of a model.
  public init(
    name: String, forecast: Forecast, evaluation: Evaluation? = nil, sums: [SumForecast] = []
  ) {
    self.name = name
    self.forecast = forecast
    self.evaluation = evaluation
    self.sums = sums
  }
}
