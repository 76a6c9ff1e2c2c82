import NeuralNetwork

/// A block of a temporal convolutional network (Bai et al. 2018): two causal convolutions with ReLU
/// and dropout, and a skip connection beside them.
package struct TCNBlock: Layer {
  private var first, second: Conv1d<Float>
  /// The map of the input to the number of channels, or nil if it has that number.
  private var skip: Dense<Float>?
  private let dropout: Dropout<Float>

  /// Creates a block with random weights.
  ///
  /// - Parameters:
  ///   - inputSize: The number of channels, C, of the input.
  ///   - hiddenSize: The number of channels, H, of the output.
  ///   - kernelSize: The number of steps that a step of a convolution depends on, K.
  ///   - dilation: The distance between these steps.
  ///   - dropout: The dropout rate after each convolution in training.
  ///   - generator: The source of the random weights.
  package init(
    inputSize: Int, hiddenSize: Int, kernelSize: Int, dilation: Int = 1, dropout: Double = 0,
    using generator: inout Xoshiro256
  ) {
    func convolution(_ inputSize: Int, _ generator: inout Xoshiro256) -> Conv1d<Float> {
      Conv1d(
        inputSize: inputSize, outputSize: hiddenSize, kernelSize: kernelSize, padding: .causal,
        dilation: dilation, activation: .relu, using: &generator)
    }
    first = convolution(inputSize, &generator)
    second = convolution(hiddenSize, &generator)
    if inputSize != hiddenSize {
      skip = Dense(inputSize: inputSize, outputSize: hiddenSize, using: &generator)
    }
    self.dropout = Dropout(rate: dropout)
  }

  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("first", &first)
    visit("second", &second)
    visit("skip", &skip)
  }

  /// Returns the steps of the block, [B, T, C] → [B, T, H].
  package func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    let inner = dropout.forward(first.forward(input, &pass), &pass)
    let outer = dropout.forward(second.forward(inner, &pass), &pass)
    return (outer + (skip?.forward(input, &pass) ?? input)).relu()
  }
}
