import NeuralNetwork

/// An LSTM that reads the history, and a decoder that forecasts future steps from its last state.
public typealias LSTMArchitecture = RecurrentArchitecture<LSTM<Float>>
/// The network of an ``LSTMArchitecture``.
public typealias LSTMNetwork = RecurrentNetwork<LSTM<Float>>
/// A forecaster with an LSTM.
public typealias LSTMForecaster = NetworkForecaster<LSTMArchitecture>
/// A trained ``LSTMForecaster``.
public typealias FittedLSTMForecaster = FittedNetworkForecaster<LSTMArchitecture>

extension LSTM: RecurrentEncoder where Scalar == Float {
  public static var architectureName: String { "LSTM" }
  public static var gateCount: Int { 4 }

  public static func layer(
    _ inputSize: Int, _ sizes: LSTMArchitecture, using generator: inout Xoshiro256
  ) -> LSTM {
    LSTM(
      inputSize: inputSize, hiddenSize: sizes.hiddenSize, layerCount: sizes.layerCount,
      dropout: sizes.dropout, using: &generator)
  }

  public static func hidden(of state: State) -> Tensor<Float> { state.hidden }
}
