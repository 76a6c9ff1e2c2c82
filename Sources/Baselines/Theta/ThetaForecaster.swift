/// The Theta method in its standard, optimized, and dynamic forms, applied to seasonally adjusted
/// series.
///
/// The standard Theta method, which won the M3 competition, combines a smoothed level with half of
/// the trend of the history. Its prediction intervals are those of a smoothed level with normal
/// errors.
///
/// Sources: Assimakopoulos & Nikolopoulos 2000, The theta model: a decomposition approach to forecasting;
/// Fiorucci et al. 2016, Models for optimising the theta method and their relationship to state space models.
public struct ThetaForecaster: LocalForecaster {
  /// The form of the model.
  public enum Variant: Sendable, CaseIterable {
    /// Half of the trend of the whole history.
    case standard
    /// The share of that trend that gives the smallest error.
    case optimized
    /// Half of a trend that is updated with each value.
    case dynamic
    /// The share of that trend that gives the smallest error.
    case dynamicOptimized
    /// The variant with the smallest error.
    case automatic
  }

  public let variant: Variant
  /// The season length in steps, or nil to derive it from the frequency.
  public let seasonLength: Int?
  public let quantileLevels: [Double]

  /// The name of the variant: `Theta`, `Optimized Theta`, `Dynamic Theta`, `Dynamic optimized
  /// Theta`, or `Automatic Theta`.
  public var name: String {
    switch variant {
    case .standard: "Theta"
    case .optimized: "Optimized Theta"
    case .dynamic: "Dynamic Theta"
    case .dynamicOptimized: "Dynamic optimized Theta"
    case .automatic: "Automatic Theta"
    }
  }

  /// The random walk with drift, for series of fewer than 4 values.
  public var fallback: any LocalForecaster { DriftForecaster(quantileLevels: quantileLevels) }

  /// Creates a forecaster. Stops the program if the season length is less than 1.
  public init(
    _ variant: Variant = .standard, seasonLength: Int? = nil, quantileLevels: [Double] = []
  ) {
    self.variant = variant
    self.seasonLength = checkedSeason(seasonLength, of: "ThetaForecaster")
    self.quantileLevels = checkedLevels(quantileLevels, of: "ThetaForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    guard history.values.count >= 4 else { return nil }
    if history.isConstant {
      return SeriesForecast(level: history.values[0], deviation: 0, horizon: horizon)
    }
    let adjusted = SeasonalAdjustment(
      history.values, season: seasonLength ?? history.calendarSeasonLength)
    let models = forms.map { ThetaModel(adjusted.values, $0) }
    let best = models.dropFirst().reduce(models[0]) { $1.objective < $0.objective ? $1 : $0 }
    return adjusted.adding(to: best.forecast(horizon: horizon))
  }

  private var forms: [ThetaModel.Form] {
    switch variant {
    case .standard: [.init(isOptimized: false, isDynamic: false)]
    case .optimized: [.init(isOptimized: true, isDynamic: false)]
    case .dynamic: [.init(isOptimized: false, isDynamic: true)]
    case .dynamicOptimized: [.init(isOptimized: true, isDynamic: true)]
    case .automatic: ThetaModel.Form.all
    }
  }
}
