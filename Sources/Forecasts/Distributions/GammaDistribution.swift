internal import RealModule

/// The gamma distribution.
public struct GammaDistribution: ProbabilityDistribution, Hashable {
  /// The shape.
  public let shape: Double
  /// The scale.
  public let scale: Double

  /// Creates a distribution. Stops the program unless the shape and the scale are positive.
  public init(shape: Double, scale: Double = 1) {
    guard shape > 0, scale > 0 else {
      fatalError(
        "GammaDistribution: shape and scale must be positive, but are \(shape) and \(scale)")
    }
    self.shape = shape
    self.scale = scale
  }

  public var mean: Double { shape * scale }
  public var variance: Double { shape * scale * scale }

  public func quantile(_ level: Double) -> Double {
    let z = standardNormalQuantile(level)
    // The approximation of Wilson & Hilferty (1931), or for small shapes the first term of the
    // series.
    let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
    let first = (.log(level) + .logGamma(shape + 1)) / shape
    let start = shape > 1 && root > 0.1 ? .log(shape * root * root * root) : min(first, 50)
    // The search is in the logarithm of x, over the full range of quantiles.
    let logQuantile = ascendingRoot(
      from: start, within: min(first - 1, -700)...max(.log(shape) + 50, 10)
    ) { logarithm in
      let x = Double.exp(logarithm)
      return (
        regularizedGamma(shape, below: x) - level, .exp(shape * logarithm - x - .logGamma(shape))
      )
    }
    return scale * .exp(logQuantile)
  }

  /// Returns a sample, drawn by the method of Marsaglia & Tsang (2000).
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    if shape < 1 {
      let lift = Double.log(generator.nextUnit()) / shape
      let larger = GammaDistribution(shape: shape + 1, scale: scale)
      return larger.sample(using: &generator) * .exp(lift)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = standardNormal(using: &generator)
      let root = 1 + c * z
      guard root > 0 else { continue }
      let v = root * root * root
      if Double.log(generator.nextUnit()) < z * z / 2 + d * (1 - v + .log(v)) {
        return scale * d * v
      }
    }
  }
}

/// A gamma distribution shifted away from 0 so that it has the mean, the variance, and the third
/// cumulant of another distribution. It approximates sums of many parts.
struct ShiftedGamma {
  private let start: Double
  private let gamma: GammaDistribution

  /// Creates the distribution with the given cumulants, the third of which must be positive.
  init(mean: Double, variance: Double, thirdCumulant: Double) {
    let scale = thirdCumulant / (2 * variance)
    gamma = GammaDistribution(shape: variance / (scale * scale), scale: scale)
    start = mean - gamma.mean
  }

  func quantile(_ level: Double) -> Double { start + gamma.quantile(level) }
}
