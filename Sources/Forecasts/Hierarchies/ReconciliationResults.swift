/// The results of a ``ReconciliationRun``.
public struct ReconciliationResults: Sendable {
  /// The history and the held-out steps of the series.
  public let holdOut: HoldOut
  /// The ids of the series that were left out because a model can't forecast them.
  public let leftOut: [String]
  /// The levels with their held-out steps; the last one is that of the series.
  public let hierarchy: Hierarchy
  /// The number of past windows whose errors the forecasts beyond the panel use. Those of the held-out
  /// steps use one less.
  public let windowCount: Int
  /// The base forecasts.
  public let base: LevelForecasts
  /// The reconciled forecasts of each method, in the order of the run.
  public let reconciled: [LevelForecasts]

  /// The scores of all forecasts, the base forecasts first.
  public var scoreboard: Scoreboard {
    var scoreboard = Scoreboard()
    for one in [base] + reconciled {
      if let evaluation = one.heldOut.evaluation { scoreboard.add(one.name, evaluation) }
    }
    return scoreboard
  }

  /// Returns the change of the weighted RMSSE of each level, in the order of the levels, as a ratio of
  /// that of the base forecasts, or nil for a level without one. It is positive where reconciliation
  /// makes the forecast of the held-out steps worse.
  public func changes(of forecasts: LevelForecasts) -> [(level: String, change: Double?)] {
    let before = base.heldOut.evaluation?.levels ?? []
    let after = forecasts.heldOut.evaluation?.levels ?? []
    return zip(before, after).map { before, after in
      guard let old = before.scores.wrmsse, let new = after.scores.wrmsse, old > 0 else {
        return (before.name, nil)
      }
      return (before.name, new / old - 1)
    }
  }
}

/// Forecasts of the series of a panel and of their sums at each level.
public struct LevelForecasts: Sendable {
  /// The forecasts of the sums of a level, or of the series.
  public struct Level: Sendable {
    /// The name of the level, as in ``Hierarchy``.
    public let name: String
    /// The forecast.
    public let forecast: Forecast
  }

  /// The name of the forecasts in tables, such as `WLS variance`.
  public let name: String
  /// The method, or nil for the base forecasts.
  public let method: ReconciliationMethod?
  /// The forecast of the series in the held-out steps, with the scores of all levels.
  public let heldOut: ModelForecast
  /// The forecast of the series in the steps after the panel.
  public let next: ModelForecast
  /// The forecasts of all levels in the held-out steps. The last one is that of the series.
  public let heldOutLevels: [Level]
  /// The forecasts of all levels in the steps after the panel. The last one is that of the series.
  public let nextLevels: [Level]

  init(
    _ name: String, _ method: ReconciliationMethod?, heldOut: [Level], next: [Level],
    on holdOut: HoldOut, over hierarchy: Hierarchy
  ) {
    (self.name, self.method) = (name, method)
    (heldOutLevels, nextLevels) = (heldOut, next)
    let series = heldOut.last!.forecast
    self.heldOut = ModelForecast(
      name: name, forecast: series,
      evaluation: holdOut.evaluate(
        series, levels: hierarchy.scores(ofLevels: heldOut.map(\.forecast))))
    self.next = ModelForecast(name: name, forecast: next.last!.forecast)
  }
}
