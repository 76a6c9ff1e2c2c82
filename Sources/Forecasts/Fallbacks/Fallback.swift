/// A baseline that replaces the forecast of a model for a series without usable history.
public enum Fallback: Hashable, Sendable {
  /// The mean of the last observed season, at each step. It is used if the series has no observed
  /// value in the part of the history that the model reads.
  case lastSeason
  /// The mean of the first sales of similar series. It is used if the series has no observed value
  /// at all.
  ///
  /// Similar series are those that share the most categories with the series.
  case similarSeries
}

extension Fallback: CustomStringConvertible {
  /// The name in reports, such as `mean of its last season`.
  public var description: String {
    switch self {
    case .lastSeason: "mean of its last observed season"
    case .similarSeries: "mean of the first sales of similar series"
    }
  }
}

/// A model combined with baselines for the series that it can't forecast.
package struct FallbackForecaster {
  let model: any FittedForecaster

  package init(model: any FittedForecaster) { self.model = model }

  /// Returns the forecast of all series of a history. Its ``Forecast/fallbacks`` name the baselines
  /// of those that the model can't forecast.
  ///
  /// - Throws: Errors that the model throws.
  package func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let history = history.leavingOutClosedZeros()
    let fallbacks = fallbacks(of: history)
    guard !fallbacks.isEmpty else { return try model.forecast(from: history, horizon: horizon) }
    let kept = history.ids.indices.filter { fallbacks[$0] == nil }
    let peers = NewSeriesMeans(of: history, horizon: horizon)
    var values = [Double](repeating: 0, count: history.seriesCount * horizon)
    for (index, fallback) in fallbacks {
      let value =
        switch fallback {
        case .lastSeason: history.series(at: index).meanOfLastSeason(of: history)
        case .similarSeries: peers.mean(for: index)
        }
      for step in 0..<horizon { values[index * horizon + step] = value }
    }
    let names = fallbacks.map { (history.ids[$0.key], $0.value.description) }
    let baseline = try Forecast(
      ids: history.ids, calendar: history.calendar(ofNext: horizon), values: values,
      fallbacks: Dictionary(uniqueKeysWithValues: names)
    ).withoutSales(closedBy: history)
    guard !kept.isEmpty else { return baseline }
    return try baseline.replacing(
      kept, by: model.forecast(from: history.selecting(kept), horizon: horizon))
  }

  /// Returns the baselines of the series that are on sale but lack the history that the model
  /// needs.
  private func fallbacks(of history: Panel) -> [Int: Fallback] {
    var fallbacks: [Int: Fallback] = [:]
    for index in history.onSale {
      let series = history.series(at: index)
      if series.observedCount == 0 {
        fallbacks[index] = .similarSeries
      } else if !series.isObserved(within: model.lookback, before: history.calendar.count) {
        fallbacks[index] = .lastSeason
      }
    }
    return fallbacks
  }
}

extension Series {
  /// Returns the mean of the last observed values, as many as a season has steps.
  fileprivate func meanOfLastSeason(of history: Panel) -> Double {
    let places = values.indices.filter { observed[$0] }
      .suffix(history.calendar.frequency.seasonLength)
    return places.reduce(0) { $0 + values[$1] } / Double(max(1, places.count))
  }
}

/// The mean sales of series in their first steps.
private struct NewSeriesMeans {
  private let history: Panel
  /// The mean of the first observed values of each series, or nil if none is observed.
  private let means: [Double?]
  /// The categories of all series, one array for each column.
  private let categories: [[Int32]]

  init(of history: Panel, horizon: Int) {
    self.history = history
    means = history.eachSeries.map { series in
      let places = series.values.indices.filter { series.observed[$0] }.prefix(horizon)
      return places.isEmpty
        ? nil : places.reduce(0) { $0 + series.values[$1] } / Double(places.count)
    }
    categories = history.staticCovariates.compactMap { try? $0.categories().codes }
  }

  /// Returns the mean over the series that share the most categories with a series.
  func mean(for index: Int) -> Double {
    let shared = history.ids.indices.map { other in
      means[other] == nil ? -1 : categories.count { $0[other] == $0[index] }
    }
    guard let most = shared.max(), most >= 0 else { return 0 }
    let similar = history.ids.indices.filter { shared[$0] == most }
    return similar.reduce(0) { $0 + means[$1]! } / Double(similar.count)
  }
}

extension Forecast {
  /// Returns the forecast with the series at the given indices replaced by those of another
  /// forecast.
  ///
  /// Quantiles are those of the other forecast. Series without quantiles there have their value at
  /// each level.
  fileprivate func replacing(_ places: [Int], by other: Forecast) throws(ForecastError) -> Forecast
  {
    var values = values
    var quantiles = other.quantiles.map { quantiles in
      values.flatMap { Array(repeating: $0, count: quantiles.levels.count) }
    }
    for (row, place) in places.enumerated() {
      values.replaceSubrange(place * horizon..<(place + 1) * horizon, with: other.values(at: row))
      if let given = other.quantiles {
        let width = horizon * given.levels.count
        quantiles!.replaceSubrange(
          place * width..<(place + 1) * width, with: given.values[row * width..<(row + 1) * width])
      }
    }
    return try Forecast(
      ids: ids, calendar: calendar, values: values,
      quantiles: other.quantiles.map { Quantiles(levels: $0.levels, values: quantiles!) },
      fallbacks: fallbacks.merging(other.fallbacks) { own, _ in own }
    ).with(other.ranks?.spread(over: ids.count, at: places))
  }
}
