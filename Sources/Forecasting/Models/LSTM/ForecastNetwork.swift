import NeuralNetwork

/// An encoder and a decoder: an LSTM reads the history, and the decoder goes on from its state over
/// the steps to come, of which it sees the calendar.
///
/// Each step's output is a gain and a shift of the window's seasonal profile, so that an untrained
/// network forecasts the profile, a change of level keeps the days that the shop is closed at zero, and
/// what the profile has not can still be added.
package struct ForecastNetwork: Module {
  private var encoder: LSTM<Float>
  private var decoder: any ForecastDecoder
  private var output: Dense<Float>

  package init(_ configuration: LSTMForecasterConfiguration, using generator: inout Xoshiro256) {
    func lstm(_ inputSize: Int, _ generator: inout Xoshiro256) -> LSTM<Float> {
      LSTM(
        inputSize: inputSize, hiddenSize: configuration.hiddenSize,
        layerCount: configuration.layerCount, dropout: configuration.dropout, using: &generator)
    }
    encoder = lstm(WindowLayout.historyFeatureCount, &generator)
    decoder =
      switch configuration.decoder {
      case .recurrent: lstm(WindowLayout.futureFeatureCount, &generator)
      case .direct: DirectDecoder(hiddenSize: configuration.hiddenSize, using: &generator)
      }
    output = Dense(
      inputSize: configuration.hiddenSize, outputSize: 2, initializer: .zeros, using: &generator)
  }

  package mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("decoder", &decoder)
    visit("output", &output)
  }

  /// The scaled forecasts of a batch: profile · (1 + gain) + shift, [B, K].
  package func forward(_ batch: WindowBatch, _ pass: inout ForwardPass) -> Tensor<Float> {
    let (_, state) = encoder.forward(batch.history, state: nil, &pass)
    let states = decoder.states(from: state, over: batch.future, &pass)  // [B, K, H]
    let changes = output.forward(states, &pass)  // [B, K, 2]
    let gain = changes[.all, .all, .index(0)]
    let shift = changes[.all, .all, .index(1)]
    return batch.profile * (gain + 1) + shift
  }
}
