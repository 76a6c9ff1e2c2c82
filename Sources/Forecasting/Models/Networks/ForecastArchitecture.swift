import NeuralNetwork

/// An architecture of forecasting networks, with its sizes.
///
/// To add an architecture, conform a type to this protocol in one file: its sizes, and a
/// ``ForecastNetwork`` created from them. Windows, scaling, heads, training, and model files come
/// with ``NetworkForecaster``. A network whose outputs are 0 forecasts the values that windows start
/// from, so the weights of the last layer start at 0.
public protocol ForecastArchitecture: Sendable, Codable, Hashable {
  /// The type of the network.
  associatedtype Network: ForecastNetwork

  /// The name of the architecture in tables, on pages, and in model files, such as `LSTM`.
  static var name: String { get }

  /// The number of units of a hidden layer.
  var hiddenSize: Int { get set }
  /// The number of hidden layers, or of blocks of them.
  var layerCount: Int { get set }

  /// Creates an architecture with the default sizes.
  init()

  /// A description of a size that is out of range, or nil. Sizes read from a file may be.
  var fault: String? { get }

  /// Returns the number of weights of a network without creating it, so that a file whose sizes
  /// exceed its contents is rejected before memory is allocated.
  func weightCount(_ extents: NetworkExtents) -> Int

  /// Creates a network with random weights.
  ///
  /// - Parameters:
  ///   - extents: The extents of its input and output.
  ///   - generator: The source of the random weights.
  func network(_ extents: NetworkExtents, using generator: inout Xoshiro256) -> Network
}

/// A network that maps windows to outputs for each future step.
public protocol ForecastNetwork: Module where Scalar == Float {
  /// Returns the outputs of a batch, [B, K, O].
  ///
  /// - Parameters:
  ///   - inputs: The input of the network.
  ///   - pass: The pass, which indicates whether the network is training and supplies random
  ///     numbers.
  func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float>
}

/// The extents of a network's input and output.
public struct NetworkExtents: Hashable, Sendable {
  /// The number of past steps, T.
  public let inputLength: Int
  /// The number of future steps, K.
  public let horizon: Int
  /// The number of channels of a past step, C.
  public let historyChannelCount: Int
  /// The number of channels of a future step, C′.
  public let futureChannelCount: Int
  /// The number of channels of a series, S.
  public let staticChannelCount: Int
  /// The number of outputs for each future step, O.
  public let outputCount: Int

  /// Creates extents.
  public init(
    inputLength: Int, horizon: Int, historyChannelCount: Int, futureChannelCount: Int,
    staticChannelCount: Int, outputCount: Int
  ) {
    self.inputLength = inputLength
    self.horizon = horizon
    self.historyChannelCount = historyChannelCount
    self.futureChannelCount = futureChannelCount
    self.staticChannelCount = staticChannelCount
    self.outputCount = outputCount
  }
}
