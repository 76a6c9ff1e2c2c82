internal import RealModule
import NeuralNetwork

extension WindowTargets {
  /// Returns the logarithm of a positive mean for each step, in units of the window's scale, [B, K], from
  /// two outputs of the network, a and b:
  ///
  ///     mean = exp(a) · ((1 − w) · profile + w)        with w = 1 / (1 + 4 exp(−b))
  ///
  /// The first output is the level, and the second one weighs the seasonal profile against the
  /// window's level, which is 1 without negative values, because a profile of few values is mostly
  /// noise. The weight hardly changes the sum over a season, so that the two are learned
  /// separately, and forecasts have the right sum from the start. Outputs of 0 give four fifths of
  /// the profile and a fifth of the level. A day without sales in the window may still have a mean
  /// above 0. The profile counts as at least a thousandth of the scale.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of the network, [B, K, O].
  ///   - first: The index of a among the outputs. b follows it.
  func logMean(_ outputs: Tensor<Float>, first: Int = 0) -> Tensor<Float> {
    let level = outputs[.all, .all, .index(first)]
    let z = outputs[.all, .all, .index(first + 1)] - Float(Double.log(4))
    // With w = 1 / (1 + exp(−z)), computed so that no z overflows: log w = −softplus(−z), and the
    // rest is log(1 + exp(−z) profile).
    let logProfile = Tensor.maximum(profile, Tensor(0.001)).log()
    return level + (logProfile - z).softplus() - (-z).softplus()
  }
}
