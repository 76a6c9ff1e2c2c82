internal import RealModule
import NeuralNetwork

/// A forecast of counts by the negative binomial distribution, whose variance is mean + dispersion · mean².
///
/// The distribution is one of counts in units of the target, and so are the loss, which is the negative
/// log-likelihood, quantiles, and samples.
public struct NegativeBinomialHead: DistributionHead, Hashable {
  public let quantileLevels: [Double]

  /// Creates a head. Levels that are not ascending between 0 and 1 stop the program.
  ///
  /// - Parameter levels: The levels of the quantiles to forecast, ascending; empty for the mean alone.
  public init(levels: [Double] = []) {
    quantileLevels = levels
    checkRange()
  }

  /// The logarithm of the level, its weight against the profile, and the logarithm of the dispersion.
  public var outputCount: Int { 3 }

  public var isForNonnegativeValues: Bool { true }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let parameters = parameters(from: outputs, targets)
    return negativeBinomialLoss(
      logMean: parameters[0], logDispersion: parameters[1], targets.values * targets.scales,
      weights: targets.weights)
  }

  /// Returns the logarithms of mean and dispersion.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    [targets.logMean(outputs) + targets.scales.log(), outputs[.all, .all, .index(2)]]
  }

  public func distribution(_ parameters: [Double]) -> NegativeBinomialDistribution {
    // Beyond, the distribution does not change in any number that counts, and moments would overflow.
    let logDispersion = min(max(parameters[1], -100), 100)
    return NegativeBinomialDistribution(
      mean: .exp(parameters[0]), dispersion: .exp(logDispersion))
  }
}

extension NegativeBinomialHead: RangeChecked {
  package var fault: String? { Forecasting.fault(ofLevels: quantileLevels) }
}
