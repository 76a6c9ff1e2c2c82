import NeuralNetwork

/// The network of a ``RecurrentArchitecture``.
public struct RecurrentNetwork<Encoder: RecurrentEncoder>: ForecastNetwork {
  private var encoder: Encoder
  /// The decoder that starts from the encoder's state, unless there is a direct one.
  private var recurrentDecoder: Encoder?
  private var directDecoder: DirectDecoder?
  private var output: Dense<Float>

  init(
    _ architecture: RecurrentArchitecture<Encoder>, _ extents: NetworkExtents,
    using generator: inout Xoshiro256
  ) {
    encoder = .layer(extents.historyChannelCount, architecture, using: &generator)
    switch architecture.decoder {
    case .recurrent:
      recurrentDecoder = .layer(
        extents.futureChannelCount + extents.staticChannelCount, architecture, using: &generator)
    case .direct:
      directDecoder = DirectDecoder(
        hiddenSize: architecture.hiddenSize, staticCount: extents.staticChannelCount,
        channelCount: extents.futureChannelCount, using: &generator)
    }
    output = Dense(
      inputSize: architecture.hiddenSize, outputSize: extents.outputCount, initializer: .zeros,
      using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("decoder", &recurrentDecoder)
    visit("decoder", &directDecoder)
    visit("output", &output)
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let (_, state) = encoder.forward(inputs.history, state: nil, &pass)
    return output.forward(states(from: state, over: inputs, &pass), &pass)  // [B, K, O]
  }

  /// Returns the decoder's state at each future step, [B, K, H].
  private func states(
    from state: Encoder.State, over inputs: NetworkInputs, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    if let recurrentDecoder {
      return recurrentDecoder.forward(inputs.futureWithStatics, state: state, &pass).output
    }
    let hidden = Encoder.hidden(of: state)  // [L, B, H]
    return directDecoder!.states(from: hidden[hidden.shape[0] - 1], over: inputs, &pass)
  }
}
