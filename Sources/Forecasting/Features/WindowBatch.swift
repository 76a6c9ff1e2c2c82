import NeuralNetwork

/// Windows of several series, as a network takes them.
///
/// B windows of T steps of history and K steps to come. Values are in units of the window's scale.
package struct WindowBatch: Sendable {
  /// [B, T, ``WindowLayout/historyFeatureCount``]
  package let history: Tensor<Float>
  /// [B, K, ``WindowLayout/futureFeatureCount``]
  package let future: Tensor<Float>
  /// What each step to come would be if it were like its place in the season was on average, [B, K].
  package let profile: Tensor<Float>
  /// What came, [B, K]; zeros at gaps, what was sold at stock-outs.
  package let targets: Tensor<Float>
  /// 1 where the target is observed, 0 elsewhere, [B, K].
  package let targetMask: Tensor<Float>
  /// What values were divided by, one a window.
  package let scales: [Float]
}
