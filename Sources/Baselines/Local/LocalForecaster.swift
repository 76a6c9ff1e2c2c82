import Tensor

/// A model that is fitted to each series when that series is forecast.
///
/// To add a baseline, conform a type to this protocol and implement one function, the forecast of
/// one series from its history. Series are forecast on several threads, with the same result on any
/// number of them. If a model can't forecast a series, for example because it is too short,
/// ``fallback`` forecasts it, and ``Forecast/fallbacks`` names the model that was used.
///
/// If the known values of a series are never negative, its forecast isn't either.
public protocol LocalForecaster: Forecaster, FittedForecaster where Fitted == Self {
  /// The levels of the quantiles to forecast, in ascending order between 0 and 1, or none for the
  /// mean alone.
  var quantileLevels: [Double] { get }

  /// The model for series that this one can't forecast. Chains end with ``NaiveForecaster``, which
  /// forecasts all series.
  var fallback: any LocalForecaster { get }

  /// Forecasts the `horizon` steps after the values of a history, or returns nil if the model can't
  /// forecast it.
  func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast?

  /// Forecasts several series, each with its own horizon.
  ///
  /// Implement this function for a model that forecasts many series faster together than one by
  /// one. The result of a series must not depend on the others.
  func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?]
}

extension LocalForecaster {
  /// Returns the model itself, since it learns nothing from a panel.
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

  /// Returns the forecasts of a range of series of a panel, in chunks on several threads.
  private func forecasts(
    of slab: Range<Int>, in panel: Panel, horizon: Int
  ) throws -> [FinishedSeries] {
    let chunks = slab.split(by: seriesPerChunk)
    let results = parallelMap(chunks.count) { place in
      Result {
        let histories = try chunks[place].map { index in
          try SeriesHistory(panel.series(at: index), of: panel)
        }
        return forecastsWithFallbacks(histories, horizon: horizon)
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

/// The number of series of a task, small enough for threads to end at about the same time, and
/// large enough to fill the lanes of an ETS search.
private let seriesPerChunk = 64
/// The number of series between two checks for cancellation.
private let seriesPerSlab = 1024

/// The forecast of a series over the panel's horizon.
private struct FinishedSeries {
  let id: String
  let forecast: SeriesForecast
  let isNeverNegative: Bool
  /// The name of the model that was used instead of the requested one, or nil.
  let fallback: String?

  /// Creates the forecast without the steps between the last known value and the end of the
  /// calendar.
  init(
    _ history: SeriesHistory, _ forecast: SeriesForecast, horizon: Int, fallback: String?
  ) {
    guard forecast.mean.count == history.delay + horizon else {
      fatalError(
        "LocalForecaster: expected a forecast of \(history.delay + horizon) steps, got "
          + "\(forecast.mean.count)")
    }
    id = history.id
    var last = SeriesForecast(
      mean: Array(forecast.mean.suffix(horizon)),
      deviation: Array(forecast.deviation.suffix(horizon)))
    last.quantiles = forecast.quantiles.map { quantiles in
      Array(quantiles.suffix(quantiles.count / forecast.mean.count * horizon))
    }
    self.forecast = last
    isNeverNegative = history.known.allSatisfy { $0 >= 0 }
    self.fallback = fallback
  }

  /// Appends the H means, and the quantiles, `[H, Q]`.
  func append(to values: inout [Double], quantiles: inout [Double], scores: [Double]) {
    let lowest = isNeverNegative ? 0 : -Double.infinity
    for (mean, deviation) in zip(forecast.mean, forecast.deviation) {
      values.append(max(mean, lowest))
      guard forecast.quantiles == nil else { continue }
      for score in scores { quantiles.append(max(mean + score * deviation, lowest)) }
    }
    guard let own = forecast.quantiles else { return }
    guard own.count == forecast.mean.count * scores.count else {
      fatalError(
        "LocalForecaster: expected \(scores.count) quantiles for each of \(forecast.mean.count) "
          + "steps, got \(own.count)")
    }
    quantiles += own.map { max($0, lowest) }
  }
}

extension Range<Int> {
  /// Returns consecutive ranges of at most `count` elements that cover this range.
  fileprivate func split(by count: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: count).map {
      $0..<Swift.min($0 + count, upperBound)
    }
  }
}
