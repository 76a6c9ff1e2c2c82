/// The scores of a forecast, for each series and over all of them.
public struct Evaluation: Sendable, Equatable {
  /// The scores of one series.
  public struct SeriesScores: Sendable, Equatable {
    public let id: String
    public let scores: Scores
  }

  /// The scores over all series. MAE, RMSE, bias, WAPE, and sMAPE are computed over all observed
  /// steps. MASE and RMSSE are means over the series that have them.
  public let overall: Scores
  /// The scores of each series, in the forecast's order.
  public let series: [SeriesScores]

  /// The number of series that have scores but no scale, and therefore no part in the overall MASE
  /// and RMSSE. Their history never changed from one season to the next, or is shorter than a
  /// season.
  public var unscaledSeriesCount: Int {
    series.count { $0.scores.count > 0 && $0.scores.mase == nil }
  }

  /// The number of series without an observed step, which have no scores.
  public var unobservedSeriesCount: Int { series.count { $0.scores.count == 0 } }

  /// The name of one step, such as `day`.
  private let unit: String

  /// Notes on the overall scores: which series don't count in them.
  public var notes: [String] {
    var notes: [String] = []
    if unscaledSeriesCount > 0 {
      notes.append(
        "\(unscaledSeriesCount) series \(unscaledSeriesCount == 1 ? "has" : "have") no scale, and no "
          + "part in MASE and RMSSE.")
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
  ///   - seasonLength: The season length m of the scales, at least 1.
  public init(
    of forecast: Forecast, against actual: Panel, scaledBy history: Panel, seasonLength: Int
  ) {
    guard forecast.ids == actual.ids, forecast.ids == history.ids else {
      fatalError("Evaluation: expected the forecast, actual and history of the same series")
    }
    guard forecast.calendar == actual.calendar else {
      fatalError(
        "Evaluation: expected actual values of the \(forecast.horizon) steps from "
          + "\(forecast.calendar.start), got \(actual.calendar.count) from \(actual.calendar.start)"
      )
    }
    guard seasonLength >= 1 else {
      fatalError("Evaluation: expected a seasonLength of at least 1, got \(seasonLength)")
    }
    unit = forecast.calendar.frequency.unit
    var pooled = ErrorSums()
    series = forecast.ids.indices.map { index in
      let sums = Self.sums(forecast.values(at: index), actual.series(at: index))
      pooled.add(sums)
      let scale = NaiveErrorScale(of: history.series(at: index), seasonLength: seasonLength)
      return SeriesScores(id: forecast.ids[index], scores: sums.scores(scaledBy: scale))
    }
    overall = pooled.scores(
      mase: mean(series.compactMap(\.scores.mase)), rmsse: mean(series.compactMap(\.scores.rmsse)))
  }

  private static func sums(_ forecast: ArraySlice<Double>, _ actual: Series) -> ErrorSums {
    var sums = ErrorSums()
    for (step, value) in forecast.enumerated() {
      guard let observed = actual.value(at: step) else { continue }
      sums.add(forecast: value, actual: observed)
    }
    return sums
  }
}

private func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
