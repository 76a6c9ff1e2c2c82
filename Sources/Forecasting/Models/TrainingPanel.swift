/// The properties of the panel that a global model was fitted to which matter to the panels that it forecasts.
struct TrainingPanel: Sendable {
  /// The frequency, or nil if it isn't known.
  let frequency: Frequency?
  /// The meaning of the values, such as units, or nil if it isn't known.
  let target: String?
  /// The lengths and the features of the windows.
  let layout: WindowLayout

  /// Checks that a panel has the frequency that the model was fitted to, and its season length. Weeks may start
  /// on another day.
  ///
  /// - Parameter seasonLength: The requested season length, or nil for the model's.
  /// - Throws: `ForecastError.otherFrequency` or `ForecastError.otherSeason`.
  func check(_ found: Frequency, seasonLength: Int?) throws(ForecastError) {
    if let frequency, frequency.unit != found.unit {
      throw .otherFrequency(found, trainedFor: frequency, seasonLength: layout.seasonLength)
    }
    if let seasonLength, seasonLength != layout.seasonLength {
      throw .otherSeason(seasonLength, trainedFor: layout.seasonLength)
    }
  }

  /// Checks that a panel has the frequency and the target that the model was fitted to.
  ///
  /// - Throws: `ForecastError.otherFrequency` or `ForecastError.otherTarget`.
  func checkMeaning(of panel: Panel) throws(ForecastError) {
    try check(panel.calendar.frequency, seasonLength: nil)
    if let target, let found = panel.target, found != target {
      throw .otherTarget(found, trainedFor: target)
    }
  }

  /// Checks that a panel can be forecast: it has the right meaning, the horizon is not longer than that of the
  /// windows, and each series has an observed value in its last window.
  ///
  /// - Throws: `ForecastError`.
  func check(_ history: Panel, horizon: Int) throws(ForecastError) {
    try checkMeaning(of: history)
    guard horizon <= layout.horizon else {
      throw .horizonTooLong(horizon, trainedFor: layout.horizon)
    }
    let end = history.calendar.count
    for series in history.eachSeries {
      guard series.isObserved(within: layout.inputLength, before: end) else {
        throw .nothingObserved(id: series.id)
      }
    }
  }
}
