/// Automatic exponential smoothing: of up to 15 models, the one with the smallest corrected Akaike criterion.
///
/// Models have absolute or relative errors; no trend, a trend, or a damped one; and no season, a seasonal term,
/// or a seasonal factor. Series with values that are not positive take those with absolute errors alone, and
/// series without two of the season's steps those without a season. Intervals are exact or, with seasonal
/// factors, approximate ones of normal errors.
///
/// Source: Hyndman, Koehler, Snyder & Grose 2002, A state space framework for automatic forecasting using
/// exponential smoothing methods.
public struct ETSForecaster: LocalForecaster {
  public let name = "ETS"
  /// The number of steps after which the season repeats; nil for that of the calendar's frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// Simple smoothing, for series of fewer than 7 values.
  public var fallback: any LocalForecaster {
    SimpleSmoothingForecaster(quantileLevels: quantileLevels)
  }

  /// Creates a forecaster. A season below 1 stops the program.
  public init(seasonLength: Int? = nil, quantileLevels: [Double] = []) {
    self.seasonLength = checkedSeason(seasonLength, of: "ETSForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "ETSForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    forecasts([history], horizons: [horizon])[0]
  }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    etsForecasts(
      histories, horizons: horizons, seasonLength: seasonLength,
      candidates: ETSStructure.automatic, shortest: 7)
  }

  /// Returns the model that is chosen for each series of a panel; nil for series that are too short or whose
  /// values are all equal.
  ///
  /// - Throws: `ForecastError.nothingObserved` where a series has no observed value.
  public func models(of panel: Panel) throws -> [ETSModel?] {
    let histories = try panel.eachSeries.map { try SeriesHistory($0, of: panel) }
    return etsModels(
      histories, seasonLength: seasonLength, candidates: ETSStructure.automatic, shortest: 7)
  }
}

/// Returns the forecasts of the best of some candidates for each series; nil for those of fewer than `shortest`
/// values. A constant series stays constant.
func etsForecasts(
  _ histories: [SeriesHistory], horizons: [Int], seasonLength: Int?,
  candidates: [ETSStructure], shortest: Int
) -> [SeriesForecast?] {
  let models = etsModels(
    histories, seasonLength: seasonLength, candidates: candidates, shortest: shortest)
  return histories.indices.map { place in
    let (values, horizon) = (histories[place].values, horizons[place])
    return models[place]?.forecast(horizon: horizon)
      ?? (values.count >= shortest && histories[place].isConstant
        ? SeriesForecast(level: values[0], deviation: 0, horizon: horizon) : nil)
  }
}

private func etsModels(
  _ histories: [SeriesHistory], seasonLength: Int?, candidates: [ETSStructure], shortest: Int
) -> [ETSModel?] {
  let fitted = histories.indices.filter {
    histories[$0].values.count >= shortest && !histories[$0].isConstant
  }
  var models = [ETSModel?](repeating: nil, count: histories.count)
  guard let first = fitted.first else { return models }
  let found = ETSSearch.models(
    of: fitted.map { histories[$0].values },
    season: seasonLength ?? histories[first].calendarSeasonLength, candidates: candidates)
  for (place, model) in zip(fitted, found) { models[place] = model }
  return models
}
