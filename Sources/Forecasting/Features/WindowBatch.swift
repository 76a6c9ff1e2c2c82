import NeuralNetwork

/// Windows of several series, as a network takes them.
///
/// B windows of T steps of history and K steps to come. Values are in units of the window's scale.
struct WindowBatch: Sendable {
  /// [B, T, ``WindowLayout/historyFeatureCount``]
  let history: Tensor<Float>
  /// [B, K, ``WindowLayout/futureFeatureCount``]
  let future: Tensor<Float>
  /// What each step to come would be if it were like its place in the season was on average, [B, K].
  let profile: Tensor<Float>
  /// What came, [B, K]; zeros where it is not known.
  let targets: Tensor<Float>
  /// 1 where the target is observed, 0 elsewhere, [B, K].
  let targetMask: Tensor<Float>
  /// What values were divided by, one a window.
  let scales: [Float]
}
