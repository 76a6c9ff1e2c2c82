import NeuralNetwork

/// A layer over the encoder's last state and the channels of a step, shared by all steps.
///
/// It is the local decoder of MQ-RNN (Wen et al. 2017), applied to the state itself instead of to
/// contexts that a global decoder computes for each step. The position of a step is among its
/// channels. (MASE on the example data, as the mean of four seeds, was 0.723 with such contexts of
/// 8 units, 0.725 with separate layer weights for each step, 0.720 with one more layer, and 0.721
/// without any of them.)
///
/// The layer's product with the state and with the channels of the series is the same for all
/// steps, so it is computed once for each window: relu(W_s [s, c] + b + W_f f).
package struct DirectDecoder: Module {
  /// The layer of the state, W_s [H, H + S] and b [H].
  private var context: Dense<Float>
  /// The layer of a step's channels, W_f [H, F].
  private var features: Dense<Float>

  /// Creates a decoder with random weights.
  ///
  /// - Parameters:
  ///   - hiddenSize: The number of units, H, of the encoder and of the decoder.
  ///   - staticCount: The number of channels, S, of a series.
  ///   - channelCount: The number of channels, F, of a future step.
  ///   - generator: The source of the random weights.
  package init(
    hiddenSize: Int, staticCount: Int = 0, channelCount: Int, using generator: inout Xoshiro256
  ) {
    context = Dense(
      inputSize: hiddenSize + staticCount, outputSize: hiddenSize, using: &generator)
    features = Dense(
      inputSize: channelCount, outputSize: hiddenSize, hasBias: false, using: &generator)
  }

  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("context", &context)
    visit("features", &features)
  }

  /// Returns a state for each future step, [B, K, H].
  ///
  /// - Parameters:
  ///   - state: The encoder's last state, [B, H].
  ///   - inputs: The input of the network, of which the channels of future steps and of the series
  ///     are used.
  ///   - pass: The pass.
  package func states(
    from state: Tensor<Float>, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    let context = context.forward(inputs.withStatics(state), &pass)  // [B, H]
    return (features.forward(inputs.future, &pass) + context.expandingShape(at: 1)).relu()
  }

  /// Returns the number of weights of a decoder.
  static func weightCount(hiddenSize: Int, _ extents: NetworkExtents) -> Int {
    let ofStep = hiddenSize * extents.futureChannelCount
    return denseWeightCount(hiddenSize + extents.staticChannelCount, hiddenSize) + ofStep
  }
}
