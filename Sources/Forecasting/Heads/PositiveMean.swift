internal import RealModule
import NeuralNetwork

extension WindowTargets {
  /// Returns the logarithm of a positive mean for each step, in units of the window's scale, [B, K], from
  /// two outputs of the network, a and b:
  ///
  ///     mean = 0.95 · profile · exp(a) + 0.05 · exp(b)
  ///
  /// The scale is the mean of a window without negative values, so the second term is a share of the
  /// window's level. Outputs of 0 give nearly the profile, and means whose sum is right. The network weighs
  /// the profile against the level, and can leave 0 on days that had no sales in the window. A negative
  /// profile counts as 0.
  ///
  /// - Parameters:
  ///   - outputs: [B, K, O].
  ///   - first: The place of a among the outputs; b follows it.
  func logMean(_ outputs: Tensor<Float>, first: Int = 0) -> Tensor<Float> {
    let a = outputs[.all, .all, .index(first)]
    let b = outputs[.all, .all, .index(first + 1)]
    // log(exp(x) + exp(y)) is y + softplus(x - y), which neither overflows nor loses a small term.
    let ratio = (profile.relu() * Float((1 - levelShare) / levelShare)).log()
    return b + Float(Double.log(levelShare)) + (a - b + ratio).softplus()
  }

  /// The share of the window's level in a mean whose outputs are 0.
  private var levelShare: Double { 0.05 }
}
