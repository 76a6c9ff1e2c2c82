/// Holt's method, which smooths a level and a trend. The trend is damped if this gives a smaller
/// corrected Akaike information criterion.
///
/// Source: Holt 1957, Forecasting seasonals and trends by exponentially weighted moving averages.
/// The models are ETS(A,A,N) and ETS(A,Ad,N).
public struct HoltForecaster: LocalForecaster {
  public let name = "Holt"
  public let quantileLevels: [Double]

  /// Simple exponential smoothing, for series of fewer than 9 values.
  public var fallback: any LocalForecaster {
    SimpleSmoothingForecaster(quantileLevels: quantileLevels)
  }

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "HoltForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    forecasts([history], horizons: [horizon])[0]
  }

  public func forecasts(_ histories: [SeriesHistory], horizons: [Int]) -> [SeriesForecast?] {
    etsForecasts(
      histories, horizons: horizons, seasonLength: 1,
      candidates: ETSStructure.trending(season: .none), shortest: 9)
  }
}
