/// Automatic exponential smoothing, which chooses from up to 15 models the one with the smallest
/// corrected Akaike information criterion.
///
/// Models have additive or multiplicative errors; no trend, a trend, or a damped trend; and no
/// season, an additive season, or a multiplicative season. Series with values that aren't positive
/// only use models with additive errors, and series shorter than two seasons only use models
/// without a season. A season that follows from the frequency is left out if it has more than 24 steps,
/// such as the 52 weeks of a year: with a parameter for each of its steps, the search takes a hundred
/// times as long and fits a few years of data poorly. ``MSTLForecaster`` suits such seasons, and
/// ``seasonLength`` asks for one. Prediction intervals are exact or, for multiplicative seasons, approximations
/// with normal errors.
///
/// Source: Hyndman, Koehler, Snyder & Grose 2002, A state space framework for automatic forecasting using
/// exponential smoothing methods. R's forecast and fable leave out seasons of more than 24 steps, too;
/// statsforecast fits them.
public struct ETSForecaster: LocalForecaster {
  public let name = "ETS"
  /// The season length in steps, or nil to derive it from the frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// Simple exponential smoothing, for series of fewer than 7 values.
  public var fallback: any LocalForecaster {
    SimpleSmoothingForecaster(quantileLevels: quantileLevels)
  }

  /// Creates a forecaster. Stops the program if the season length is less than 1.
  public init(seasonLength: Int? = nil, quantileLevels: [Double] = []) {
    self.seasonLength = checkedSeason(seasonLength, of: "ETSForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "ETSForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    forecasts([history], horizons: [horizon])[0]
  }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    etsForecasts(
      histories, horizons: horizons, seasonLength: seasonLength(of: histories),
      candidates: ETSStructure.automatic, shortest: 7)
  }

  /// Returns the model that is chosen for each series of a panel, or nil for series that are too
  /// short or constant.
  ///
  /// - Throws: `ForecastError.nothingObserved` if a series has no observed value.
  public func models(of panel: Panel) throws -> [ETSModel?] {
    let histories = try panel.eachSeries.map { try SeriesHistory($0, of: panel) }
    return etsModels(
      histories, seasonLength: seasonLength(of: histories), candidates: ETSStructure.automatic,
      shortest: 7)
  }

  /// The maximum length of a season that follows from the frequency.
  private static let longestSeason = 24

  /// Returns the season length, or 1 for a season that is too long to be fitted by default.
  private func seasonLength(of histories: [SeriesHistory]) -> Int? {
    guard seasonLength == nil, let first = histories.first else { return seasonLength }
    let length = first.calendarSeasonLength
    return length > Self.longestSeason ? 1 : length
  }
}

/// Returns the forecasts of the best candidate for each series, or nil for series of fewer than
/// `shortest` values. A constant series stays constant.
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
