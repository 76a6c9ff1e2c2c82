/// The Holt-Winters method, which smooths a level, a trend, and a seasonal term. The trend is
/// damped if this gives a smaller corrected Akaike information criterion.
///
/// Source: Winters 1960, Forecasting sales by exponentially weighted moving averages. The models
/// are ETS(A,A,A) and ETS(A,Ad,A).
public struct HoltWintersForecaster: LocalForecaster {
  public let name = "Holt-Winters"
  /// The season length in steps, or nil to derive it from the frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// Holt's method, for series without a season, or with too few values for one.
  public var fallback: any LocalForecaster { HoltForecaster(quantileLevels: quantileLevels) }

  /// Creates a forecaster. Stops the program if the season length is less than 1.
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
