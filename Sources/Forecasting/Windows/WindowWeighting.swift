import NeuralNetwork

/// The weight of a window in the loss.
///
/// A network sees each window in units of its scale, so that errors of large and small series count
/// alike. Sums over items or stores, in contrast, depend mainly on the large series.
public enum WindowWeighting: Hashable, Sendable, Codable {
  /// All windows have the same weight.
  case equal
  /// A window has the weight scale^exponent. An exponent of 1 weighs errors by sales; 0 is
  /// ``equal``.
  case scale(exponent: Double)

  /// Returns the weights of windows, [B, 1], with a mean of 1, or nil for equal weights.
  ///
  /// - Parameter scales: The scales of the windows, [B, 1], which are positive.
  func weights(scales: Tensor<Float>) -> Tensor<Float>? {
    guard case .scale(let exponent) = self, exponent != 0 else { return nil }
    let weights = (scales.log() * Float(exponent)).exp()
    return weights / weights.mean()
  }
}
