/// The magnitude of errors to expect for each series according to its history: the mean absolute
/// change from one season to the next.
///
/// For a series that is too short to have changes, it is estimated from the mean of the series and the
/// median ratio of changes to means over all series.
struct SeriesSpread {
  /// The spread of each series, [N], in units of the target.
  let values: [Double]

  init(of history: Panel) {
    let season = history.calendar.frequency.seasonLength
    let sizes = history.eachSeries.map { Self.meanSize(of: $0) }
    let changes = history.eachSeries.map { series in
      Self.meanChange(of: series, lag: season) ?? Self.meanChange(of: series, lag: 1)
    }
    let shares = zip(changes, sizes).compactMap { change, size in
      change.flatMap { size > 0 ? $0 / size : nil }
    }
    let share = shares.isEmpty ? 0 : shares.sorted()[shares.count / 2]
    values = zip(changes, sizes).map { change, size in change ?? share * size }
  }

  private static func meanSize(of series: Series) -> Double {
    let observed = series.values.indices.filter { series.observed[$0] }.suffix(recentSteps)
    return observed.reduce(0) { $0 + abs(series.values[$1]) } / Double(max(observed.count, 1))
  }

  /// Returns the mean absolute difference of recent observed values, or nil if there is none.
  private static func meanChange(of series: Series, lag: Int) -> Double? {
    let values = series.values
    var sum = 0.0
    var count = 0
    for place in values.indices.dropFirst(lag).suffix(max(recentSteps, 4 * lag))
    where series.observed[place] && series.observed[place - lag] {
      sum += abs(values[place] - values[place - lag])
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// The minimum number of steps that count as recent.
  private static let recentSteps = 56
}

extension Forecast {
  /// Returns the forecast with quantiles that a calibration can correct.
  ///
  /// A forecast with fewer than two quantile levels gets the quantiles of normal distributions around
  /// its values, whose standard deviations are the spreads of the series.
  func withQuantiles(from history: Panel) throws(ForecastError) -> Forecast {
    if let quantiles, quantiles.levels.count >= 2 { return self }
    let levels = Quantiles.standardLevels
    let scores = levels.map(standardNormalQuantile)
    let spreads = SeriesSpread(of: history).values
    let isNeverNegative = history.eachSeries.map(\.isNeverNegative)
    let numbers = values.indices.flatMap { cell -> [Double] in
      let series = cell / horizon
      let lowest = isNeverNegative[series] ? min(0, values[cell]) : -.infinity
      return scores.map { max(values[cell] + $0 * spreads[series], lowest) }
    }
    return try Forecast(
      ids: ids, calendar: calendar, values: values,
      quantiles: Quantiles(levels: levels, values: numbers), fallbacks: fallbacks
    ).withoutSales(closedBy: history)
  }
}

extension Series {
  /// A Boolean value that indicates whether no value is negative.
  var isNeverNegative: Bool { values.allSatisfy { $0 >= 0 } }
}
