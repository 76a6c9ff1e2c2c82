/// The last steps of a panel, held out to score forecasts on them.
///
/// ```swift
/// let holdOut = try HoldOut(panel, horizon: 28)
/// let model = try forecaster.fit(holdOut.history)
/// let forecast = try model.forecast(from: holdOut.history, horizon: 28)
/// print(holdOut.evaluate(forecast).overall)
/// ```
public struct HoldOut: Sendable {
  /// The part that forecasts are made from.
  public let history: Panel
  /// The actual values of the held-out steps.
  public let actual: Panel
  /// The season length for the scales of MASE and RMSSE.
  public let seasonLength: Int

  /// Holds out the last `horizon` steps. Stops the program if the horizon is less than 1. The
  /// default season length is that of the calendar's frequency.
  ///
  /// - Throws: `ForecastError.historyTooShort` if no history remains.
  public init(
    _ panel: Panel, horizon: Int, seasonLength: Int? = nil
  ) throws(ForecastError) {
    guard horizon >= 1 else {
      fatalError("HoldOut: expected a horizon of at least 1, got \(horizon)")
    }
    guard panel.calendar.count > horizon else {
      throw .historyTooShort(steps: panel.calendar.count, horizon: horizon)
    }
    history = panel.dropping(last: horizon)
    actual = panel.suffix(horizon)
    self.seasonLength = seasonLength ?? panel.calendar.frequency.seasonLength
  }

  /// The number of held-out steps.
  public var horizon: Int { actual.calendar.count }

  /// Scores a forecast of the held-out steps.
  public func evaluate(_ forecast: Forecast) -> Evaluation {
    Evaluation(of: forecast, against: actual, scaledBy: history, seasonLength: seasonLength)
  }
}
