import Tensor

/// A model that is fitted to one series at a time, when that series is forecast.
///
/// A baseline is a type that conforms, with one function: the forecast of one series from its history.
/// Series are forecast on several threads, with the same result on any number of them. A model that
/// cannot forecast a series, such as one that is too short, leaves it to ``fallback``, and
/// ``Forecast/fallbacks`` names what was used instead.
///
/// A forecast of a series whose known values are never negative is never negative.
public protocol LocalForecaster: Forecaster, FittedForecaster where Fitted == Self {
  /// The levels of the quantiles to forecast, ascending between 0 and 1; none for the mean alone.
  var quantileLevels: [Double] { get }

  /// The model for series that this one cannot forecast. Chains end with ``NaiveForecaster``, which
  /// forecasts all.
  var fallback: any LocalForecaster { get }

  /// Forecasts the `horizon` steps after the values of a history; nil where the model cannot forecast it.
  func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast?

  /// Forecasts several series, each with its own horizon.
  ///
  /// A model that forecasts many series at once faster than one after another has its own. The result of
  /// a series must not depend on the others.
  func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?]
}

extension LocalForecaster {
  /// Returns the model itself: nothing is learned across series.
  public func fit(_ panel: Panel) -> Self { self }

  public var fallback: any LocalForecaster { NaiveForecaster() }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    zip(histories, horizons).map { forecast($0, horizon: $1) }
  }

  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    var values: [Double] = []
    var quantiles: [Double] = []
    values.reserveCapacity(history.seriesCount * horizon)
    quantiles.reserveCapacity(history.seriesCount * horizon * quantileLevels.count)
    var fallbacks: [String: String] = [:]
    let scores = quantileLevels.map(standardNormalQuantile)
    for slab in (0..<history.seriesCount).split(by: seriesPerSlab) {
      try Task.checkCancellation()
      for one in try forecasts(of: slab, in: history, horizon: horizon) {
        one.append(to: &values, quantiles: &quantiles, scores: scores)
        if let name = one.fallback { fallbacks[one.id] = name }
      }
    }
    return try Forecast(
      ids: history.ids, calendar: calendar, values: values,
      quantiles: scores.isEmpty ? nil : Quantiles(levels: quantileLevels, values: quantiles),
      fallbacks: fallbacks)
  }

  /// Returns the forecasts of some series of a panel, chunk by chunk on several threads.
  private func forecasts(
    of slab: Range<Int>, in panel: Panel, horizon: Int
  ) throws -> [FinishedSeries] {
    let chunks = slab.split(by: seriesPerChunk)
    var results = [Result<[FinishedSeries], any Error>](
      repeating: .success([]), count: chunks.count)
    results.withUnsafeMutableBufferPointer { results in
      parallelFor(chunks.count) { place in
        results[place] = Result {
          let histories = try chunks[place].map { index in
            try SeriesHistory(panel.series(at: index), of: panel)
          }
          return forecastsWithFallbacks(histories, horizon: horizon)
        }
      }
    }
    return try results.flatMap { try $0.get() }
  }

  private func forecastsWithFallbacks(
    _ histories: [SeriesHistory], horizon: Int
  ) -> [FinishedSeries] {
    let horizons = histories.map { $0.delay + horizon }
    var found: [SeriesForecast?] = forecasts(histories, horizons: horizons)
    var names = [String?](repeating: nil, count: histories.count)
    var fallback = self.fallback
    while true {
      let open = found.indices.filter { !(found[$0]?.isFinite ?? false) }
      if open.isEmpty { break }
      let next = fallback.forecasts(open.map { histories[$0] }, horizons: open.map { horizons[$0] })
      for (place, forecast) in zip(open, next) {
        found[place] = forecast
        names[place] = fallback.name
      }
      fallback = fallback.fallback
    }
    return histories.indices.map { place in
      FinishedSeries(histories[place], found[place]!, horizon: horizon, fallback: names[place])
    }
  }
}

/// The number of series of a task: few enough for threads to end at about the same time, and enough to fill
/// the lanes of an ETS search.
private let seriesPerChunk = 64
/// The number of series between two checks for a cancellation.
private let seriesPerSlab = 1024

/// The forecast of a series over the panel's horizon.
private struct FinishedSeries {
  let id: String
  let forecast: SeriesForecast
  let isNeverNegative: Bool
  /// The name of the model that was used instead of the one that was asked for.
  let fallback: String?

  /// Drops the steps between the last known value and the end of the calendar.
  init(
    _ history: SeriesHistory, _ forecast: SeriesForecast, horizon: Int, fallback: String?
  ) {
    guard forecast.mean.count == history.delay + horizon else {
      fatalError(
        "LocalForecaster: expected a forecast of \(history.delay + horizon) steps, got "
          + "\(forecast.mean.count)")
    }
    id = history.id
    self.forecast = SeriesForecast(
      mean: Array(forecast.mean.suffix(horizon)),
      deviation: Array(forecast.deviation.suffix(horizon)))
    isNeverNegative = history.known.allSatisfy { $0 >= 0 }
    self.fallback = fallback
  }

  /// Appends the H means, and the quantiles, `[H, Q]`.
  func append(to values: inout [Double], quantiles: inout [Double], scores: [Double]) {
    let lowest = isNeverNegative ? 0 : -Double.infinity
    for (mean, deviation) in zip(forecast.mean, forecast.deviation) {
      values.append(max(mean, lowest))
      for score in scores { quantiles.append(max(mean + score * deviation, lowest)) }
    }
  }
}

extension Range<Int> {
  /// Returns consecutive ranges of at most `count` elements that cover this one.
  fileprivate func split(by count: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: count).map {
      $0..<Swift.min($0 + count, upperBound)
    }
  }
}
