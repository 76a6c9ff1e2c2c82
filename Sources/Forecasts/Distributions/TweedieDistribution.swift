internal import RealModule

/// The Tweedie distribution with a power between 1 and 2: the sum of a Poisson number of
/// gamma-distributed sizes, with a variance of dispersion · mean^power.
public struct TweedieDistribution: ProbabilityDistribution, Hashable {
  public let mean: Double
  /// The power.
  public let power: Double
  /// The variance divided by mean^power.
  public let dispersion: Double

  /// Creates a distribution. Stops the program if the mean is negative, if the power isn't between
  /// 1 and 2, or if the dispersion isn't positive.
  public init(mean: Double, power: Double, dispersion: Double) {
    guard mean >= 0, power > 1, power < 2, dispersion > 0 else {
      fatalError(
        "TweedieDistribution: expected a mean of at least 0, a power between 1 and 2, and a "
          + "positive dispersion, got \(mean), \(power), and \(dispersion)")
    }
    self.mean = mean
    self.power = power
    self.dispersion = dispersion
  }

  public var variance: Double { dispersion * .pow(mean, power) }

  public func quantile(_ level: Double) -> Double {
    guard level > probabilityOfZero else { return 0 }
    guard rate < 1000 else {
      let limit = ShiftedGamma(mean: mean, variance: variance, thirdCumulant: thirdCumulant)
      return max(limit.quantile(level), 0)
    }
    // The spread of the sum of at least one size.
    let size = (mean + shape * scale) / scale
    let start = Double.log(size) + 0.3 * standardNormalQuantile(level)
    let logQuantile = ascendingRoot(from: start, within: -700...(.log(size) + 20)) { logarithm in
      let x = Double.exp(logarithm)
      let (probability, density) = self.probability(below: x)
      return (probability - level, density * x)
    }
    return scale * .exp(logQuantile)
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    guard mean > 0 else { return 0 }
    let count = poisson(rate, using: &generator)
    guard count > 0 else { return 0 }
    return GammaDistribution(shape: count * shape, scale: scale).sample(using: &generator)
  }

  /// The mean number of sizes.
  private var rate: Double { .pow(mean, 2 - power) / (dispersion * (2 - power)) }
  /// The shape of a size.
  private var shape: Double { (2 - power) / (power - 1) }
  /// The scale of a size.
  private var scale: Double { dispersion * (power - 1) * .pow(mean, power - 1) }
  private var probabilityOfZero: Double { mean > 0 ? .exp(-rate) : 1 }
  private var thirdCumulant: Double {
    power * dispersion * dispersion * .pow(mean, 2 * power - 1)
  }

  /// Returns the probability that a sample is below x times the scale, and the density there.
  private func probability(below x: Double) -> (probability: Double, density: Double) {
    var probability = probabilityOfZero
    var density = 0.0
    // The range of numbers of sizes with a significant probability.
    let reach = 9 * rate.squareRoot() + 30
    var count = max((rate - reach).rounded(.down), 1)
    let last = rate + reach
    var weight = Double.exp(count * .log(rate) - rate - .logGamma(count + 1))
    while count <= last {
      probability += weight * regularizedGamma(count * shape, below: x)
      density += weight * gammaDensity(count * shape, at: x)
      count += 1
      weight *= rate / count
    }
    return (probability, density)
  }
}
