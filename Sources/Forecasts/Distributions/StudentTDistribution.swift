internal import RealModule
import NeuralNetwork

/// Student's t distribution with a location and a scale.
public struct StudentTDistribution: ProbabilityDistribution, Hashable {
  /// The center, which is the mean and the median.
  public let location: Double
  /// The scale.
  public let scale: Double
  /// The degrees of freedom.
  public let degreesOfFreedom: Double

  /// Creates a distribution. Stops the program unless the scale is positive and there is more than
  /// one degree of freedom.
  public init(location: Double = 0, scale: Double = 1, degreesOfFreedom: Double) {
    guard scale > 0, degreesOfFreedom > 1 else {
      fatalError(
        "StudentTDistribution: expected a positive scale and more than 1 degree of freedom, got "
          + "\(scale) and \(degreesOfFreedom)")
    }
    self.location = location
    self.scale = scale
    self.degreesOfFreedom = degreesOfFreedom
  }

  public var mean: Double { location }

  /// The variance, which is infinite for 2 degrees of freedom or fewer.
  public var variance: Double {
    degreesOfFreedom > 2
      ? scale * scale * degreesOfFreedom / (degreesOfFreedom - 2) : .infinity
  }

  public func quantile(_ level: Double) -> Double {
    location + scale * standardQuantile(level)
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    let gamma = GammaDistribution(shape: degreesOfFreedom / 2, scale: 2 / degreesOfFreedom)
    let precision = gamma.sample(using: &generator)
    return location + scale * standardNormal(using: &generator) / precision.squareRoot()
  }

  /// Returns the quantile for location 0 and scale 1.
  private func standardQuantile(_ level: Double) -> Double {
    let z = standardNormalQuantile(level)
    if level == 0.5 || degreesOfFreedom > 1e10 { return z }
    // The upper half follows by symmetry.
    guard level < 0.5 else { return -standardQuantile(1 - level) }
    // Abramowitz & Stegun 26.7.5 is accurate for many degrees of freedom. For few, the tail bounds
    // the quantile.
    let start = z + (z * z * z + z) / (4 * degreesOfFreedom)
    let bound = -degreesOfFreedom.squareRoot() * .pow(level, -1 / degreesOfFreedom) * 2 + 2 * z
    return ascendingRoot(from: start, within: min(bound, start)...0) { x in
      (probability(below: x) - level, density(at: x))
    }
  }

  /// Returns the probability that a standard variable is below x, which must not be positive.
  private func probability(below x: Double) -> Double {
    let square = x * x
    return 0.5
      * regularizedBeta(
        degreesOfFreedom / 2, 0.5, below: degreesOfFreedom / (degreesOfFreedom + square),
        complement: square / (degreesOfFreedom + square))
  }

  private func density(at x: Double) -> Double {
    let half = (degreesOfFreedom + 1) / 2
    return .exp(
      .logGamma(half) - .logGamma(degreesOfFreedom / 2)
        - half * .log(onePlus: x * x / degreesOfFreedom))
      / (degreesOfFreedom * .pi).squareRoot()
  }
}

/// Returns the regularized incomplete beta function I_x(a, b), by its continued fraction.
///
/// - Parameter complement: The value of 1 − x, with all its digits.
func regularizedBeta(_ a: Double, _ b: Double, below x: Double, complement: Double) -> Double {
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  let factor = Double.exp(
    a * .log(x) + b * .log(complement) + .logGamma(a + b) - .logGamma(a) - .logGamma(b))
  return x < (a + 1) / (a + b + 2)
    ? factor * betaFraction(a, b, x) / a : 1 - factor * betaFraction(b, a, complement) / b
}
