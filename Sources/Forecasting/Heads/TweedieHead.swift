import NeuralNetwork

/// A forecast of the mean of non-negative sales with many zeros, trained on the Tweedie loss.
///
/// With a power between 1 and 2, Tweedie's law is that of a random number of purchases of random sizes: 0
/// with a positive probability, else above 0, with a variance of φ · mean^power. A power near 1 suits
/// counts, one near 2 sales whose deviations grow with their size. The forecast is a mean, so that sums over
/// series and steps are right.
///
/// The loss is in units of each window's scale, so that large and small series count alike. In units of the
/// target it is scale^(2 − power) times as large: multiply the weights by that factor to train on it.
public struct TweedieHead: ForecastHead, Hashable {
  /// The power of the mean that the variance is proportional to, between 1 and 2.
  public let power: Double

  /// Creates a head. A power that is not between 1 and 2 stops the program.
  public init(power: Double = 1.2) {
    self.power = power
    checkRange()
  }

  /// The logarithms of the factors of the window's profile and of its level.
  public var outputCount: Int { 2 }

  public func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    tweedieLoss(
      logMean: targets.logMean(outputs), targets.values, power: power, weights: targets.mask)
  }

  public func prediction(
    from outputs: Tensor<Float>, _ targets: WindowTargets
  ) -> HeadPrediction {
    HeadPrediction(mean: targets.logMean(outputs).exp() * targets.scales)
  }
}

extension TweedieHead: RangeChecked {
  package var fault: String? {
    power > 1 && power < 2 ? nil : "expected a power between 1 and 2, got \(power)"
  }
}
