/// Decomposition into several seasons by loess. The last period of each season is repeated, and the
/// remainder is forecast by automatic exponential smoothing without a season.
///
/// Hourly series have daily and weekly seasons of 24 and 168 steps. A season is left out if a
/// series doesn't cover more than two of it. Prediction intervals are those of the remainder.
///
/// Source: Bandara, Hyndman & Bergmeir 2021, MSTL: a seasonal-trend decomposition algorithm for time series with
/// multiple seasonal patterns.
public struct MSTLForecaster: LocalForecaster {
  public let name = "MSTL"
  /// The season lengths in steps, in ascending order, or nil to derive them from the frequency.
  public let seasonLengths: [Int]?
  public let quantileLevels: [Double]

  /// Automatic exponential smoothing, for series that don't cover two of any season.
  public var fallback: any LocalForecaster {
    ETSForecaster(seasonLength: seasonLengths?.first, quantileLevels: quantileLevels)
  }

  /// Creates a forecaster. Stops the program if there are no season lengths, or if one is less than
  /// 1. A length of 1 is no season.
  public init(seasonLengths: [Int]? = nil, quantileLevels: [Double] = []) {
    if let seasonLengths, !seasonLengths.allSatisfy({ $0 >= 1 }) || seasonLengths.isEmpty {
      fatalError("MSTLForecaster: expected seasonLengths of at least 1, got \(seasonLengths)")
    }
    self.seasonLengths = seasonLengths.map { Set($0).sorted() }
    self.quantileLevels = checkedLevels(quantileLevels, of: "MSTLForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    forecasts([history], horizons: [horizon])[0]
  }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    let parts = histories.map(decomposed)
    let places = parts.indices.filter { parts[$0] != nil }
    let rests = places.map {
      histories[$0].replacingValues(parts[$0]!.adjusted)
    }
    let forecasts = ETSForecaster(seasonLength: 1).forecasts(
      rests, horizons: places.map { horizons[$0] })
    var results = [SeriesForecast?](repeating: nil, count: histories.count)
    for (place, forecast) in zip(places, forecasts) {
      results[place] = forecast.map { parts[place]!.adding(to: $0) }
    }
    return results
  }

  /// Returns the decomposition by the seasons of which a series covers more than two, or nil if
  /// there are none.
  private func decomposed(_ history: SeriesHistory) -> MultipleSeasons? {
    let seasons = (seasonLengths ?? history.frequency.seasonLengths).filter {
      $0 >= 2 && history.values.count > 2 * $0
    }
    guard !seasons.isEmpty, !history.isConstant else { return nil }
    return MultipleSeasons(history.values, periods: seasons)
  }
}

/// The seasons of a series, and the remainder.
struct MultipleSeasons {
  /// The values without their seasons.
  let adjusted: [Double]
  /// The last period of each season, starting with its oldest step.
  private let seasons: [[Double]]

  /// Decomposes a series by each period in turn, twice if there are several. The smoother of the
  /// k-th spans 7 + 4 k seasons.
  init(_ values: [Double], periods: [Int]) {
    var seasonal = periods.map { _ in [Double](repeating: 0, count: values.count) }
    var adjusted = values
    for _ in 0..<(periods.count == 1 ? 1 : 2) {
      for (place, period) in periods.enumerated() {
        let partial = zip(adjusted, seasonal[place]).map { $0 + $1 }
        seasonal[place] =
          STL(partial, period: period, window: 11 + 4 * place).seasonal
        adjusted = zip(partial, seasonal[place]).map { $0 - $1 }
      }
    }
    self.adjusted = adjusted
    seasons = zip(periods, seasonal).map { Array($1.suffix($0)) }
  }

  func adding(to forecast: SeriesForecast) -> SeriesForecast {
    SeriesForecast(
      mean: forecast.mean.indices.map { step in
        seasons.reduce(forecast.mean[step]) { $0 + $1[step % $1.count] }
      }, deviation: forecast.deviation)
  }
}
