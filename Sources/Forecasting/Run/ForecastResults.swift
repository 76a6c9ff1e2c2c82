/// The results of a ``ForecastRun``: forecasts of the held-out steps with their scores, and
/// forecasts of the steps after the panel.
public struct ForecastResults: Sendable {
  /// The history and the held-out steps.
  public let holdOut: HoldOut
  /// The ids of the series that were left out because a model can't forecast them.
  public let leftOut: [String]
  /// The results of each model, in the order of the run.
  public let models: [ModelResult]

  /// The scores of all models on the held-out steps.
  public var scoreboard: Scoreboard {
    var scoreboard = Scoreboard()
    for model in models {
      if let evaluation = model.heldOut.evaluation {
        scoreboard.add(model.heldOut.name, evaluation)
      }
    }
    return scoreboard
  }

  /// The index of the model with the smallest RMSSE on the held-out steps, or RMSE if no series has
  /// a scale. Both are smallest for means. The first one of several equals, or if no model has
  /// scores.
  public var recommended: Int {
    let scores = models.map(\.heldOut.evaluation?.overall)
    let hasScales = scores.contains { $0?.rmsse != nil }
    let errors = scores.map { (hasScales ? $0?.rmsse : $0?.rmse) ?? .infinity }
    return errors.indices.min { errors[$0] < errors[$1] } ?? 0
  }

  /// The results of all models, with the recommended one first.
  public var recommendedFirst: [ModelResult] {
    guard !models.isEmpty else { return [] }
    return [models[recommended]] + models[..<recommended] + models[(recommended + 1)...]
  }

  /// Notes on the scores. They depend on the history and the actual values, not on the model.
  public var notes: [String] { models.first?.heldOut.evaluation?.notes ?? [] }
}

/// The results of one model of a ``ForecastRun``.
public struct ModelResult: Sendable {
  /// The forecast of the held-out steps, with its scores.
  public let heldOut: ModelForecast
  /// The forecast of the steps after the panel.
  public let next: ModelForecast
  /// The model that forecast those steps.
  public let final: any FittedForecaster
  /// A Boolean value that indicates whether that model was retrained on all of the panel after it
  /// was evaluated.
  public let isRefitted: Bool
}
