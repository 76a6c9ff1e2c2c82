import NeuralNetwork

/// A time-series dense encoder (Das et al. 2023).
///
/// Residual blocks encode the past target, the other channels of all steps, each projected to a few
/// numbers, and the channels of the series. Further blocks decode a vector for each future step. A
/// last block, shared by all steps, forecasts a step from its vector and its channels. A linear map
/// of the past target is added to the result. Unlike in the paper, blocks have no layer normalization.
public struct TiDEArchitecture: ForecastArchitecture, DropoutChoice {
  public static let name = "TiDE"

  /// The number of units, H, of each block of the encoder and of the decoder.
  public var hiddenSize: Int
  /// The number of blocks of the encoder, and of the decoder.
  public var layerCount: Int
  /// The length of the vector of a future step.
  public var stepSize: Int
  /// The number of units of the block that forecasts a step.
  public var stepHiddenSize: Int
  /// The number of channels to which the channels of a step are projected.
  public var projectedSize: Int
  /// The dropout rate of each block in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(
    hiddenSize: Int, layerCount: Int = 1, stepSize: Int = 16, stepHiddenSize: Int = 32,
    projectedSize: Int = 4, dropout: Double = 0
  ) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.stepSize = stepSize
    self.stepHiddenSize = stepHiddenSize
    self.projectedSize = projectedSize
    self.dropout = dropout
  }

  /// Creates an architecture with blocks of 128 units.
  public init() { self.init(hiddenSize: 128) }

  public var fault: String? {
    let sizes = [
      ("stepSize", stepSize), ("stepHiddenSize", stepHiddenSize),
      ("projectedSize", projectedSize),
    ]
    if let (name, size) = sizes.first(where: { !(1...1 << 14).contains($0.1) }) {
      return "\(name) is \(size)"
    }
    return sizeFault ?? dropoutFault(dropout)
  }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    func block(_ inputSize: Int, _ outputSize: Int) -> Int {
      ResidualBlock.weightCount(
        inputSize: inputSize, hiddenSize: hiddenSize, outputSize: outputSize)
    }
    return block(extents.historyChannelCount - 1, projectedSize)
      + block(extents.futureChannelCount, projectedSize)
      + block(encoderInputSize(extents), hiddenSize)
      + 2 * (layerCount - 1) * block(hiddenSize, hiddenSize)
      + block(hiddenSize, extents.horizon * stepSize)
      + ResidualBlock.weightCount(
        inputSize: stepSize + projectedSize, hiddenSize: stepHiddenSize,
        outputSize: extents.outputCount)
      + denseWeightCount(extents.inputLength, extents.horizon * extents.outputCount)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> TiDENetwork {
    TiDENetwork(self, extents, using: &generator)
  }

  /// Returns the number of inputs of the encoder: the past target, the projected channels of all
  /// steps, and the channels of the series.
  fileprivate func encoderInputSize(_ extents: NetworkExtents) -> Int {
    extents.inputLength + (extents.inputLength + extents.horizon) * projectedSize
      + extents.staticChannelCount
  }
}

/// The network of a ``TiDEArchitecture``.
public struct TiDENetwork: ForecastNetwork {
  private var historyProjection, futureProjection: ResidualBlock
  private var encoder, decoder: Sequential<Float>
  private var step: ResidualBlock
  private var skip: Dense<Float>
  private let horizon: Int

  fileprivate init(
    _ architecture: TiDEArchitecture, _ extents: NetworkExtents,
    using generator: inout Xoshiro256
  ) {
    horizon = extents.horizon
    let (hiddenSize, dropout) = (architecture.hiddenSize, architecture.dropout)
    func blocks(_ sizes: [Int], _ generator: inout Xoshiro256) -> [ResidualBlock] {
      zip(sizes, sizes.dropFirst()).map { inputSize, outputSize in
        ResidualBlock(
          inputSize: inputSize, hiddenSize: hiddenSize, outputSize: outputSize, dropout: dropout,
          using: &generator)
      }
    }
    let projectedSize = architecture.projectedSize
    historyProjection = blocks([extents.historyChannelCount - 1, projectedSize], &generator)[0]
    futureProjection = blocks([extents.futureChannelCount, projectedSize], &generator)[0]
    let hidden = Array(repeating: hiddenSize, count: architecture.layerCount)
    encoder = Sequential(blocks([architecture.encoderInputSize(extents)] + hidden, &generator))
    decoder = Sequential(blocks(hidden + [horizon * architecture.stepSize], &generator))
    step = ResidualBlock(
      inputSize: architecture.stepSize + projectedSize, hiddenSize: architecture.stepHiddenSize,
      outputSize: extents.outputCount, dropout: dropout, startsAtZero: true, using: &generator)
    skip = Dense(
      inputSize: extents.inputLength, outputSize: horizon * extents.outputCount,
      initializer: .zeros, using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("historyProjection", &historyProjection)
    visit("futureProjection", &futureProjection)
    visit("encoder", &encoder)
    visit("decoder", &decoder)
    visit("step", &step)
    visit("skip", &skip)
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let batch = inputs.history.shape[0]
    let target = inputs.pastTarget  // [B, T]
    let past = historyProjection.forward(inputs.pastWithoutTarget, &pass)  // [B, T, P]
    let future = futureProjection.forward(inputs.future, &pass)  // [B, K, P]
    let all = inputs.withStatics(
      .concatenated([target, past.flattenedRows, future.flattenedRows], axis: 1))
    let decoded = decoder.forward(encoder.forward(all, &pass), &pass)
    let steps = decoded.reshaped(to: [batch, horizon, decoded.shape[1] / horizon])
    let outputs = step.forward(.concatenated([steps, future], axis: 2), &pass)  // [B, K, O]
    return outputs + skip.forward(target, &pass).reshaped(to: outputs.shape)
  }
}
