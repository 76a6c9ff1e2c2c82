import NeuralNetwork

/// A layer with ReLU, a linear layer, and a linear skip connection beside both (Das et al. 2023).
///
///     y = dropout(W_o relu(W_h x + b_h) + b_o) + W_s x + b_s
struct ResidualBlock: Layer {
  private var hidden: Dense<Float>
  private var output: Dense<Float>
  private var skip: Dense<Float>
  private let dropout: Dropout<Float>

  /// Creates a block with random weights.
  ///
  /// - Parameters:
  ///   - inputSize: The number of input channels.
  ///   - hiddenSize: The number of units of the layer with ReLU.
  ///   - outputSize: The number of output channels.
  ///   - dropout: The dropout rate in training.
  ///   - startsAtZero: A Boolean value that indicates whether all outputs are 0 at first.
  ///   - generator: The source of the random weights.
  init(
    inputSize: Int, hiddenSize: Int, outputSize: Int, dropout: Double,
    startsAtZero: Bool = false, using generator: inout Xoshiro256
  ) {
    let initializer: Initializer? = startsAtZero ? .zeros : nil
    hidden = Dense(
      inputSize: inputSize, outputSize: hiddenSize, activation: .relu, using: &generator)
    output = Dense(
      inputSize: hiddenSize, outputSize: outputSize, initializer: initializer, using: &generator)
    skip = Dense(
      inputSize: inputSize, outputSize: outputSize, initializer: initializer, using: &generator)
    self.dropout = Dropout(rate: dropout)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("hidden", &hidden)
    visit("output", &output)
    visit("skip", &skip)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    let deep = output.forward(hidden.forward(input, &pass), &pass)
    return dropout.forward(deep, &pass) + skip.forward(input, &pass)
  }

  /// Returns the number of weights of a block.
  static func weightCount(inputSize: Int, hiddenSize: Int, outputSize: Int) -> Int {
    denseWeightCount(inputSize, hiddenSize) + denseWeightCount(hiddenSize, outputSize)
      + denseWeightCount(inputSize, outputSize)
  }
}
