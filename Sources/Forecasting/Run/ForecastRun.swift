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
  /// The season length of the scaled errors, in steps, or nil for that of the calendar's frequency.
  public var seasonLength: Int?
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack
  /// The source of the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// A Boolean value that indicates whether the model that forecasts beyond the panel is trained on
  /// all of it.
  public var refits = true

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
    let open = panel.closed(on: closings.closing(of: panel))
    let lookback = models.compactMap { $0.lookback(for: open.dropping(last: horizon)) }.min()
    let (all, leftOut) = try SeriesSelection(lookback: lookback, horizon: horizon)
      .applied(to: open, shortSeries)
    let holdOut = try HoldOut(all, horizon: horizon, seasonLength: seasonLength)
    // Closed days are detected again, in the data known when the held-out steps are forecast.
    let history = holdOut.history.closed(on: closings.closing(of: holdOut.history))
    let results = try models.map { model in
      try result(of: model, history: history, holdOut: holdOut, all: all)
    }
    return ForecastResults(holdOut: holdOut, leftOut: leftOut, models: results)
  }

  private func result(
    of model: Model, history: Panel, holdOut: HoldOut, all: Panel
  ) throws -> ModelResult {
    let judged = try model.fitted(to: history)
    let heldOut = try FallbackForecaster(model: judged).forecast(from: history, horizon: horizon)
    // A user who interrupts training doesn't want a second one.
    let isRefitted = refits && model.isUntrained && judged.trainingEnd != .interrupted
    let final = isRefitted ? try model.fitted(to: all) : judged
    let next = try FallbackForecaster(model: final).forecast(from: all, horizon: horizon)
    return ModelResult(
      heldOut: ModelForecast(
        name: judged.name, forecast: heldOut, evaluation: holdOut.evaluate(heldOut)),
      next: ModelForecast(name: final.name, forecast: next), final: final,
      isRefitted: isRefitted)
  }
}

extension ForecastRun.Model {
  fileprivate var isUntrained: Bool {
    if case .untrained = self { true } else { false }
  }

  fileprivate func fitted(to panel: Panel) throws -> any FittedForecaster {
    switch self {
    case .untrained(let forecaster): try forecaster.fit(panel)
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
