/// The forecast of one series by a local model.
public struct SeriesForecast: Sendable, Equatable {
  /// The mean of each step.
  public var mean: [Double]
  /// The standard deviation of the error of each step.
  public var deviation: [Double]
  /// The quantiles of each step at the forecaster's levels, `[H, Q]`, or nil for those of a normal
  /// distribution.
  public var quantiles: [Double]?

  /// Creates a forecast. Stops the program unless there are as many deviations as means.
  public init(mean: [Double], deviation: [Double]) {
    guard mean.count == deviation.count else {
      fatalError(
        "SeriesForecast: expected a deviation for each of \(mean.count) means, got "
          + "\(deviation.count)")
    }
    self.mean = mean
    self.deviation = deviation
  }

  /// Creates a forecast that is the same at all steps.
  init(level: Double, deviation: Double, horizon: Int) {
    self.init(
      mean: Array(repeating: level, count: horizon),
      deviation: Array(repeating: deviation, count: horizon))
  }

  /// A Boolean value that indicates whether all numbers are finite.
  var isFinite: Bool {
    mean.allSatisfy(\.isFinite) && deviation.allSatisfy(\.isFinite)
      && quantiles?.allSatisfy(\.isFinite) ?? true
  }
}

/// Returns the root of the sum of squares divided by `count`, or 0 if `count` is less than 1.
func rootMeanSquare(_ errors: some Sequence<Double>, count: Int) -> Double {
  guard count >= 1 else { return 0 }
  return (errors.reduce(0) { $0 + $1 * $1 } / Double(count)).squareRoot()
}
