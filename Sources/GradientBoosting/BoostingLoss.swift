/// The loss that ``BoostedTrees`` minimize.
public enum BoostingLoss: Hashable, Sendable, Codable {
  /// Half the squared error. The trees add up to the prediction.
  case squaredError
  /// The deviance of a Tweedie distribution of a power from 1 (Poisson) to 2 (gamma, excluded), for targets of at
  /// least 0. The trees add up to the logarithm of the prediction.
  case tweedie(power: Double)

  /// A description of a power that is out of range, or nil.
  public var fault: String? {
    guard case .tweedie(let power) = self, !(power >= 1 && power < 2) else { return nil }
    return "expected a Tweedie power from 1 up to 2, got \(power)"
  }
}

extension BoostingLoss {
  /// Returns the sum of trees whose prediction is a mean. It is finite even for a mean of 0.
  func start(mean: Float) -> Float {
    switch self {
    case .squaredError: mean
    case .tweedie: Tensor(max(mean, .leastNormalMagnitude)).log().scalar
    }
  }

  /// Returns the predictions for sums of trees, [N].
  func predictions(_ sums: Tensor<Float>) -> Tensor<Float> {
    switch self {
    case .squaredError: sums
    case .tweedie: sums.exp()
    }
  }

  /// Returns the first and second derivatives of the loss of N rows by their sums of trees, each [N].
  func derivatives(
    _ sums: Tensor<Float>, _ targets: Tensor<Float>
  ) -> (first: Tensor<Float>, second: Tensor<Float>) {
    switch self {
    case .squaredError: return (sums - targets, .ones(sums.shape))
    case .tweedie(let power):
      let power = Float(power)
      let means = sums.exp()
      // exp((1 − p) s) and exp((2 − p) s), the derivatives of the two terms of the deviance.
      let actual = targets * (sums * (1 - power)).exp()
      let expected = power == 1 ? means : (sums * (2 - power)).exp()
      return (expected - actual, expected * (2 - power) + actual * (power - 1))
    }
  }
}
