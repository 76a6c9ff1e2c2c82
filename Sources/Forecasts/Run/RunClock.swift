/// The time of a run, which the trainings of its models share.
///
/// Models whose training can be limited get equal parts of what the other models leave. The others are
/// evaluated first, so that the time that they take is known.
final class RunClock {
  private let end: ContinuousClock.Instant?
  /// The number of trainings with a limit that remain.
  private var limitedFits: Int
  /// The time for which models without limit were trained and forecast.
  private var timeOfOthers = Duration.zero
  /// The time that they will still take, as a multiple of ``timeOfOthers``.
  private let laterShare: Double

  /// Starts the clock.
  ///
  /// - Parameters:
  ///   - limit: The time of the run, or nil if it isn't limited.
  ///   - models: The models of the run.
  ///   - fits: The number of times that each model is trained while it is evaluated.
  ///   - laterFits: The number of times that each model is trained after all are evaluated.
  init(_ limit: Duration?, _ models: [ForecastRun.Model], fits: Int, laterFits: Int) {
    end = limit.map { ContinuousClock.now + $0 }
    limitedFits = models.count { $0.isLimitable } * (fits + laterFits)
    laterShare = Double(laterFits) / Double(fits)
  }

  /// Returns a model fitted to a panel, in its part of the time, or as it is if it was trained before.
  func fitted(_ model: ForecastRun.Model, to panel: Panel) throws -> any FittedForecaster {
    guard let end, case .untrained(let forecaster) = model else {
      return try model.fitted(to: panel)
    }
    let left = end - ContinuousClock.now - timeOfOthers * laterShare
    guard let limited = forecaster.limited(to: left / max(1, limitedFits)) else {
      return try forecaster.fitted(to: panel)
    }
    limitedFits -= 1
    return try limited.fitted(to: panel)
  }

  /// Returns the evaluation of a model, and counts its time if the model has no limit.
  func timing<Result>(
    _ model: ForecastRun.Model, _ evaluation: () throws -> Result
  ) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try evaluation()
    if !model.isLimitable { timeOfOthers += ContinuousClock.now - start }
    return result
  }
}

extension ForecastRun.Model {
  /// A Boolean value that indicates whether the time of the model's training can be limited.
  var isLimitable: Bool {
    guard case .untrained(let forecaster) = self else { return false }
    return forecaster.limited(to: .seconds(1)) != nil
  }
}
