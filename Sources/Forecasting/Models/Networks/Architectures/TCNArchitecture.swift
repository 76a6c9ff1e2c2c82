import NeuralNetwork

/// A temporal convolutional network (Bai et al. 2018), and a ``DirectDecoder`` that forecasts future
/// steps from its last step.
///
/// Each block doubles the distance between the steps that its convolutions read, so that the last
/// step of the top block depends on 1 + 2 (K − 1)(2ⁿ − 1) steps of the history for n blocks of kernel
/// size K. Only steps that it depends on are computed: a block sees every second step of the block
/// below. Unlike in the paper, weights are not normalized.
public struct TCNArchitecture: ForecastArchitecture, DropoutChoice {
  public static let name = "TCN"

  /// The number of channels, H, of each block.
  public var hiddenSize: Int
  /// The number of blocks.
  public var layerCount: Int
  /// The number of steps that a step of a convolution depends on, K.
  public var kernelSize: Int
  /// The dropout rate after each convolution in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(hiddenSize: Int, layerCount: Int = 4, kernelSize: Int = 3, dropout: Double = 0) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.kernelSize = kernelSize
    self.dropout = dropout
  }

  /// Creates an architecture with four blocks of 64 channels, which see 61 steps.
  public init() { self.init(hiddenSize: 64) }

  public var fault: String? {
    if !(1...1 << 10).contains(kernelSize) { return "kernelSize is \(kernelSize)" }
    // The distance between steps doubles with each block.
    if layerCount > 24, sizeFault == nil { return "layerCount is \(layerCount)" }
    return sizeFault ?? dropoutFault(dropout)
  }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    let channels = extents.historyChannelCount
    let skip = channels == hiddenSize ? 0 : denseWeightCount(channels, hiddenSize)
    let convolutions = denseWeightCount(channels * kernelSize, hiddenSize)
    return skip + convolutions
      + (2 * layerCount - 1) * denseWeightCount(hiddenSize * kernelSize, hiddenSize)
      + DirectDecoder.weightCount(hiddenSize: hiddenSize, extents)
      + denseWeightCount(hiddenSize, extents.outputCount)
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> TCNNetwork {
    TCNNetwork(self, extents, using: &generator)
  }
}

/// The network of a ``TCNArchitecture``.
public struct TCNNetwork: ForecastNetwork {
  private var blocks: [TCNBlock]
  private let kernelSize: Int
  private var decoder: DirectDecoder
  private var output: Dense<Float>

  fileprivate init(
    _ architecture: TCNArchitecture, _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) {
    let hiddenSize = architecture.hiddenSize
    kernelSize = architecture.kernelSize
    blocks = (0..<architecture.layerCount).map { place in
      TCNBlock(
        inputSize: place == 0 ? extents.historyChannelCount : hiddenSize, hiddenSize: hiddenSize,
        kernelSize: architecture.kernelSize, dropout: architecture.dropout, using: &generator)
    }
    decoder = DirectDecoder(
      hiddenSize: hiddenSize, staticCount: extents.staticChannelCount,
      channelCount: extents.futureChannelCount, using: &generator)
    output = Dense(
      inputSize: hiddenSize, outputSize: extents.outputCount, initializer: .zeros,
      using: &generator)
  }

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in blocks.indices { visit("encoder.\(place)", &blocks[place]) }
    visit("decoder", &decoder)
    visit("output", &output)
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    let state = lastStep(of: inputs.history, &pass)  // [B, H]
    let states = decoder.states(from: state, over: inputs, &pass)  // [B, K, H]
    return output.forward(states, &pass)  // [B, K, O]
  }

  /// Returns the last step of the top block, [B, T, C] → [B, H].
  private func lastStep(of history: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    var steps = history
    for (place, block) in blocks.enumerated() {
      let count = steps.shape[1]
      if place > 0 {
        steps = steps.gathered(at: Array(stride(from: (count - 1) % 2, to: count, by: 2)), axis: 1)
      }
      let needed = 1 + 2 * (kernelSize - 1) * (1 << (blocks.count - place) - 1)
      steps = block.forward(steps.lastSteps(needed), &pass)
    }
    return steps.lastSteps(1).squeezingShape(at: 1)
  }
}

extension Tensor {
  /// Returns the last steps, at most `count`, [B, T, C] → [B, min(T, count), C].
  fileprivate func lastSteps(_ count: Int) -> Tensor {
    count < shape[1] ? slice(axis: 1, (shape[1] - count)..<shape[1]) : self
  }
}
