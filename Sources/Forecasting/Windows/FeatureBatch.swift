import NeuralNetwork

/// Windows of several series, as a network takes them.
///
/// B windows of T steps of history and K steps to come. Numbers stand in tensors, 0 where missing,
/// with a mask of 1 where there is one and 0 where not; categories, for embeddings, in arrays beside
/// them, row-major. Columns are in the order of the table's, numbers and categories counted apart.
public struct FeatureBatch: Sendable {
  /// The F numeric columns of the past, at each step of history, [B, T, F].
  public let history: Tensor<Float>
  /// [B, T, F]
  public let historyMask: Tensor<Float>
  /// The categorical columns of the past, [B, T, ·].
  public let historyCodes: [Int32]
  /// The F′ numeric columns that are known ahead, at each step to come, [B, K, F′].
  public let future: Tensor<Float>
  /// [B, K, F′]
  public let futureMask: Tensor<Float>
  /// The categorical columns that are known ahead, [B, K, ·].
  public let futureCodes: [Int32]
  /// The S numeric static columns, [B, S].
  public let statics: Tensor<Float>
  /// [B, S]
  public let staticMask: Tensor<Float>
  /// The categorical static columns, [B, ·].
  public let staticCodes: [Int32]
  /// The target at each step of history, [B, T]; 0 where it is not observed.
  public let targetHistory: Tensor<Float>
  /// [B, T]
  public let targetHistoryMask: Tensor<Float>
  /// The target at each step to come, [B, K]; 0 where it is not observed.
  public let targets: Tensor<Float>
  /// [B, K]
  public let targetMask: Tensor<Float>
  /// The place of each window's series in the panel, [B].
  public let series: [Int]
  /// The first step to come of each window, [B].
  public let ends: [Int]
}
