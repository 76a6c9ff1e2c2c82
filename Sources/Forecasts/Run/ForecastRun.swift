/// A run that evaluates models on the end of a panel, and forecasts the steps after it.
///
/// ```swift
/// let run = ForecastRun(horizon: 28)
/// let results = try run(
///   [.untrained(LSTMForecaster(horizon: 28)), .untrained(NaiveForecaster())], on: panel)
/// print(results.scoreboard)
/// ```
///
/// Each model is trained on all but the last steps and evaluated on those. The model that forecasts
/// beyond the panel is then retrained on all of it, unless ``refits`` is false.
public struct ForecastRun: Sendable {
  /// A model that takes part in a run.
  public enum Model: Sendable {
    /// A model to be trained.
    case untrained(any Forecaster)
    /// A trained model, which isn't changed.
    case trained(any FittedForecaster)
  }

  /// The horizon, H: the number of steps to hold out, and to forecast after the end of the panel.
  public var horizon: Int
  /// The season length of the scaled errors, in steps, or nil to derive it from the frequency.
  public var seasonLength: Int?
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack
  /// The source of the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// A Boolean value that indicates whether the model that forecasts beyond the panel is trained on
  /// all of it.
  public var refits = true
  /// A Boolean value that indicates whether the results include a combination of several models: a
  /// weighted mean of their forecasts.
  ///
  /// Its evaluation trains each model once more. There is none if a model was trained before, because
  /// that model's errors on the held-out steps may be smaller than those of its forecasts.
  public var combines = false
  /// A Boolean value that indicates whether all models have the same weight in the combination, which
  /// takes no further training. Each member of an ensemble counts as a model.
  public var weightsEqually = false
  /// The weights of the models in the combination, chosen on steps before the held-out ones, or nil to choose
  /// them in the run. They take no further training.
  package var combinationWeights: CombinationWeights?
  /// The levels of the quantiles to forecast, ascending between 0 and 1, or an empty array for the
  /// mean alone.
  ///
  /// Quantiles are calibrated with ``ForecastCalibration``. For the held-out steps, each model is
  /// trained once more without the last windows of the history, and calibrated on these windows. For
  /// the steps after the panel, the held-out steps are a further window, which takes no training.
  public var quantileLevels: [Double] = []
  /// The numbers of steps of the sums to forecast, with quantiles at ``sumQuantileLevels``.
  public var sumLengths: [Int] = []
  /// The step at which the first sum starts: 0, or the number of steps until a period of interest.
  public var sumStart = 0
  /// The levels of the quantiles of sums, ascending between 0 and 1, or nil for ``quantileLevels``.
  public var sumQuantileLevels: [Double]?
  /// The time that a run takes, or nil for as long as its models take.
  ///
  /// Networks share what the other models leave of it: they train fewer steps, or more networks of an
  /// ensemble; see ``NetworkTraining/timeLimit``. A run whose other models alone take longer takes longer.
  public var timeLimit: Duration?

  /// Creates a run. Stops the program if the horizon or the season length is less than 1.
  public init(horizon: Int, seasonLength: Int? = nil) {
    guard horizon >= 1, seasonLength ?? 1 >= 1 else {
      fatalError(
        "ForecastRun: expected a horizon and a seasonLength of at least 1, got \(horizon) and "
          + "\(seasonLength ?? 0)")
    }
    self.horizon = horizon
    self.seasonLength = seasonLength
  }

  /// Evaluates models, and forecasts with each of them.
  ///
  /// - Parameters:
  ///   - models: The models, in the order of the results.
  ///   - panel: The panel with all known data.
  /// - Throws: `ForecastError` if a series can't be forecast and the policy is to reject such
  ///   series, and errors of training and forecasting.
  public func callAsFunction(_ models: [Model], on panel: Panel) throws -> ForecastResults {
    let (all, leftOut) = try selected(of: panel, for: models)
    let trial = try self.trial(on: all)
    let clock = clock(models)
    var judged = try judged(models, trial: trial, all: all, clock)
    let isComplete = judged.allSatisfy { $0.result.final.trainingEnd != .interrupted }
    if combines(models), isComplete {
      judged.append(try combination(of: models, judged, trial: trial, clock))
    }
    let results = try judged.map { try calibrated($0, trial: trial, all: all) }
    return ForecastResults(holdOut: trial.holdOut, leftOut: leftOut, models: results)
  }

  /// Returns the series of a panel that the models can forecast, with the closed days of the run.
  ///
  /// - Throws: `ForecastError` if nothing is left to forecast from, or if a series can't be forecast and the
  ///   policy is to reject such series.
  package func selected(
    of panel: Panel, for models: [Model]
  ) throws(ForecastError) -> (panel: Panel, leftOut: [String]) {
    let steps = panel.calendar.count
    guard steps > horizon else { throw .historyTooShort(steps: steps, horizon: horizon) }
    let open = closings.closed(panel)
    let lookback = models.lookback(for: open.dropping(last: horizon))
    return try SeriesSelection(lookback: lookback, ends: [steps - horizon, steps])
      .applied(to: open, shortSeries)
  }

  /// A Boolean value that indicates whether the weights of the combination are chosen in the run.
  private var choosesWeights: Bool { !weightsEqually && combinationWeights == nil }

  private func combines(_ models: [Model]) -> Bool {
    combines && models.count > 1 && models.allSatisfy(\.isUntrained)
  }

  /// Returns the time of a run, in which each model is trained for the held-out steps, for the steps after
  /// the panel, and for the calibration of quantiles or, later, for the weights of a combination.
  private func clock(_ models: [Model]) -> RunClock {
    let calibrates = !quantileLevels.isEmpty
    return RunClock(
      timeLimit, models, fits: 1 + (refits ? 1 : 0) + (calibrates ? 1 : 0),
      laterFits: combines(models) && choosesWeights && !calibrates ? 1 : 0)
  }

  /// Evaluates models and forecasts with each of them, those first whose time can't be limited.
  private func judged(
    _ models: [Model], trial: Trial, all: Panel, _ clock: RunClock
  ) throws -> [JudgedModel] {
    let (limited, others) = (
      models.indices.filter { models[$0].isLimitable },
      models.indices.filter { !models[$0].isLimitable }
    )
    var judged: [Int: JudgedModel] = [:]
    for place in others + limited {
      judged[place] = try clock.timing(models[place]) {
        try self.judged(models[place], trial: trial, all: all, clock)
      }
    }
    return models.indices.map { judged[$0]! }
  }

  /// Combines the forecasts of all models.
  ///
  /// The weights of the forecast beyond the panel come from the held-out steps. The weights that are
  /// evaluated on the held-out steps come from as many steps before them, which models forecast that
  /// are trained on the steps before those. With equal or given weights, nothing is chosen.
  private func combination(
    of models: [Model], _ judged: [JudgedModel], trial: Trial, _ clock: RunClock
  ) throws -> JudgedModel {
    let results = judged.map(\.result)
    let name = FittedCombination.name
    let earlier = try earlierWeights(of: models, judged, trial.history, clock)
    let heldOut = try earlier.combined(results.map(\.heldOut.forecast))
    let weights =
      choosesWeights
      ? CombinationWeights(of: results.map(\.heldOut.forecast), on: trial.holdOut) : earlier
    let result = ModelResult(
      heldOut: ModelForecast(
        name: name, forecast: heldOut, evaluation: trial.holdOut.evaluate(heldOut)),
      next: ModelForecast(name: name, forecast: try weights.combined(results.map(\.next.forecast))),
      final: FittedCombination(members: results.map(\.final), weights: weights),
      isRefitted: results.contains(where: \.isRefitted))
    return JudgedModel(
      result: result, windows: try JudgedModel.windows(of: judged, earlier.pooled))
  }

  /// Returns weights that are chosen on the last steps of a history, or equal ones if these are asked
  /// for or the history is too short to hold out steps.
  private func earlierWeights(
    of models: [Model], _ judged: [JudgedModel], _ history: Panel, _ clock: RunClock
  ) throws -> CombinationWeights {
    if let combinationWeights { return combinationWeights }
    if weightsEqually {
      return CombinationWeights(proportionalTo: judged.map(\.result.final.memberCount))
    }
    guard history.calendar.count >= 3 * horizon else {
      return CombinationWeights(equalFor: models.count)
    }
    let trial = try self.trial(on: history)
    let known = judged.compactMap(\.windows.last?.forecast)
    let forecasts =
      known.count == models.count
      ? known
      : try models.map { try trial.forecast(by: clock.fitted($0, to: trial.history)) }
    return CombinationWeights(of: forecasts, on: trial.holdOut)
  }

  private func trial(on panel: Panel) throws(ForecastError) -> Trial {
    try Trial(panel, horizon: horizon, seasonLength: seasonLength, closings: closings)
  }

  private func judged(
    _ model: Model, trial: Trial, all: Panel, _ clock: RunClock
  ) throws -> JudgedModel {
    let judged = try clock.fitted(model, to: trial.history)
    let heldOut = try trial.forecast(by: judged)
    // A user who interrupts training doesn't want a second one.
    let isRefitted = refits && model.isUntrained && judged.trainingEnd != .interrupted
    let final = isRefitted ? try clock.fitted(model, to: all) : judged
    let next = try FallbackForecaster(model: final).forecast(from: all, horizon: horizon)
    let result = ModelResult(
      heldOut: ModelForecast(
        name: judged.name, forecast: heldOut, evaluation: trial.holdOut.evaluate(heldOut)),
      next: ModelForecast(name: final.name, forecast: next), final: final, isRefitted: isRefitted)
    let isCalibrated = !quantileLevels.isEmpty && final.trainingEnd != .interrupted
    return JudgedModel(
      result: result,
      windows: isCalibrated ? try windows(of: model, before: trial.history, clock) : [])
  }

  /// Returns the last windows of a history with the forecasts of a model that is trained on the steps
  /// before them, or no windows if the history is too short.
  private func windows(
    of model: Model, before history: Panel, _ clock: RunClock
  ) throws -> [CalibrationWindow] {
    let past = PastWindows(horizon: horizon, before: history)
    do {
      let found = try past.windows(before: history) {
        try clock.fitted(model, to: $0)
      } forecast: { fitted, known in
        let known = closings.closed(known)
        let forecast = try FallbackForecaster(model: fitted).forecast(from: known, horizon: horizon)
        return (forecast, known)
      }
      return found?.windows ?? []
    } catch ForecastError.noWindow {
      return []
    }
  }

  /// Returns the results of a model with calibrated quantiles, if there are levels.
  private func calibrated(
    _ model: JudgedModel, trial: Trial, all: Panel
  ) throws -> ModelResult {
    let result = model.result
    guard !quantileLevels.isEmpty else { return result }
    var intervals = RunIntervals(
      levels: quantileLevels, sumLengths: sumLengths, sumStart: sumStart,
      sumLevels: sumQuantileLevels ?? quantileLevels, windows: model.windows)
    let heldOut = try intervals.quantiles(of: result.heldOut.forecast, from: trial.history)
    intervals.windows.append(
      try CalibrationWindow(
        forecast: result.heldOut.forecast, history: trial.history,
        actual: trial.holdOut.actual))
    let next = try intervals.quantiles(of: result.next.forecast, from: all)
    return ModelResult(
      heldOut: ModelForecast(
        name: result.heldOut.name, forecast: heldOut.forecast,
        evaluation: trial.holdOut.evaluate(heldOut.forecast), sums: heldOut.sums),
      next: ModelForecast(name: result.next.name, forecast: next.forecast, sums: next.sums),
      final: result.final, isRefitted: result.isRefitted,
      calibrationWindowCount: model.windows.count)
  }
}

extension ForecastRun.Model {
  fileprivate var isUntrained: Bool {
    if case .untrained = self { true } else { false }
  }

  /// Returns the model fitted to a panel, or as it is if it was trained before.
  func fitted(to panel: Panel) throws -> any FittedForecaster {
    switch self {
    case .untrained(let forecaster): try forecaster.fitted(to: panel)
    case .trained(let fitted): fitted
    }
  }

  fileprivate func lookback(for panel: Panel) -> Int? {
    switch self {
    case .untrained(let forecaster): forecaster.lookback(for: panel)
    case .trained(let fitted): fitted.lookback
    }
  }
}

extension [ForecastRun.Model] {
  /// Returns the number of last steps of a history of which all models need an observed one, or nil
  /// for all steps.
  func lookback(for history: Panel) -> Int? {
    compactMap { $0.lookback(for: history) }.min()
  }
}
