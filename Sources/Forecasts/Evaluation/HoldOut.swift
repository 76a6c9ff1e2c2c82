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
  /// The season length for the scales of MASE and RMSSE. If no series of the history is longer than a
  /// season, the scales are those of a season of one step, and ``Evaluation/notes`` say so.
  public let seasonLength: Int
  /// The scales of the series, which are the same for all forecasts.
  let scales: ErrorScales

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
    self.init(
      history: panel.dropping(last: horizon), actual: panel.suffix(horizon),
      seasonLength: seasonLength ?? panel.calendar.frequency.seasonLength)
  }

  /// Creates a hold-out from its parts.
  init(history: Panel, actual: Panel, seasonLength: Int) {
    self.history = history
    self.actual = actual
    self.seasonLength = seasonLength
    scales = ErrorScales(of: history, seasonLength: seasonLength)
  }

  /// The number of held-out steps.
  public var horizon: Int { actual.calendar.count }

  /// Returns the scores of a forecast of the held-out steps.
  ///
  /// - Parameters:
  ///   - forecast: The forecast.
  ///   - weights: A weight of at least 0 for each series, for the weighted scores, or nil for none.
  public func evaluate(_ forecast: Forecast, weights: [Double]? = nil) -> Evaluation {
    guard forecast.ids == history.ids else {
      fatalError("HoldOut: expected a forecast of the series of the history")
    }
    return Evaluation(of: forecast, against: actual, scales: scales, weights: weights)
  }

  /// Returns the scores of a forecast of the held-out steps, including those of the levels of a
  /// hierarchy. The overall WRMSSE and weighted scaled pinball loss are means over the levels.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of the series.
  ///   - hierarchy: The levels of this hold-out.
  ///   - sums: Forecasts of the sums of a level, by its name, for quantiles of sums.
  public func evaluate(
    _ forecast: Forecast, over hierarchy: Hierarchy, sums: [String: Forecast] = [:]
  ) -> Evaluation {
    evaluate(forecast, levels: hierarchy.scores(of: forecast, sums: sums))
  }

  /// Returns the scores of a forecast of the held-out steps, with those of levels.
  func evaluate(_ forecast: Forecast, levels: [NamedScores]) -> Evaluation {
    var evaluation = evaluate(forecast)
    evaluation.levels = levels
    for level in evaluation.levels {
      evaluation.overall.weighted.add(level: level.scores.weighted)
    }
    return evaluation
  }
}
