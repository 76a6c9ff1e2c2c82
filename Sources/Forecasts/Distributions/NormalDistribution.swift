internal import RealModule

/// The normal distribution.
public struct NormalDistribution: ProbabilityDistribution, Hashable {
  public let mean: Double
  /// The standard deviation.
  public let standardDeviation: Double

  /// Creates a distribution. Stops the program unless the standard deviation is positive and
  /// finite.
  public init(mean: Double = 0, standardDeviation: Double = 1) {
    guard standardDeviation > 0, standardDeviation.isFinite else {
      fatalError(
        "NormalDistribution: the standard deviation must be positive and finite, but is "
          + "\(standardDeviation)")
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public var variance: Double { standardDeviation * standardDeviation }

  public func quantile(_ level: Double) -> Double {
    mean + standardDeviation * standardNormalQuantile(level)
  }

  /// Returns a sample, drawn by the method of Box & Muller (1958).
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    mean + standardDeviation * standardNormal(using: &generator)
  }
}

/// Returns a sample of the standard normal distribution.
func standardNormal(using generator: inout some RandomNumberGenerator) -> Double {
  let radius = (-2 * Double.log(generator.nextUnit())).squareRoot()
  return radius * .cos(2 * .pi * generator.nextUnit())
}

/// Returns the probability that a standard normal variable is below x.
func standardNormalProbability(below x: Double) -> Double {
  0.5 * .erfc(-x * 0.5.squareRoot())
}

/// Returns the quantile of the standard normal distribution to 15 digits, by the rational
/// approximation of Acklam (2003), refined by a step of Halley's method.
package func standardNormalQuantile(_ level: Double) -> Double {
  guard level > 0, level < 1 else {
    fatalError("A quantile's level must be between 0 and 1, but is \(level)")
  }
  // The upper half follows by symmetry, which preserves the digits of small tails.
  guard level <= 0.5 else { return -standardNormalQuantile(1 - level) }
  let x = approximateNormalQuantile(level)
  let error = standardNormalProbability(below: x) - level
  let step = error * (2 * Double.pi).squareRoot() * .exp(x * x / 2)
  return x - step / (1 + x * step / 2)
}

/// Returns the quantile for a level of at most ½, to 9 digits.
private func approximateNormalQuantile(_ level: Double) -> Double {
  func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
  guard level < 0.02425 else {
    let q = level - 0.5
    let r = q * q
    return q
      * polynomial(
        [
          -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
          1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
        ], r)
      / polynomial(
        [
          -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
          6.680131188771972e+01, -1.328068155288572e+01, 1,
        ], r)
  }
  let q = (-2 * Double.log(level)).squareRoot()
  return polynomial(
    [
      -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
      -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
    ], q)
    / polynomial(
      [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
        3.754408661907416e+00, 1,
      ], q)
}
