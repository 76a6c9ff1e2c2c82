/// Scores models on several windows of a panel, one after another in time.
///
/// ```swift
/// let run = BacktestRun(horizon: 28, windowCount: 5)
/// let results = try run(
///   [.untrained(ThetaForecaster()), .untrained(SeasonalNaiveForecaster())], on: panel)
/// print(results.leaderboard)
/// ```
///
/// The last window ends with the panel, and each earlier one ends ``step`` steps before the next.
/// In each window, a model is fitted to the steps before the window, forecasts the steps of the
/// window, and is scored on them. A model never sees a later step: closed days, scales, and weights
/// come from the history of the window, too.
///
/// Canceling the surrounding task ends the run with a `CancellationError`.
public struct BacktestRun: Sendable {
  /// The number of steps in a window, H.
  public var horizon: Int
  /// The number of windows.
  public var windowCount: Int
  /// The number of steps between the starts of successive windows, or nil for the horizon. Windows
  /// overlap if it is less than the horizon.
  public var step: Int?
  /// The number of windows after which models are fitted again: 1 to fit them in every window.
  ///
  /// In between, a model forecasts from the longer history with what it learned earlier.
  public var refitInterval = 1
  /// A Boolean value that indicates whether the results include a combination of the models: a weighted
  /// mean of their forecasts.
  ///
  /// Its weights come from the errors in the last window that ends before the window starts, as in a
  /// ``ForecastRun``. Without such a window, models have equal weights.
  public var combines = false
  /// The part of the steps before a window that belongs to its history.
  public var history = Backtest.Window.expanding
  /// The season length for scaled errors, in steps, or nil to derive it from the frequency.
  public var seasonLength: Int?
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack
  /// The source from which the run obtains the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// The levels at which sums of series are scored, as in
  /// ``Hierarchy/init(of:groupings:weights:)``.
  public var groupings: [[String]]?
  /// The weights of series in weighted scores.
  public var weights = SeriesWeights.sales
  /// A function that is called with each forecast when it is scored.
  public var progress: (@Sendable (BacktestProgress) -> Void)?

  /// Creates a run. Stops the program if a number is less than 1.
  public init(horizon: Int, windowCount: Int = 5, step: Int? = nil, seasonLength: Int? = nil) {
    self.horizon = horizon
    self.windowCount = windowCount
    self.step = step
    self.seasonLength = seasonLength
    checkNumbers()
  }

  /// Scores models on all windows.
  ///
  /// - Parameters:
  ///   - models: The models, in the order of the results. Those that were trained before stay as
  ///     they are: scores on windows that they were trained on are better than their forecasts.
  ///   - panel: The panel with all known data.
  /// - Throws: `SplitError.tooFewSteps` if the panel is too short for the windows, `ForecastError`
  ///   if a series can't be forecast and the policy is to reject such series, `CovariateError` if a
  ///   column of the groupings or weights doesn't exist, `CancellationError` if the surrounding
  ///   task is canceled, and errors of training and forecasting.
  public func callAsFunction(
    _ models: [ForecastRun.Model], on panel: Panel
  ) throws -> BacktestResults {
    checkNumbers()
    let splits = try Backtest(
      horizon: horizon, count: windowCount, step: step, window: history
    ).splits(of: panel)
    let selection = SeriesSelection(
      lookback: models.lookback(for: splits[0].history(of: panel)),
      ends: splits.map(\.training.upperBound))
    let (kept, leftOut) = try selection.applied(to: panel, shortSeries)
    var fitted: [any FittedForecaster] = []
    let combines = combines && models.count > 1
    let modelCount = models.count + (combines ? 1 : 0)
    var results = [BacktestResults.Model](repeating: .init(), count: modelCount)
    var combination = BacktestCombination()
    var windows: [BacktestResults.Window] = []
    for (place, split) in splits.enumerated() {
      let trial = try Trial(
        kept.slice(split.training.lowerBound..<split.test.upperBound), horizon: horizon,
        seasonLength: seasonLength, closings: closings)
      let hierarchy = try Hierarchy(of: trial.holdOut, groupings: groupings, weights: weights)
      windows.append(
        .init(
          calendar: panel.calendar.slice(split.test), historyLength: split.training.count,
          isRefitted: place % refitInterval == 0, isScaledByStep: trial.holdOut.scales.isStepwise))
      if windows[place].isRefitted { fitted = [] }
      func score(_ forecast: Forecast, of index: Int, named name: String) {
        let evaluation = trial.holdOut.evaluate(forecast, over: hierarchy)
        results[index].add(evaluation, of: forecast, by: name)
        progress?(
          BacktestProgress(
            window: place, windowCount: splits.count, model: index, modelCount: modelCount,
            result: ModelForecast(name: name, forecast: forecast, evaluation: evaluation)))
      }
      var forecasts: [Forecast] = []
      for (index, model) in models.enumerated() {
        if fitted.count == index { fitted.append(try model.fitted(to: trial.history)) }
        // Training that is canceled ends early, without an error.
        try Task.checkCancellation()
        forecasts.append(try trial.forecast(by: fitted[index]))
        score(forecasts[index], of: index, named: fitted[index].name)
      }
      if combines {
        let combined = try combination.forecast(forecasts, of: trial, at: split.test)
        score(combined, of: models.count, named: FittedCombination.name)
      }
    }
    return BacktestResults(
      windows: windows, step: step ?? horizon,
      seasonLength: seasonLength ?? panel.calendar.frequency.seasonLength,
      leftOut: leftOut, categories: kept.staticCovariates.filter { $0.kind == .categorical },
      models: results, rankingMetric: .ranking(results.map(\.overall)))
  }

  private func checkNumbers() {
    guard min(horizon, windowCount, step ?? 1, refitInterval, seasonLength ?? 1) >= 1 else {
      fatalError("BacktestRun: a number is less than 1 in \(self)")
    }
  }
}

/// The progress of a ``BacktestRun``: a model was scored on a window.
public struct BacktestProgress: Sendable {
  /// The index of the window, in chronological order.
  public let window: Int
  /// The number of windows.
  public let windowCount: Int
  /// The index of the model, in the order of the run.
  public let model: Int
  /// The number of models.
  public let modelCount: Int
  /// The model's forecast of the window, with its scores.
  public let result: ModelForecast
}
