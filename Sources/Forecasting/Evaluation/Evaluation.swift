/// How well a forecast met what was observed afterwards, for each series and over all of them.
public struct Evaluation: Sendable, Equatable {
  /// The scores of one series.
  public struct SeriesScores: Sendable, Equatable {
    public let id: String
    public let scores: Scores
  }

  /// Over all series. MAE, RMSE, bias, WAPE and sMAPE are over all observed steps pooled; MASE and
  /// RMSSE are means over the series that have them.
  public let overall: Scores
  /// Each series, in the forecast's order.
  public let series: [SeriesScores]

  /// The number of series that have scores but no scale, and so no part in the overall MASE and
  /// RMSSE: their history never changed from one season to the next, or is shorter than a season.
  public var unscaledSeriesCount: Int {
    series.count { $0.scores.count > 0 && $0.scores.mase == nil }
  }

  /// The number of series of which nothing was observed, and which so have no scores.
  public var unobservedSeriesCount: Int { series.count { $0.scores.count == 0 } }

  /// The name of a step, such as `day`.
  private let unit: String

  /// What a reader of the overall scores has to know: which series have no part in them.
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

  /// Scores a forecast. Steps that are gaps in `actual` are left out: also the days on which the shop was
  /// closed, where ``ClosedDayRule`` made gaps of them. Where they are zeros, as in a table that was not
  /// cleaned, a forecast of 0 has no error.
  ///
  /// - Parameters:
  ///   - forecast: What was forecast.
  ///   - actual: What was observed: the same series in the same order, on a calendar that begins
  ///     where the forecast begins and is as long. Anything else stops the program.
  ///   - history: What was known when forecasting, with the same series; it gives the scales.
  ///   - seasonLength: The season m of the scales, at least 1.
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
