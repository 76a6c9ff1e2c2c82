/// The base forecasts of one level from several origins, each from the steps before it.
struct BaseForecasts {
  /// The sums of the level, or the series.
  let panel: Panel
  /// The forecasts from each origin, the oldest first.
  private(set) var forecasts: [Forecast] = []
  /// The histories that they were made from.
  private(set) var histories: [Panel] = []

  /// Forecasts a level by a weighted mean of models, whose weights come from the errors in the window
  /// before. From the first origin, all weights are equal.
  ///
  /// - Parameters:
  ///   - models: The models, at least one.
  ///   - panel: The sums of the level, or the series.
  ///   - origins: For each origin, the number of steps before it, and the shop's closed days as known
  ///     then.
  ///   - horizon: The number of steps to forecast.
  ///   - seasonLength: The season length of the scaled errors that decide the weights.
  init(
    of models: [any Forecaster], on panel: Panel, origins: [(end: Int, closing: ClosingCalendar)],
    horizon: Int, seasonLength: Int
  ) throws {
    self.panel = panel
    var weights = CombinationWeights(equalFor: models.count)
    for (end, closing) in origins {
      let history = panel.slice(0..<end).closed(on: closing)
      let members = try models.map { model in
        let fitted: any FittedForecaster = try model.fitted(to: history)
        return try FallbackForecaster(model: fitted).forecast(from: history, horizon: horizon)
      }
      forecasts.append(members.count == 1 ? members[0] : try weights.combined(members))
      histories.append(history)
      guard members.count > 1, end + horizon <= panel.calendar.count else { continue }
      weights = CombinationWeights(
        of: members,
        on: HoldOut(
          history: history, actual: panel.slice(end..<end + horizon), seasonLength: seasonLength))
    }
  }

  /// Returns the actual values less the forecasts of some origins, row by row [rows, T], with NaN where
  /// nothing was observed.
  func errors(of origins: Range<Int>) -> [[Double]] {
    panel.ids.indices.map { row in
      let series = panel.series(at: row)
      return origins.flatMap { origin in
        let start = histories[origin].calendar.count
        return forecasts[origin].values(at: row).enumerated().map { step, value in
          series.value(at: start + step).map { $0 - value } ?? .nan
        }
      }
    }
  }
}
