internal import RealModule

/// The negative binomial distribution: counts with a variance of mean + dispersion · mean².
///
/// With a dispersion of 0, it is the Poisson distribution.
public struct NegativeBinomialDistribution: ProbabilityDistribution, Hashable {
  public let mean: Double
  /// The excess of the variance over the mean, divided by the square of the mean.
  public let dispersion: Double

  /// Creates a distribution. Stops the program if the mean or the dispersion is negative.
  public init(mean: Double, dispersion: Double = 0) {
    guard mean >= 0, dispersion >= 0 else {
      fatalError(
        "NegativeBinomialDistribution: mean and dispersion must not be negative, but are \(mean) "
          + "and \(dispersion)")
    }
    self.mean = mean
    self.dispersion = dispersion
  }

  public var variance: Double { mean * (1 + dispersion * mean) }

  public func quantile(_ level: Double) -> Double { quantiles([level])[0] }

  /// Returns quantiles by summing probabilities, if they are below 10,000. Otherwise, or if the
  /// probability of 0 underflows, the quantiles are those of a shifted gamma distribution with the
  /// same first three moments.
  public func quantiles(_ levels: [Double]) -> [Double] {
    var result: [Double] = []
    var count = 0.0
    var probability = probabilityOfZero
    var sum = probability
    if probability > 0 {
      for level in levels {
        while sum < level, count < 10_000 {
          probability *= ratio(after: count)
          count += 1
          sum += probability
          // The remaining probability is smaller than the rounding error.
          if probability < 1e-17 * sum, count > mean { break }
        }
        guard count < 10_000 else { break }
        result.append(count)
      }
    }
    if result.count < levels.count {
      let limit = ShiftedGamma(mean: mean, variance: variance, thirdCumulant: thirdCumulant)
      result += levels[result.count...].map { level in
        max((limit.quantile(level) - 0.5).rounded(.up), count, 0)
      }
    }
    return result
  }

  /// Returns a sample: by inversion for small means, and otherwise a count whose mean is drawn from a
  /// gamma distribution.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    guard mean > 0 else { return 0 }
    guard dispersion > 1e-12 else { return poisson(mean, using: &generator) }
    if mean < 10 { return count(at: generator.nextUnit()) }
    let rate = GammaDistribution(shape: 1 / dispersion, scale: dispersion * mean)
    return poisson(rate.sample(using: &generator), using: &generator)
  }

  /// Returns the smallest count whose cumulative probability is at least a level.
  fileprivate func count(at level: Double) -> Double {
    var count = 0.0
    var probability = probabilityOfZero
    var rest = level
    while rest > probability {
      // The remaining probability is smaller than the rounding error.
      if probability < 1e-17, count > mean { break }
      rest -= probability
      probability *= ratio(after: count)
      count += 1
    }
    return count
  }

  /// Returns the probability of a count or a larger one, or nil if it is too large to be summed: above
  /// 10,000, or if the probability of 0 underflows.
  func probability(ofAtLeast count: Double) -> Double? {
    var probability = probabilityOfZero
    guard probability > 0, count <= 10_000 else { return nil }
    guard count > 0 else { return 1 }
    var below = 0.0
    for place in 0..<Int(count) {
      below += probability
      probability *= ratio(after: Double(place))
    }
    // The upper tail keeps its digits if it is summed itself.
    guard below > 0.5 else { return 1 - below }
    var sum = 0.0
    for place in Int(count)..<20_000 where probability > 1e-17 * sum {
      sum += probability
      probability *= ratio(after: Double(place))
    }
    return sum
  }

  private var probabilityOfZero: Double {
    dispersion * mean < 1e-12
      ? .exp(-mean) : .exp(-Double.log(onePlus: dispersion * mean) / dispersion)
  }

  /// Returns the probability of the next count divided by that of `count`.
  private func ratio(after count: Double) -> Double {
    mean * (1 + dispersion * count) / ((count + 1) * (1 + dispersion * mean))
  }

  private var thirdCumulant: Double { variance * (1 + 2 * dispersion * mean) }
}

/// Returns a sample of the Poisson distribution.
///
/// The function uses inversion for small means, transformed rejection (Hörmann 1993) for larger
/// ones, and the normal distribution from 1e8.
func poisson(_ mean: Double, using generator: inout some RandomNumberGenerator) -> Double {
  guard mean > 0 else { return 0 }
  if mean < 10 { return NegativeBinomialDistribution(mean: mean).count(at: generator.nextUnit()) }
  guard mean < 1e8 else {
    return max(
      (mean + mean.squareRoot() * standardNormal(using: &generator)).rounded(), 0)
  }
  return rejectedPoisson(mean, using: &generator)
}

private func rejectedPoisson(
  _ mean: Double, using generator: inout some RandomNumberGenerator
) -> Double {
  let b = 0.931 + 2.53 * mean.squareRoot()
  let a = -0.059 + 0.02483 * b
  let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  let sure = 0.9277 - 3.6224 / (b - 2)
  while true {
    let u = generator.nextUnit() - 0.5
    let v = generator.nextUnit()
    let distance = 0.5 - u.magnitude
    let count = ((2 * a / distance + b) * u + mean + 0.43).rounded(.down)
    if distance >= 0.07, v <= sure { return count }
    if count < 0 || (distance < 0.013 && v > distance) { continue }
    let bound = count * .log(mean) - mean - .logGamma(count + 1)
    if Double.log(v * inverseAlpha / (a / (distance * distance) + b)) <= bound { return count }
  }
}
