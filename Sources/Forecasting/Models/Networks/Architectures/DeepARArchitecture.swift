import NeuralNetwork

/// An autoregressive recurrent network whose forecasts are sample paths (DeepAR; Salinas, Flunkert,
/// Gasthaus & Januschowski 2020).
///
/// One LSTM runs over the past and the future steps. At each step it sees the value of the step
/// before, and the other channels of the step and of the series, projected to a few numbers. The
/// projection is computed once for all paths of a series, so that a step of a path takes little time.
///
/// The loss counts the steps of the horizon, at which the network sees the actual value of the step
/// before. Past steps only lead to the state after the history. (The paper's loss also counts past
/// steps. Here, windows start at all steps of a series, so that each step is in the horizon of some
/// windows, and heads start from a profile that past steps don't have.)
public struct DeepARArchitecture: ForecastArchitecture, DropoutChoice {
  public static let name = "DeepAR"

  /// The number of units, H, of each layer.
  public var hiddenSize: Int
  /// The number of layers of the LSTM.
  public var layerCount: Int
  /// The number of channels, E, to which the channels of a step and of the series are projected.
  public var projectedSize: Int
  /// The dropout rate between layers in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(
    hiddenSize: Int, layerCount: Int = 1, projectedSize: Int = 24, dropout: Double = 0
  ) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.projectedSize = projectedSize
    self.dropout = dropout
  }

  /// Creates an architecture with one layer of 48 units.
  public init() { self.init(hiddenSize: 48) }

  public var fault: String? {
    if !(1...1 << 14).contains(projectedSize) { return "projectedSize is \(projectedSize)" }
    return sizeFault ?? dropoutFault(dropout)
  }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    let statics = extents.staticChannelCount
    return denseWeightCount(extents.historyChannelCount - 1 + statics, projectedSize)
      + denseWeightCount(extents.futureChannelCount + statics, projectedSize)
      + recurrentWeightCount(gateCount: LSTM<Float>.gateCount, inputSize: 2 + projectedSize)
      + denseWeightCount(hiddenSize, extents.outputCount)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> DeepARNetwork {
    DeepARNetwork(self, extents, using: &generator)
  }
}

/// The network of a ``DeepARArchitecture``.
public struct DeepARNetwork: AutoregressiveNetwork {
  /// The projections of the channels of past and future steps.
  private var historyProjection, futureProjection: Dense<Float>
  private var lstm: LSTM<Float>
  private var output: Dense<Float>

  fileprivate init(
    _ architecture: DeepARArchitecture, _ extents: NetworkExtents,
    using generator: inout Xoshiro256
  ) {
    let (statics, width) = (extents.staticChannelCount, architecture.projectedSize)
    historyProjection = Dense(
      inputSize: extents.historyChannelCount - 1 + statics, outputSize: width, using: &generator)
    futureProjection = Dense(
      inputSize: extents.futureChannelCount + statics, outputSize: width, using: &generator)
    lstm = LSTM(
      inputSize: 2 + width, hiddenSize: architecture.hiddenSize,
      layerCount: architecture.layerCount, dropout: architecture.dropout, using: &generator)
    output = Dense(
      inputSize: architecture.hiddenSize, outputSize: extents.outputCount, initializer: .zeros,
      using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("historyProjection", &historyProjection)
    visit("futureProjection", &futureProjection)
    visit("lstm", &lstm)
    visit("output", &output)
  }

  public func encoded(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> EncodedHistory {
    let past = inputs.pastTargetWithMask
    let (count, length) = (past.shape[0], past.shape[1])
    let previous = Tensor.concatenated(
      [.zeros([count, 1, 2]), past.slice(axis: 1, 0..<length - 1)], axis: 1)
    let steps = historyProjection.forward(inputs.pastWithStatics, &pass).relu()
    let (_, state) = lstm.forward(
      .concatenated([previous, steps], axis: 2), state: nil, &pass)
    return EncodedHistory(
      state: [state.hidden, state.cell],
      steps: futureProjection.forward(inputs.futureWithStatics, &pass).relu(), after: inputs)
  }

  public func advance(
    _ state: [Tensor<Float>], previous: Tensor<Float>, steps: Tensor<Float>,
    _ pass: inout ForwardPass
  ) -> (outputs: Tensor<Float>, state: [Tensor<Float>]) {
    let (hidden, next) = lstm.forward(
      .concatenated([previous, steps], axis: 2),
      state: LSTM.State(hidden: state[0], cell: state[1]), &pass)
    return (output.forward(hidden, &pass), [next.hidden, next.cell])
  }
}
