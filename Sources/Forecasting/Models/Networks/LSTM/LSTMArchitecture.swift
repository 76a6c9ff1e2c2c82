import NeuralNetwork

/// An LSTM that reads the history, and a decoder that forecasts future steps from its last state.
public struct LSTMArchitecture: ForecastArchitecture {
  /// The decoder, which forecasts future steps from the encoder's state.
  public enum Decoder: String, Sendable, Codable, CaseIterable {
    /// A second LSTM, which runs over the future steps in sequence.
    case recurrent
    /// A layer over the state and the features of a step, shared by all steps. Training takes about
    /// 0.7 times as long.
    case direct
  }

  public static let name = "LSTM"

  /// The number of units, H, of each LSTM layer.
  public var hiddenSize: Int
  /// The number of layers of the encoder, and of a recurrent decoder.
  public var layerCount: Int
  /// The decoder, which forecasts future steps from the encoder's state.
  public var decoder: Decoder
  /// The dropout rate between layers in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(
    hiddenSize: Int, layerCount: Int = 1, decoder: Decoder = .direct, dropout: Double = 0
  ) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.decoder = decoder
    self.dropout = dropout
  }

  /// Creates an architecture with one layer of 64 units and a direct decoder.
  public init() { self.init(hiddenSize: 64) }

  public var fault: String? {
    if !(1...1 << 14).contains(hiddenSize) { return "hiddenSize is \(hiddenSize)" }
    if !(1...64).contains(layerCount) { return "layerCount is \(layerCount)" }
    return (0..<1).contains(dropout) ? nil : "dropout is \(dropout)"
  }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    func lstm(_ inputSize: Int) -> Int {
      let upper = (layerCount - 1) * 4 * hiddenSize * (2 * hiddenSize + 2)
      return 4 * hiddenSize * (inputSize + hiddenSize + 2) + upper
    }
    let ofDecoder =
      switch decoder {
      case .recurrent: lstm(extents.futureChannelCount + extents.staticChannelCount)
      case .direct:
        hiddenSize
          * (hiddenSize + extents.staticChannelCount + 1 + extents.futureChannelCount)
      }
    return lstm(extents.historyChannelCount) + ofDecoder
      + extents.outputCount * (hiddenSize + 1)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> LSTMNetwork {
    LSTMNetwork(self, extents, using: &generator)
  }
}

/// A forecaster with an LSTM.
public typealias LSTMForecaster = NetworkForecaster<LSTMArchitecture>
/// A trained ``LSTMForecaster``.
public typealias FittedLSTMForecaster = FittedNetworkForecaster<LSTMArchitecture>

/// The network of an ``LSTMArchitecture``.
public struct LSTMNetwork: ForecastNetwork {
  private var encoder: LSTM<Float>
  private var decoder: any ForecastDecoder
  private var output: Dense<Float>

  init(
    _ architecture: LSTMArchitecture, _ extents: NetworkExtents,
    using generator: inout Xoshiro256
  ) {
    func lstm(_ inputSize: Int, _ generator: inout Xoshiro256) -> LSTM<Float> {
      LSTM(
        inputSize: inputSize, hiddenSize: architecture.hiddenSize,
        layerCount: architecture.layerCount, dropout: architecture.dropout, using: &generator)
    }
    encoder = lstm(extents.historyChannelCount, &generator)
    decoder =
      switch architecture.decoder {
      case .recurrent:
        lstm(extents.futureChannelCount + extents.staticChannelCount, &generator)
      case .direct:
        DirectDecoder(
          hiddenSize: architecture.hiddenSize, staticCount: extents.staticChannelCount,
          channelCount: extents.futureChannelCount, using: &generator)
      }
    output = Dense(
      inputSize: architecture.hiddenSize, outputSize: extents.outputCount, initializer: .zeros,
      using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("decoder", &decoder)
    visit("output", &output)
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let (_, state) = encoder.forward(inputs.history, state: nil, &pass)
    let states = decoder.states(from: state, over: inputs, &pass)  // [B, K, H]
    return output.forward(states, &pass)  // [B, K, O]
  }
}
