/// The scores of a forecast: for each series, for each step, and over all of them.
public struct Evaluation: Sendable, Equatable {
  /// The scores of one series.
  public struct SeriesScores: Sendable, Equatable {
    public let id: String
    public let scores: Scores
  }

  /// The scores over all series. MAE, RMSE, bias, WAPE, and the like are computed over all observed
  /// steps. MASE, RMSSE, and other scaled errors are means over the series that have them.
  public internal(set) var overall: Scores
  /// The scores of each series, in the forecast's order.
  public let series: [SeriesScores]
  /// The scores of each step of the horizon over all series.
  public let steps: [Scores]
  /// The scores of the levels of a ``Hierarchy``, or none without one.
  public internal(set) var levels: [NamedScores] = []
  /// The season length m of the scales of MASE and RMSSE, in steps: 1 if no series of the history is
  /// longer than the season that was asked for.
  public let scaleSeasonLength: Int

  /// The number of series that have scores but no scale, and therefore no part in the overall MASE
  /// and RMSSE. Their history never changed from one season to the next, or is shorter than a
  /// season while that of another series is not.
  public var unscaledSeriesCount: Int {
    series.count { $0.scores.count > 0 && $0.scores.mase == nil }
  }

  /// The number of series without an observed step, which have no scores.
  public var unobservedSeriesCount: Int { series.count { $0.scores.count == 0 } }

  /// The name of one step, such as `day`.
  private let unit: String
  /// A note on the scales of MASE and RMSSE, or nil if they are those of a season.
  private let scaleNote: String?

  /// Notes on the overall scores: what scaled errors are relative to in a short history, and which
  /// series don't count.
  public var notes: [String] {
    var notes = scaleNote.map { [$0] } ?? []
    if unscaledSeriesCount > 0 {
      notes.append(
        "\(unscaledSeriesCount) series \(unscaledSeriesCount == 1 ? "has" : "have") no scale and "
          + "\(unscaledSeriesCount == 1 ? "does" : "do") not count in MASE and RMSSE.")
    }
    if unobservedSeriesCount > 0 {
      notes.append(
        "\(unobservedSeriesCount) series \(unobservedSeriesCount == 1 ? "has" : "have") no observed "
          + "\(unit) to score.")
    }
    return notes
  }

  /// Scores a forecast. Gaps in `actual` are skipped, including days on which the shop was closed
  /// if ``ClosedDayRule`` turned them into gaps. If they are zeros, as in a table that wasn't
  /// cleaned, a forecast of 0 has no error.
  ///
  /// - Parameters:
  ///   - forecast: The forecast to score.
  ///   - actual: The actual values: the same series in the same order, on the calendar of the
  ///     forecast. Stops the program otherwise.
  ///   - history: The panel that the forecast was made from, with the same series. It determines
  ///     the scales.
  ///   - seasonLength: The season length m of the scales, at least 1. If no series of the history is
  ///     longer than a season, the scales are those of a season of one step.
  public init(
    of forecast: Forecast, against actual: Panel, scaledBy history: Panel, seasonLength: Int
  ) {
    guard forecast.ids == history.ids else {
      fatalError("Evaluation: expected the forecast and the history of the same series")
    }
    guard seasonLength >= 1 else {
      fatalError("Evaluation: expected a seasonLength of at least 1, got \(seasonLength)")
    }
    self.init(
      of: forecast, against: actual,
      scales: ErrorScales(of: history, seasonLength: seasonLength), weights: nil)
  }

  /// Scores a forecast of series with known scales.
  ///
  /// - Parameter weights: A weight for each series, for the weighted scores, or nil for none.
  init(of forecast: Forecast, against actual: Panel, scales: ErrorScales, weights: [Double]?) {
    guard forecast.ids == actual.ids else {
      fatalError("Evaluation: expected the forecast and the actual values of the same series")
    }
    guard forecast.calendar == actual.calendar else {
      fatalError(
        "Evaluation: expected actual values of the \(forecast.horizon) steps from "
          + "\(forecast.calendar.start), got \(actual.calendar.count) from \(actual.calendar.start)"
      )
    }
    guard weights?.count ?? forecast.ids.count == forecast.ids.count else {
      fatalError(
        "Evaluation: expected a weight for each of \(forecast.ids.count) series, got "
          + "\(weights?.count ?? 0)")
    }
    unit = forecast.calendar.frequency.unit
    scaleSeasonLength = scales.lag
    scaleNote =
      scales.isStepwise
      ? "In the history, "
        + ErrorScales.stepwiseNote(seasonLength: scales.seasonLength, unit: unit) : nil
    var overall = Scores()
    var steps = [Scores](repeating: Scores(), count: forecast.horizon)
    let cells = ScoredCells(forecast)
    series = forecast.ids.indices.map { index in
      let observed = actual.series(at: index)
      var sums = ErrorSums()
      for step in steps.indices {
        guard let value = observed.value(at: step) else { continue }
        let cell = cells.sums(of: index * steps.count + step, actual: value)
        sums.add(cell)
        steps[step].add(Scores(cell, scaledBy: scales.series[index]))
      }
      let scores = Scores(sums, scaledBy: scales.series[index])
      overall.add(scores)
      if let weights { overall.weighted.add(scores, weight: weights[index]) }
      return SeriesScores(id: forecast.ids[index], scores: scores)
    }
    self.steps = steps
    self.overall = overall
  }
}

/// The cells of a forecast, each of which is scored by itself.
private struct ScoredCells {
  private let forecast: Forecast
  private let grid: QuantileGrid

  init(_ forecast: Forecast) {
    self.forecast = forecast
    grid = QuantileGrid(forecast.quantiles?.levels ?? [])
  }

  /// Returns the sums of one cell, by its place among the N · H cells.
  func sums(of cell: Int, actual: Double) -> ErrorSums {
    let width = grid.levels.count
    let quantiles = forecast.quantiles.map { quantiles in
      QuantileSums(
        quantiles.values[cell * width..<(cell + 1) * width], at: grid, actual: actual)
    }
    return ErrorSums(
      forecast: forecast.values[cell], actual: actual, quantiles: quantiles ?? QuantileSums())
  }
}
