import Forecasting
import Foundation

/// The main job: hold out, train, forecast, and score beside the baselines.
struct ForecastRun {
  let holdOut: HoldOut
  /// What is known when forecasting the held-out steps, with the closed days that can be known then.
  let history: Panel
  let model: FittedLSTMForecaster
  /// The forecasts of the held-out days: the model's first, then the baselines'.
  private(set) var forecasts: [(name: String, forecast: Forecast)] = []
  private(set) var scoreboard = Scoreboard()
  /// What has no part in the scores.
  private(set) var notes: [String] = []
  /// The model's forecast of the days after the end of the table.
  let next: Forecast

  /// - Parameters:
  ///   - panel: All that is known.
  ///   - model: A trained model; nil to train one with `forecaster`.
  ///   - closings: The source of the days on which the shop is closed.
  init(
    panel: Panel, horizon: Int, seasonLength: Int, model: FittedLSTMForecaster?,
    forecaster: LSTMForecaster, closings: ClosingSource
  ) throws {
    holdOut = try HoldOut(panel, horizon: horizon, seasonLength: seasonLength)
    history = holdOut.history.closed(on: closings.closing(of: holdOut.history))
    self.model = try model ?? Self.train(forecaster, on: history)
    next = try self.model.forecast(from: panel, horizon: horizon)
    try add(self.model)
    try add(NaiveForecaster())
    try add(SeasonalNaiveForecaster(seasonLength: seasonLength))
  }

  private static func train(
    _ forecaster: LSTMForecaster, on history: Panel
  ) throws -> FittedLSTMForecaster {
    var forecaster = forecaster
    forecaster.progress = .automatic
    forecaster.stopsOnInterrupt = true
    let model = try forecaster.fit(history)
    if model.trainingEnd == .interrupted {
      let note = "Training was interrupted by Ctrl-C: the model is not fully trained.\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
    return model
  }

  private mutating func add(_ fitted: some FittedForecaster) throws {
    let forecast = try fitted.forecast(from: history, horizon: holdOut.horizon)
    forecasts.append((fitted.name, forecast))
    let evaluation = holdOut.evaluate(forecast)
    scoreboard.add(fitted.name, evaluation)
    // The same for every model: it depends on the history and on what came.
    notes = evaluation.notes
  }
}
