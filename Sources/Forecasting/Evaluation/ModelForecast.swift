/// The forecast of a model, with the model's name and, if the actual values are known, its scores.
public struct ModelForecast: Sendable {
  /// The model's name.
  public let name: String
  /// The forecast.
  public let forecast: Forecast
  /// The scores of the forecast, or nil if the actual values aren't known.
  public let evaluation: Evaluation?

  /// Creates a forecast of a model.
  public init(name: String, forecast: Forecast, evaluation: Evaluation? = nil) {
    self.name = name
    self.forecast = forecast
    self.evaluation = evaluation
  }
}
