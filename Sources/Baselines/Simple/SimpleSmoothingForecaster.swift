/// Simple exponential smoothing, with the weight that gives the smallest squared one-step error.
///
/// Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, section 8.1.
public struct SimpleSmoothingForecaster: LocalForecaster {
  public let name = "Simple smoothing"
  public let quantileLevels: [Double]

  /// Creates a forecaster with quantiles at the given levels.
  public init(quantileLevels: [Double] = []) {
    self.quantileLevels = checkedLevels(quantileLevels, of: "SimpleSmoothingForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let values = history.known
    let alpha = SimpleSmoothing.bestAlpha(values, in: 0.01...0.99)
    let (level, squares) = SimpleSmoothing.run(values, alpha: alpha)
    let variance = values.count > 1 ? squares / Double(values.count - 1) : 0
    return SeriesForecast(
      mean: Array(repeating: level, count: horizon),
      deviation: (0..<horizon).map { step in
        (variance * (1 + Double(step) * alpha * alpha)).squareRoot()
      })
  }
}
