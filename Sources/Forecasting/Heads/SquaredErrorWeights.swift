import NeuralNetwork

extension WindowTargets {
  /// Returns the weights of squared errors, [B, K]: the weights of the values, reduced in windows
  /// whose values are far from the profile.
  ///
  /// When a series that was almost 0 returns to its usual sales, its values are thousands of scales
  /// away from its profile, and the squared errors of that window would exceed those of all other
  /// windows of its batch. A window counts as if the root mean square of its distances were at most
  /// 3 scales. The mean stays the minimum of each window's loss.
  func squaredErrorWeights() -> Tensor<Float> {
    let limit = Tensor<Float>(9)
    let distances = (values - profile) * mask
    let counts = Tensor.maximum(mask.sum(axis: 1, keepingAxes: true), Tensor(1))  // [B, 1]
    let squares = (distances * distances).sum(axis: 1, keepingAxes: true) / counts
    return weights * (limit / Tensor.maximum(squares, limit))
  }
}
