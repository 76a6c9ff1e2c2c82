/// A hold-out whose forecasts use nothing that was observed after the history, not even the days on
/// which the shop turned out to be closed.
struct Trial {
  /// The held-out steps, which forecasts are scored on.
  let holdOut: HoldOut
  /// The panel that models are fitted to and that forecasts are made from.
  let history: Panel

  /// Holds out the last steps of a panel. The closed days are those of its history.
  ///
  /// - Throws: `ForecastError.historyTooShort` if no history remains.
  init(
    _ panel: Panel, horizon: Int, seasonLength: Int?, closings: ClosingSource
  ) throws(ForecastError) {
    holdOut = try HoldOut(panel, horizon: horizon, seasonLength: seasonLength)
    history = closings.closed(holdOut.history)
  }

  /// Returns the forecast of the held-out steps by a model, with a ``Fallback`` for series that
  /// show the model nothing.
  ///
  /// - Throws: The model's errors.
  func forecast(by model: any FittedForecaster) throws -> Forecast {
    try FallbackForecaster(model: model).forecast(from: history, horizon: holdOut.horizon)
  }
}
