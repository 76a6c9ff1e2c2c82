/// The method of Holt and Winters: a level, a trend, and a seasonal term, all smoothed. The trend is damped if
/// the corrected Akaike criterion is smaller with a damped one.
///
/// Source: Winters 1960, Forecasting sales by exponentially weighted moving averages; as ETS(A,A,A) and
/// ETS(A,Ad,A).
public struct HoltWintersForecaster: LocalForecaster {
  public let name = "Holt-Winters"
  /// The number of steps after which the season repeats; nil for that of the calendar's frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// Holt's method, for series with no season, or too few values for one.
  public var fallback: any LocalForecaster { HoltForecaster(quantileLevels: quantileLevels) }

  /// Creates a forecaster. A season below 1 stops the program.
  public init(seasonLength: Int? = nil, quantileLevels: [Double] = []) {
    self.seasonLength = checkedSeason(seasonLength, of: "HoltWintersForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "HoltWintersForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    forecasts([history], horizons: [horizon])[0]
  }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    etsForecasts(
      histories, horizons: horizons, seasonLength: seasonLength,
      candidates: ETSStructure.trending(season: .additive), shortest: 11)
  }
}
