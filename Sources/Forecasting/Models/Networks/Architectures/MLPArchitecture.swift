import NeuralNetwork

/// A perceptron over the whole history, and a ``DirectDecoder`` that forecasts future steps from it.
public struct MLPArchitecture: ForecastArchitecture, DropoutChoice {
  public static let name = "MLP"

  /// The number of units, H, of each layer.
  public var hiddenSize: Int
  /// The number of layers over the history.
  public var layerCount: Int
  /// The dropout rate after each of them in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(hiddenSize: Int, layerCount: Int = 1, dropout: Double = 0) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.dropout = dropout
  }

  /// Creates an architecture with one layer of 64 units. (A second one, or 128 units, had about the same
  /// accuracy on Australian and Walmart's sales.)
  public init() { self.init(hiddenSize: 64) }

  public var fault: String? { sizeFault ?? dropoutFault(dropout) }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    perceptronWeightCount(
      inputSize: Self.inputSize(extents), hiddenSize: hiddenSize, layerCount: layerCount)
      + DirectDecoder.weightCount(hiddenSize: hiddenSize, extents)
      + denseWeightCount(hiddenSize, extents.outputCount)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> MLPNetwork {
    MLPNetwork(self, extents, using: &generator)
  }

  /// Returns the number of channels of all past steps and of the series.
  fileprivate static func inputSize(_ extents: NetworkExtents) -> Int {
    extents.inputLength * extents.historyChannelCount + extents.staticChannelCount
  }
}

/// The network of an ``MLPArchitecture``.
public struct MLPNetwork: ForecastNetwork {
  private var encoder: Sequential<Float>
  private var decoder: DirectDecoder
  private var output: Dense<Float>

  fileprivate init(
    _ architecture: MLPArchitecture, _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) {
    let hiddenSize = architecture.hiddenSize
    encoder = .perceptron(
      inputSize: MLPArchitecture.inputSize(extents), hiddenSize: hiddenSize,
      layerCount: architecture.layerCount, dropout: architecture.dropout, using: &generator)
    decoder = DirectDecoder(
      hiddenSize: hiddenSize, staticCount: extents.staticChannelCount,
      channelCount: extents.futureChannelCount, using: &generator)
    output = Dense(
      inputSize: hiddenSize, outputSize: extents.outputCount, initializer: .zeros,
      using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("decoder", &decoder)
    visit("output", &output)
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let past = inputs.history.flattenedRows  // [B, T · C]
    let state = encoder.forward(inputs.withStatics(past), &pass)  // [B, H]
    let states = decoder.states(from: state, over: inputs, &pass)  // [B, K, H]
    return output.forward(states, &pass)  // [B, K, O]
  }
}
