/// The aggregate-disaggregate approach to intermittent demand. Sums over blocks as long as the mean
/// interval between demands are smoothed, and the forecast of a block is spread evenly over its
/// steps.
///
/// Prediction intervals follow from the differences between the known values and the forecast.
///
/// Source: Nikolopoulos et al. 2011, An aggregate–disaggregate intermittent demand approach (ADIDA) to
/// forecasting.
public struct ADIDAForecaster: LocalForecaster {
  public let name = "ADIDA"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "ADIDAForecaster")
  }

  /// Forecasts a history that contains a nonzero value.
  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let known = history.known
    let demand = IntermittentDemand(known)
    guard !demand.intervals.isEmpty else { return nil }
    let level = aggregateLevel(known, length: demand.meanInterval)
    return SeriesForecast(
      level: level, deviation: deviation(of: known, about: level), horizon: horizon)
  }
}

/// Returns the forecast of a step from the smoothed sums over blocks of `length` values, or of all
/// values if there are fewer.
func aggregateLevel(_ values: [Double], length: Int) -> Double {
  SimpleSmoothing.bestLevel(blockSums(values, length: length), in: IntermittentDemand.bounds)
    / Double(length)
}
