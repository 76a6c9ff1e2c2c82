internal import RealModule
import NeuralNetwork

/// A forecast of counts by the Poisson distribution, whose variance is its mean.
///
/// The distribution is one of counts in units of the target, and so are quantiles and samples. The
/// loss is the negative log-likelihood divided by the window's scale, so that large and small
/// series count alike. To train on the likelihood itself, multiply the weights by the scale.
public struct PoissonHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Stops the program unless the levels ascend between 0 and 1.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, in ascending order, or empty for
  ///   the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// The number of outputs: the logarithm of the level, and its weight relative to the profile.
  public var outputCount: Int { 2 }

  public var isForNonnegativeValues: Bool { true }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    poissonLoss(logMean: targets.logMean(outputs), targets.values, weights: targets.weights)
  }

  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    let losses = poissonSurvivalLoss(
      logMean: parameters(from: outputs, bounds)[0], bounds.values * bounds.scales,
      weights: bounds.weights, reduction: .none)
    return (losses / bounds.scales).sum()
      / max(bounds.weights.sum().scalar, .leastNormalMagnitude)
  }

  /// Returns the logarithm of the mean.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    [targets.logMean(outputs) + targets.scales.log()]
  }

  public func distribution(_ parameters: [Double]) -> NegativeBinomialDistribution {
    NegativeBinomialDistribution(mean: .exp(parameters[0]))
  }

  public func mean(of parameters: [Tensor<Float>]) -> Tensor<Float> { parameters[0].exp() }
}

extension PoissonHead: RangeChecked {}
