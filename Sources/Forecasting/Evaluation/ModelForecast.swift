/// The forecast of a model, with the model's name and, where it is known what came, its scores.
public struct ModelForecast: Sendable {
  /// The model's name.
  public let name: String
  /// The forecast.
  public let forecast: Forecast
  /// How well the forecast met what came; nil where that is not known.
  public let evaluation: Evaluation?

  /// Creates a forecast of a model.
  public init(name: String, forecast: Forecast, evaluation: Evaluation? = nil) {
    self.name = name
    self.forecast = forecast
    self.evaluation = evaluation
  }
}
