import NeuralNetwork

extension Tensor {
  /// The steps of each window in one row, [B, T, C] → [B, T · C].
  var flattenedRows: Tensor { reshaped(to: [shape[0], shape[1] * shape[2]]) }
}
