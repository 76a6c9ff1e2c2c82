import NeuralNetwork

/// A kind of network that forecasts, with its sizes.
///
/// A new architecture is a type that conforms to this protocol, in one file: its sizes, and a
/// ``ForecastNetwork`` made from them. Windows, scaling, heads, training, and model files come with
/// ``NetworkForecaster``.
public protocol ForecastArchitecture: Sendable, Codable, Hashable {
  /// The network.
  associatedtype Network: ForecastNetwork

  /// The name of the architecture in tables, on pages, and in model files, such as `LSTM`.
  static var name: String { get }

  /// An architecture with the default sizes.
  init()

  /// A description of the size that is out of its range, or nil. Sizes that come from a file may be.
  var fault: String? { get }

  /// Returns the number of weights of a network, without creating it: a file whose sizes promise more than it
  /// holds is refused before memory is taken.
  func weightCount(_ extents: NetworkExtents) -> Int

  /// Creates a network with random weights.
  ///
  /// - Parameters:
  ///   - extents: The extents of its input and output.
  ///   - generator: The source of the random weights.
  func network(_ extents: NetworkExtents, using generator: inout Xoshiro256) -> Network
}

/// A network that maps windows to outputs for each step to come.
public protocol ForecastNetwork: Module where Scalar == Float {
  /// Returns the outputs of a batch, [B, K, O].
  ///
  /// - Parameters:
  ///   - inputs: What the network looks at.
  ///   - pass: Whether this is a training pass, and its random numbers.
  func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float>
}

/// The extents of a network's input and output.
public struct NetworkExtents: Hashable, Sendable {
  /// T, the steps of history.
  public let inputLength: Int
  /// K, the steps to come.
  public let horizon: Int
  /// C, the channels of a step of history.
  public let historyChannelCount: Int
  /// C′, the channels of a step to come.
  public let futureChannelCount: Int
  /// S, the channels of a series.
  public let staticChannelCount: Int
  /// O, the outputs for each step to come.
  public let outputCount: Int
}
