import NeuralNetwork

/// Windows of several series, as the input of a network.
///
/// The batch has B windows of T past steps and K future steps. Tensors contain numbers, 0 where
/// missing, with a mask that is 1 where there is a number and 0 elsewhere. Arrays contain category
/// codes for embeddings, row-major. Columns are in the order of the table's, with separate indices
/// for numbers and categories.
public struct FeatureBatch: Sendable {
  /// The F numeric columns of the past, at each past step, [B, T, F].
  public let history: Tensor<Float>
  /// The mask of ``history``, [B, T, F].
  public let historyMask: Tensor<Float>
  /// The categorical columns of the past, [B, T, ·].
  public let historyCodes: [Int32]
  /// The F′ numeric columns that are known ahead, at each future step, [B, K, F′].
  public let future: Tensor<Float>
  /// The mask of ``future``, [B, K, F′].
  public let futureMask: Tensor<Float>
  /// The categorical columns that are known ahead, [B, K, ·].
  public let futureCodes: [Int32]
  /// The S numeric static columns, [B, S].
  public let statics: Tensor<Float>
  /// The mask of ``statics``, [B, S].
  public let staticMask: Tensor<Float>
  /// The categorical static columns, [B, ·].
  public let staticCodes: [Int32]
  /// The target at each past step, [B, T], or 0 where it isn't observed.
  public let targetHistory: Tensor<Float>
  /// The mask of ``targetHistory``, [B, T].
  public let targetHistoryMask: Tensor<Float>
  /// The target at each future step, [B, K], or 0 where it isn't observed.
  public let targets: Tensor<Float>
  /// The mask of ``targets``, [B, K].
  public let targetMask: Tensor<Float>
  /// The index of each window's series in the panel, [B].
  public let series: [Int]
  /// The first future step of each window, [B].
  public let ends: [Int]
}
