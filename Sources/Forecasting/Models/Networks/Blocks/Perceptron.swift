import NeuralNetwork

extension Sequential where Scalar == Float {
  /// Creates dense layers of equal size with ReLU, each followed by dropout.
  ///
  /// - Parameters:
  ///   - inputSize: The number of input channels, D.
  ///   - hiddenSize: The number of units of each layer, H.
  ///   - layerCount: The number of layers.
  ///   - dropout: The dropout rate in training.
  ///   - generator: The source of the random weights.
  static func perceptron(
    inputSize: Int, hiddenSize: Int, layerCount: Int, dropout: Double,
    using generator: inout Xoshiro256
  ) -> Sequential {
    var layers: [any Layer<Float>] = []
    for place in 0..<layerCount {
      layers.append(
        Dense<Float>(
          inputSize: place == 0 ? inputSize : hiddenSize, outputSize: hiddenSize,
          activation: .relu, using: &generator))
      if dropout > 0 { layers.append(Dropout<Float>(rate: dropout)) }
    }
    return Sequential(layers)
  }
}

/// Returns the number of weights of dense layers of equal size.
func perceptronWeightCount(inputSize: Int, hiddenSize: Int, layerCount: Int) -> Int {
  denseWeightCount(inputSize, hiddenSize)
    + (layerCount - 1) * denseWeightCount(hiddenSize, hiddenSize)
}

extension Tensor {
  /// The steps of each window in one row, [B, T, C] → [B, T · C].
  var flattenedRows: Tensor { reshaped(to: [shape[0], shape[1] * shape[2]]) }
}
