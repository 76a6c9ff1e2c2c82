internal import RealModule
import NeuralNetwork

/// A forecast of counts by the negative binomial distribution, whose variance is mean + dispersion · mean².
///
/// The distribution is one of counts in units of the target. The same applies to the loss, which is
/// the negative log-likelihood, to quantiles, and to samples.
public struct NegativeBinomialHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Stops the program unless the levels ascend between 0 and 1.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, in ascending order, or empty for
  ///   the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// The number of outputs: the logarithm of the level, its weight relative to the profile, and the
  /// logarithm of the dispersion.
  public var outputCount: Int { 3 }

  public var isForNonnegativeValues: Bool { true }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let parameters = parameters(from: outputs, targets)
    return negativeBinomialLoss(
      logMean: parameters[0], logDispersion: parameters[1], targets.values * targets.scales,
      weights: targets.weights)
  }

  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    let parameters = parameters(from: outputs, bounds)
    return negativeBinomialSurvivalLoss(
      logMean: parameters[0], logDispersion: parameters[1], bounds.values * bounds.scales,
      weights: bounds.weights)
  }

  /// Returns the logarithms of the mean and the dispersion.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    [targets.logMean(outputs) + targets.scales.log(), outputs[.all, .all, .index(2)]]
  }

  public func distribution(_ parameters: [Double]) -> NegativeBinomialDistribution {
    // Outside this range, the distribution no longer changes noticeably, and moments would
    // overflow.
    let logDispersion = min(max(parameters[1], -100), 100)
    return NegativeBinomialDistribution(
      mean: .exp(parameters[0]), dispersion: .exp(logDispersion))
  }

  public func mean(of parameters: [Tensor<Float>]) -> Tensor<Float> { parameters[0].exp() }
}

extension NegativeBinomialHead: RangeChecked {}
