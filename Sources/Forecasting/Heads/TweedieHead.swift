internal import RealModule
import NeuralNetwork

/// A forecast of the mean of non-negative sales with many zeros, trained on the Tweedie loss.
///
/// With a power between 1 and 2, the Tweedie distribution is the sum of a random number of
/// purchases of random sizes: 0 with a positive probability, otherwise positive, with a variance of
/// dispersion · mean^power. A power near 1 suits counts, and one near 2 suits sales whose
/// deviations grow with their size. The forecast is a mean, so that sums over series and steps are
/// correct.
///
/// The loss of a window is in units of its scale. In units of the target, it is scale^(2 − power)
/// times as large, which is the head's ``weighting``.
///
/// Quantiles and samples depend on the dispersion. A learned dispersion uses its own output, and is
/// the mean of the squared errors in units of mean^power. It doesn't affect the gradient of the
/// mean.
public struct TweedieHead: DistributionHead, Hashable {
  /// The source of the dispersion of Tweedie's distribution.
  public enum Dispersion: Hashable, Sendable, Codable {
    /// The same dispersion everywhere, in units of the target: the variance divided by mean^power.
    case fixed(Double)
    /// An output of the network.
    case learned
  }

  /// The power of the mean that the variance is proportional to, between 1 and 2.
  public let power: Double
  public let quantileLevels: [Double]
  /// The source of the dispersion.
  public let dispersion: Dispersion

  /// Creates a head. Stops the program unless the power is between 1 and 2, the levels ascend
  /// between 0 and 1, and the dispersion is positive.
  ///
  /// - Parameters:
  ///   - power: The power.
  ///   - levels: The levels of the quantiles to forecast, in ascending order, or empty for the mean
  ///     alone.
  ///   - dispersion: The source of the dispersion. By default, it is learned if there are levels,
  ///     and 1 otherwise.
  public init(power: Double = 1.2, levels: [Double] = [], dispersion: Dispersion? = nil) {
    self.power = power
    quantileLevels = levels
    self.dispersion = dispersion ?? (levels.isEmpty ? .fixed(1) : .learned)
    checkRange()
  }

  /// The number of outputs: the logarithm of the level, its weight relative to the profile, and the
  /// logarithm of a learned dispersion.
  public var outputCount: Int { dispersion == .learned ? 3 : 2 }

  public var isForNonnegativeValues: Bool { true }

  /// The weight that corresponds to a loss in units of the target.
  public var weighting: WindowWeighting { .scale(exponent: 2 - power) }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let logMean = targets.logMean(outputs)
    let loss = tweedieLoss(
      logMean: logMean, targets.values, power: power, weights: targets.weights)
    guard dispersion == .learned else { return loss }
    return loss + dispersionLoss(of: outputs, logMean.detached, targets)
  }

  /// Returns the loss of lower bounds: the Tweedie loss of a mean below its bound. Probabilities of
  /// this distribution are infinite sums, so there is no stable formula for that of at least the
  /// bound. A learned dispersion has no loss there, since no deviation is known.
  public func loss(of outputs: Tensor<Float>, atLeast bounds: WindowTargets) -> Tensor<Float> {
    let logMean = bounds.logMean(outputs)
    return tweedieLoss(
      logMean: logMean, bounds.reached(by: logMean.exp()).values, power: power,
      weights: bounds.weights)
  }

  /// Returns the logarithms of the mean and the dispersion.
  public func parameters(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> [Tensor<Float>] {
    let logScale = targets.scales.log()  // [B, 1]
    let logMean = targets.logMean(outputs) + logScale
    switch dispersion {
    case .fixed(let dispersion):
      return [logMean, .full(logMean.shape, Float(Double.log(dispersion)))]
    case .learned:
      return [logMean, outputs[.all, .all, .index(2)] + logScale * Float(2 - power)]
    }
  }

  public func distribution(_ parameters: [Double]) -> TweedieDistribution {
    // Outside this range, moments would overflow.
    let logDispersion = min(max(parameters[1], -100), 100)
    return TweedieDistribution(
      mean: .exp(parameters[0]), power: power, dispersion: .exp(logDispersion))
  }

  public func mean(of parameters: [Tensor<Float>]) -> Tensor<Float> { parameters[0].exp() }

  /// Returns the loss whose minimum is at the mean of (value − mean)² / mean^power: the negative
  /// log-likelihood of a normal distribution, up to a constant.
  private func dispersionLoss(
    of outputs: Tensor<Float>, _ logMean: Tensor<Float>, _ targets: WindowTargets
  ) -> Tensor<Float> {
    let logVariance = outputs[.all, .all, .index(2)] + logMean * Float(power)
    // Outside this range, the squares of errors would overflow.
    let bounded = logVariance.clamped(to: -20...100)
    return gaussianLoss(
      mean: logMean.exp(), standardDeviation: (bounded / 2).exp(), targets.values,
      weights: targets.weights)
  }
}

extension TweedieHead: RangeChecked {
  package var fault: String? {
    if !(power > 1 && power < 2) { return "expected a power between 1 and 2, got \(power)" }
    if case .fixed(let dispersion) = dispersion, !(dispersion > 0) {
      return "expected a dispersion above 0, got \(dispersion)"
    }
    return levelFault(of: quantileLevels)
  }
}
