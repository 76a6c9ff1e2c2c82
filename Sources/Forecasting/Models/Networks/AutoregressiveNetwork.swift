import NeuralNetwork

/// A network that forecasts a step from the value of the step before.
///
/// In training, it sees the actual value of the step before (teacher forcing). In a forecast, values
/// are drawn from the head's distribution and fed back, so that each course of values is a sample
/// path; see ``FittedNetworkForecaster/paths(from:horizon:count:seed:)``. A head that can't be
/// sampled feeds its forecast back.
///
/// To add such a network, conform to this protocol instead of ``ForecastNetwork``: drawing, feeding
/// back, and training are provided.
public protocol AutoregressiveNetwork: ForecastNetwork {
  /// Reads the history of windows.
  ///
  /// - Parameters:
  ///   - inputs: The input of the network.
  ///   - pass: The pass.
  /// - Returns: The state after the history, and what the network sees of each future step besides
  ///   the value of the step before.
  func encoded(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> EncodedHistory

  /// Runs over future steps.
  ///
  /// - Parameters:
  ///   - state: The state before the steps, each tensor [L, B, H].
  ///   - previous: The value of the step before each step, in units of its window and compressed, and
  ///     its mask, [B, K, 2].
  ///   - steps: The channels of the steps, [B, K, E].
  ///   - pass: The pass.
  /// - Returns: The outputs of the steps, [B, K, O], and the state after them.
  func advance(
    _ state: [Tensor<Float>], previous: Tensor<Float>, steps: Tensor<Float>,
    _ pass: inout ForwardPass
  ) -> (outputs: Tensor<Float>, state: [Tensor<Float>])
}

/// The result of reading the history of B windows, from which an ``AutoregressiveNetwork`` runs over
/// their future steps.
public struct EncodedHistory: Sendable {
  /// The state after the history, each tensor [L, B, H].
  public var state: [Tensor<Float>]
  /// The channels of each future step, [B, K, E].
  public var steps: Tensor<Float>
  /// The last value of the history, in units of its window and compressed, and its mask, [B, 1, 2].
  public var last: Tensor<Float>

  /// Creates a result with the documented shapes.
  ///
  /// - Parameters:
  ///   - state: The state after the history, each tensor [L, B, H].
  ///   - steps: The channels of each future step, [B, K, E].
  ///   - inputs: The input of the network.
  public init(state: [Tensor<Float>], steps: Tensor<Float>, after inputs: NetworkInputs) {
    self.state = state
    self.steps = steps
    let length = inputs.history.shape[1]
    last = inputs.pastTargetWithMask.slice(axis: 1, length - 1..<length)
  }
}

extension AutoregressiveNetwork {
  /// Returns the outputs of windows of which only the history is known, [B, K, O].
  ///
  /// After the first step, the value of the step before is masked. A forecast feeds it back instead.
  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let unknown = Tensor<Float>.zeros([inputs.future.shape[0], inputs.future.shape[1], 2])
    return forward(inputs, values: unknown, &pass)
  }

  /// Returns the outputs of windows whose values are known, [B, K, O] (teacher forcing).
  ///
  /// - Parameters:
  ///   - inputs: The input of the network.
  ///   - targets: The actual values, of which each step sees that of the step before.
  ///   - pass: The pass.
  public func forward(
    _ inputs: NetworkInputs, knowing targets: WindowTargets, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    let known = (targets.values * targets.mask).signedLog()
    return forward(inputs, values: .stacked([known, targets.mask], axis: 2), &pass)
  }

  /// Returns the outputs of windows whose compressed values and masks are given, [B, K, 2].
  private func forward(
    _ inputs: NetworkInputs, values: Tensor<Float>, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    let start = encoded(inputs, &pass)
    let horizon = values.shape[1]
    let previous = Tensor.concatenated(
      [start.last, values.slice(axis: 1, 0..<horizon - 1)], axis: 1)
    return advance(start.state, previous: previous, steps: start.steps, &pass).outputs
  }
}

extension ForecastArchitecture {
  /// Chooses a head for the observed values of a panel: a distribution if the networks draw sample
  /// paths.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - levels: The levels of the quantiles to forecast, in ascending order, or empty for the mean
  ///     alone.
  public static func headChoice(for panel: Panel, levels: [Double] = []) -> HeadChoice {
    HeadChoice(
      for: panel, levels: levels, drawsPaths: Network.self is any AutoregressiveNetwork.Type)
  }
}
