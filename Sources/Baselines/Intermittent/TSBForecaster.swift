/// The method of Teunter, Syntetos, and Babai for intermittent demand: the smoothed size of a
/// demand, times the smoothed probability of one. The probability decreases with each step without
/// a demand, so the forecast of an item that is no longer sold approaches 0.
///
/// Prediction intervals follow from the differences between the known values and the forecast.
///
/// Source: Teunter, Syntetos & Babai 2011, Intermittent demand: linking forecasting to inventory obsolescence.
public struct TSBForecaster: LocalForecaster {
  public let name = "TSB"
  /// The weight of the latest demand in the smoothed size, between 0 and 1.
  public let sizeWeight: Double
  /// The weight of the latest step in the smoothed probability, between 0 and 1.
  public let probabilityWeight: Double
  public let quantileLevels: [Double]

  /// Creates a forecaster with two weights. Stops the program if one is outside 0...1.
  public init(
    sizeWeight: Double = 0.2, probabilityWeight: Double = 0.2, quantileLevels: [Double] = []
  ) {
    guard 0...1 ~= sizeWeight, 0...1 ~= probabilityWeight else {
      fatalError(
        "TSBForecaster: expected weights in 0...1, got \(sizeWeight) and \(probabilityWeight)")
    }
    self.sizeWeight = sizeWeight
    self.probabilityWeight = probabilityWeight
    self.quantileLevels = checkedLevels(quantileLevels, of: "TSBForecaster")
  }

  /// Forecasts a history that contains a positive value.
  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let known = history.known
    let sizes = IntermittentDemand(known).sizes
    guard !sizes.isEmpty else { return nil }
    let probability = SimpleSmoothing.run(
      known.map { $0 != 0 ? 1 : 0 }, alpha: probabilityWeight
    ).level
    let level = probability * SimpleSmoothing.run(sizes, alpha: sizeWeight).level
    return SeriesForecast(
      level: level, deviation: deviation(of: known, about: level), horizon: horizon)
  }
}
