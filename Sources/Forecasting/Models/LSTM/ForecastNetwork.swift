import NeuralNetwork

/// An encoder and a decoder: one LSTM reads the history, the other goes on from its state over the
/// steps to come, of which it sees the calendar (Sutskever et al. 2014, without feeding forecasts
/// back).
///
/// The output is what is added to the window's seasonal profile, so that an untrained network
/// forecasts the profile.
struct ForecastNetwork: Module {
  var encoder: LSTM<Float>
  var decoder: LSTM<Float>
  var output: Dense<Float>

  init(_ configuration: LSTMForecasterConfiguration, using generator: inout Xoshiro256) {
    func lstm(_ inputSize: Int, _ generator: inout Xoshiro256) -> LSTM<Float> {
      LSTM(
        inputSize: inputSize, hiddenSize: configuration.hiddenSize,
        layerCount: configuration.layerCount, dropout: configuration.dropout, using: &generator)
    }
    encoder = lstm(WindowLayout.historyFeatureCount, &generator)
    decoder = lstm(WindowLayout.futureFeatureCount, &generator)
    output = Dense(
      inputSize: configuration.hiddenSize, outputSize: 1, initializer: .zeros, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("decoder", &decoder)
    visit("output", &output)
  }

  /// The scaled forecasts of a batch, [B, K].
  func forward(_ batch: WindowBatch, _ pass: inout ForwardPass) -> Tensor<Float> {
    let (_, state) = encoder.forward(batch.history, state: nil, &pass)
    let (states, _) = decoder.forward(batch.future, state: state, &pass)  // [B, K, H]
    return batch.profile + output.forward(states, &pass).squeezingShape(at: -1)
  }
}
