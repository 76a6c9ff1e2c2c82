/// The results of a ``ForecastRun``: forecasts of the held-out steps with their scores, and
/// forecasts of the steps after the panel.
public struct ForecastResults: Sendable {
  /// The history and the held-out steps.
  public let holdOut: HoldOut
  /// The ids of the series that were left out because a model can't forecast them.
  public let leftOut: [String]
  /// The results of each model, in the order of the run.
  public internal(set) var models: [ModelResult]
  /// The index of a model that was chosen before its forecast of the held-out steps was scored, or nil. It is
  /// the recommended one.
  package var chosen: Int?

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

  /// The index of the recommended model.
  ///
  /// It is the model with the smallest RMSSE on the held-out steps, or RMSE if no series has a scale.
  /// Both are smallest for means. The first one of several equals, or if no model has scores. A
  /// combination of all models is recommended unless its error is more than a tenth larger: the best
  /// model of one period is often not the best of the next. (Over the last 12 months of Australian
  /// retail, 13 weeks of M4, and 48 hours of M4, the MASE of the model that was best in the period
  /// before was 1.19, 2.47, and 1.13, and that of the combination 1.08, 2.23, and 0.95.)
  ///
  /// A forecast that is reconciled with sums comes before all others, since sums show no error of a
  /// single series.
  public var recommended: Int {
    if let chosen { return chosen }
    if let reconciled = models.firstIndex(where: { $0.final is FittedReconciliation }) {
      return reconciled
    }
    let errors = self.errors
    let best = best { _ in true } ?? 0
    let combination = models.firstIndex { $0.final is FittedCombination }
    guard let combination, errors[combination] <= 1.1 * errors[best] else { return best }
    return combination
  }

  /// The RMSSE of each model on the held-out steps, or RMSE if no series has a scale, or infinity if
  /// there is none.
  private var errors: [Double] {
    let scores = models.map(\.heldOut.evaluation?.overall)
    let metric = Metric.ranking(scores.compactMap { $0 })
    return scores.map { $0.flatMap(metric.cost) ?? .infinity }
  }

  /// Returns the index of the model with the smallest error on the held-out steps among those that
  /// satisfy a predicate, the first one of several equals, or nil if none does.
  package func best(where isIncluded: (ModelResult) -> Bool) -> Int? {
    let errors = self.errors
    return models.indices.filter { isIncluded(models[$0]) }.min { errors[$0] < errors[$1] }
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
  /// The number of past windows on which the quantiles of the held-out steps were calibrated, or 0 if
  /// there are no quantiles or the history is too short. Those after the panel were also calibrated on
  /// the held-out steps.
  public internal(set) var calibrationWindowCount = 0
}
