/// The past windows on which a model is calibrated.
struct PastWindows {
  /// The number of steps of a window, H.
  let horizon: Int
  /// The number of consecutive windows.
  let count: Int

  /// Creates windows at the end of a panel.
  ///
  /// The default number of windows is 1 for 200 or more series and higher for fewer series, up to 6. The
  /// windows cover at most a quarter of the panel or, if there is only one, a third.
  init(horizon: Int, count: Int? = nil, before panel: Panel) {
    self.horizon = horizon
    let longest = panel.calendar.count / (4 * horizon)
    let usual = min(Self.usualCount(seriesCount: panel.seriesCount), max(longest, 1))
    let limit = panel.calendar.count >= 3 * horizon ? usual : 0
    self.count = count ?? limit
  }

  /// Returns the number of windows whose errors suffice for a calibration: 1 for 200 or more series, and
  /// up to 6 for fewer.
  static func usualCount(seriesCount: Int) -> Int {
    min((200 + seriesCount - 1) / max(seriesCount, 1), 6)
  }

  /// Fits a model to the data before the windows, and forecasts each window.
  ///
  /// - Parameters:
  ///   - panel: The panel, which ends with the last window.
  ///   - fit: Returns the model fitted to a panel.
  ///   - forecast: Returns the forecast of the steps after a history, and the history that the model
  ///     was given.
  /// - Returns: The model and its windows, the oldest first, or nil if there are none.
  func windows<Model>(
    before panel: Panel, fit: (Panel) throws -> Model,
    forecast: (Model, Panel) throws -> (Forecast, Panel)
  ) throws -> (model: Model, windows: [CalibrationWindow])? {
    guard count > 0, panel.calendar.count > count * horizon else { return nil }
    let model = try fit(panel.dropping(last: count * horizon))
    let windows = try (1...count).reversed().map { place in
      let (one, history) = try forecast(model, panel.dropping(last: place * horizon))
      let first = panel.calendar.count - place * horizon
      return try CalibrationWindow(
        forecast: one, history: history, actual: panel.slice(first..<first + horizon))
    }
    return (model, windows)
  }
}
