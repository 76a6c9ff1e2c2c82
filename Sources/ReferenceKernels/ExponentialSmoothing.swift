import RealModule

// The recurrences of exponential smoothing. The formulas are in exponential_smoothing.h.
extension Reference {
  /// The form and the weights of an exponential smoothing model, and its states, first before the first step,
  /// then after the last.
  public struct Smoothing: Sendable {
    public var hasRelativeErrors = false
    public var hasSeasonalFactors = false
    public var alpha: Double
    /// β / α
    public var ratio: Double
    public var gamma: Double
    public var phi: Double
    public var level: Double
    public var slope: Double
    /// The seasonal terms of the steps that are 0, 1, … modulo m.
    public var season: [Double]

    /// Creates a model with absolute errors and an additive season.
    public init(
      alpha: Double, ratio: Double, gamma: Double, phi: Double, level: Double, slope: Double,
      season: [Double]
    ) {
      (self.alpha, self.ratio, self.gamma, self.phi) = (alpha, ratio, gamma, phi)
      (self.level, self.slope, self.season) = (level, slope, season)
    }

    /// Moves over all values, and returns the sum of the squared errors.
    ///
    /// If errors are relative, the second result is the sum of the logarithms of the absolute
    /// forecasts. Otherwise, it is 0.
    public mutating func run(over values: [Double]) -> (squares: Double, logarithms: Double) {
      func quotient(_ numerator: Double, _ divisor: Double) -> Double {
        divisor.magnitude < 1e-10 ? 1e10 : numerator / divisor
      }
      var (squares, logarithms) = (0.0, 0.0)
      for (step, value) in values.enumerated() {
        let place = step % season.count
        let term = season[place]
        let base = level + phi * slope
        let forecast = hasSeasonalFactors ? base * term : base + term
        var error = value - forecast
        if hasRelativeErrors {
          error /= forecast.magnitude < 1e-10 ? forecast + 1e-10 : forecast
          logarithms += Double.log(forecast == 0 ? 1e-8 : forecast.magnitude)
        }
        squares += error * error
        let adjusted = hasSeasonalFactors ? quotient(value, term) : value - term
        let latest = hasSeasonalFactors ? quotient(value, base) : value - base
        let next = base + alpha * (adjusted - base)
        slope = phi * slope + ratio * (next - level - phi * slope)
        level = next
        season[place] = term + gamma * (latest - term)
      }
      return (squares, logarithms)
    }
  }
}
