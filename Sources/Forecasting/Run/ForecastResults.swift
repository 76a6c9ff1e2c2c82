/// What a ``ForecastRun`` found: forecasts of the held-out steps with their scores, and forecasts of the steps
/// after the panel.
public struct ForecastResults: Sendable {
  /// The history and the held-out steps.
  public let holdOut: HoldOut
  /// The series that were left out because a model cannot forecast them.
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

  /// The place of the model with the smallest RMSSE on the held-out steps, or RMSE where no series has a
  /// scale: both are smallest for means. The first of several equals, and of models without scores.
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

  /// What a reader of the scores has to know: it depends on the history and on what came, not on the model.
  public var notes: [String] { models.first?.heldOut.evaluation?.notes ?? [] }
}

/// The results of one model of a ``ForecastRun``.
public struct ModelResult: Sendable {
  /// The forecast of the held-out steps, with its scores.
  public let heldOut: ModelForecast
  /// The forecast of the steps after the panel.
  public let next: ModelForecast
  /// The model that forecast them.
  public let final: any FittedForecaster
  /// A Boolean value that indicates whether that model was trained on all of the panel after its training on
  /// the history was judged.
  public let isRefitted: Bool
}
