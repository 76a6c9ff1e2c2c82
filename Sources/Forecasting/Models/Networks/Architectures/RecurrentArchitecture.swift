import NeuralNetwork

/// A recurrent encoder that reads the history, and a decoder that forecasts future steps from its
/// last state.
public struct RecurrentArchitecture<Encoder: RecurrentEncoder>: ForecastArchitecture,
  DropoutChoice
{
  public typealias Decoder = RecurrentDecoder

  public static var name: String { Encoder.architectureName }

  /// The number of units, H, of each layer.
  public var hiddenSize: Int
  /// The number of layers of the encoder, and of a recurrent decoder.
  public var layerCount: Int
  /// The decoder, which forecasts future steps from the encoder's state.
  public var decoder: RecurrentDecoder
  /// The dropout rate between layers in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(
    hiddenSize: Int, layerCount: Int = 1, decoder: RecurrentDecoder = .direct, dropout: Double = 0
  ) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.decoder = decoder
    self.dropout = dropout
  }

  /// Creates an architecture with one layer of 64 units and a direct decoder.
  public init() { self.init(hiddenSize: 64) }

  public var fault: String? { sizeFault ?? dropoutFault(dropout) }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    func recurrent(_ inputSize: Int) -> Int {
      recurrentWeightCount(gateCount: Encoder.gateCount, inputSize: inputSize)
    }
    let ofDecoder =
      switch decoder {
      case .recurrent: recurrent(extents.futureChannelCount + extents.staticChannelCount)
      case .direct: DirectDecoder.weightCount(hiddenSize: hiddenSize, extents)
      }
    return recurrent(extents.historyChannelCount) + ofDecoder
      + denseWeightCount(hiddenSize, extents.outputCount)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> RecurrentNetwork<Encoder> {
    RecurrentNetwork(self, extents, using: &generator)
  }
}

/// The decoder of a ``RecurrentArchitecture``.
public enum RecurrentDecoder: String, Sendable, Codable, CaseIterable {
  /// A second recurrent layer, which starts from the encoder's state and runs over the future steps
  /// in sequence (Sutskever et al. 2014, without feeding forecasts back).
  case recurrent
  /// A layer over the state and the features of a step, shared by all steps. Training takes about
  /// 0.7 times as long.
  case direct
}

/// An architecture with a choice of decoders.
public protocol DecoderChoice: ForecastArchitecture {
  /// The decoder, which forecasts future steps from the encoder's state.
  var decoder: RecurrentDecoder { get set }
}

extension RecurrentArchitecture: DecoderChoice {}

/// A recurrent layer that can be the encoder of a forecasting network.
public protocol RecurrentEncoder: RecurrentLayer where Scalar == Float {
  /// The name of the architecture, such as `LSTM`.
  static var architectureName: String { get }
  /// The number of gates, each of which has its rows of the weights.
  static var gateCount: Int { get }

  /// Creates a layer with random weights.
  ///
  /// - Parameters:
  ///   - inputSize: The number of input channels, D.
  ///   - sizes: The number of units and layers, and the dropout rate.
  ///   - generator: The source of the random weights.
  static func layer(
    _ inputSize: Int, _ sizes: RecurrentArchitecture<Self>, using generator: inout Xoshiro256
  ) -> Self

  /// Returns the hidden state of all L layers, [L, B, H].
  static func hidden(of state: State) -> Tensor<Float>
}
