import NeuralNetwork

/// Neural hierarchical interpolation (Challu et al. 2022).
///
/// Each block sees the maxima of short ranges of the history, and forecasts a few knots, between
/// which the steps are interpolated. It also returns a part of the history that it explains, which
/// the next block doesn't see. The forecasts of all blocks are added. The channels of past and future
/// steps are pooled like the target, as in neuralforecast.
public struct NHiTSArchitecture: ForecastArchitecture, DropoutChoice {
  /// The time scale of a block.
  public struct Scale: Sendable, Codable, Hashable {
    /// The number of steps of which a block sees the maximum.
    public var pooling: Int
    /// The number of future steps for each knot.
    public var downsampling: Int

    /// Creates a time scale.
    public init(pooling: Int, downsampling: Int) {
      self.pooling = pooling
      self.downsampling = downsampling
    }
  }

  public static let name = "NHiTS"

  /// The number of units, H, of each layer.
  public var hiddenSize: Int
  /// The number of layers of each block.
  public var layerCount: Int
  /// The time scales of the blocks, the coarsest one first.
  public var scales: [Scale]
  /// The dropout rate after each layer in training, from 0 to less than 1.
  public var dropout: Double

  /// Creates an architecture with the given sizes.
  public init(
    hiddenSize: Int, layerCount: Int = 2,
    scales: [Scale] = [
      Scale(pooling: 2, downsampling: 4), Scale(pooling: 2, downsampling: 2),
      Scale(pooling: 1, downsampling: 1),
    ], dropout: Double = 0
  ) {
    self.hiddenSize = hiddenSize
    self.layerCount = layerCount
    self.scales = scales
    self.dropout = dropout
  }

  /// Creates an architecture with three blocks of two layers of 64 units.
  public init() { self.init(hiddenSize: 64) }

  public var fault: String? {
    guard (1...64).contains(scales.count) else { return "the number of scales is \(scales.count)" }
    if let scale = scales.first(where: {
      !(1...1 << 20).contains($0.pooling) || !(1...1 << 20).contains($0.downsampling)
    }) {
      return "a scale has a pooling of \(scale.pooling) and a downsampling of \(scale.downsampling)"
    }
    return sizeFault ?? dropoutFault(dropout)
  }

  public func weightCount(_ extents: NetworkExtents) -> Int {
    scales.reduce(0) { count, scale in
      let outputSize = extents.inputLength + scale.knotCount(extents) * extents.outputCount
      return count
        + perceptronWeightCount(
          inputSize: scale.inputSize(extents), hiddenSize: hiddenSize, layerCount: layerCount)
        + denseWeightCount(hiddenSize, outputSize)
    }
  }

  public func network(
    _ extents: NetworkExtents, using generator: inout Xoshiro256
  ) -> NHiTSNetwork {
    NHiTSNetwork(
      blocks: scales.map { NHiTSBlock(self, $0, extents, using: &generator) })
  }
}

extension NHiTSArchitecture.Scale {
  /// Returns the number of knots of the forecast.
  func knotCount(_ extents: NetworkExtents) -> Int { max(extents.horizon / downsampling, 1) }

  /// Returns the number of inputs of a block.
  func inputSize(_ extents: NetworkExtents) -> Int {
    func pooled(_ length: Int) -> Int { (length + pooling - 1) / pooling }
    return pooled(extents.inputLength) * extents.historyChannelCount
      + pooled(extents.horizon) * extents.futureChannelCount + extents.staticChannelCount
  }
}

/// The network of an ``NHiTSArchitecture``.
public struct NHiTSNetwork: ForecastNetwork {
  var blocks: [NHiTSBlock]

  public mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in blocks.indices { visit("blocks.\(place)", &blocks[place]) }
  }

  public func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> Tensor<Float> {
    var rest = inputs.pastTarget  // [B, T]
    let (mask, others) = (inputs.pastMask, inputs.pastWithoutTarget)
    var forecast: Tensor<Float>?
    for block in blocks {
      let (explained, ofBlock) = block.forward(rest, others, inputs, &pass)
      rest = (rest - explained) * mask
      forecast = forecast.map { $0 + ofBlock } ?? ofBlock
    }
    return forecast!  // [B, K, O]
  }
}

/// A block of an ``NHiTSNetwork``.
struct NHiTSBlock: Module {
  private var layers: Sequential<Float>
  private var backcast: Dense<Float>
  private var forecast: Dense<Float>
  private let pooling: Int
  /// The weights of the knots at each step, [N, K].
  private let interpolation: Tensor<Float>

  fileprivate init(
    _ architecture: NHiTSArchitecture, _ scale: NHiTSArchitecture.Scale, _ extents: NetworkExtents,
    using generator: inout Xoshiro256
  ) {
    pooling = scale.pooling
    let (hiddenSize, knotCount) = (architecture.hiddenSize, scale.knotCount(extents))
    layers = .perceptron(
      inputSize: scale.inputSize(extents), hiddenSize: hiddenSize,
      layerCount: architecture.layerCount,
      dropout: architecture.dropout, using: &generator)
    backcast = Dense(inputSize: hiddenSize, outputSize: extents.inputLength, using: &generator)
    forecast = Dense(
      inputSize: hiddenSize, outputSize: extents.outputCount * knotCount, initializer: .zeros,
      using: &generator)
    interpolation = .linearInterpolation(from: knotCount, to: extents.horizon)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("layers", &layers)
    visit("backcast", &backcast)
    visit("forecast", &forecast)
  }

  /// Returns the part of the history that the block explains, [B, T], and its forecast, [B, K, O].
  ///
  /// - Parameters:
  ///   - target: The part of the past target that earlier blocks leave, [B, T].
  ///   - others: The other channels of past steps, [B, T, C − 1].
  ///   - inputs: The input of the network, of which the channels of future steps and of the series
  ///     are used.
  ///   - pass: The pass.
  fileprivate func forward(
    _ target: Tensor<Float>, _ others: Tensor<Float>, _ inputs: NetworkInputs,
    _ pass: inout ForwardPass
  ) -> (explained: Tensor<Float>, forecast: Tensor<Float>) {
    let pooled = [target.expandingShape(at: 2), others, inputs.future].map {
      $0.maxima(ofRanges: pooling).flattenedRows
    }
    let state = layers.forward(inputs.withStatics(.concatenated(pooled, axis: 1)), &pass)
    let knots = forecast.forward(state, &pass)  // [B, O · N]
    let (batch, knotCount) = (knots.shape[0], interpolation.shape[0])
    let outputs = matmul(
      knots.reshaped(to: [batch, knots.shape[1] / knotCount, knotCount]), interpolation)
    return (backcast.forward(state, &pass), outputs.transposed([0, 2, 1]))
  }
}

extension Tensor<Float> {
  /// Returns the maxima of ranges of steps, [B, T, C] → [B, ⌈T / length⌉, C]. The last range ends with
  /// the last step, and the first range may be shorter.
  fileprivate func maxima(ofRanges length: Int) -> Tensor {
    guard length > 1 else { return self }
    let (batch, steps, channels) = (shape[0], shape[1], shape[2])
    let first = steps % length
    var parts: [Tensor] = []
    if first > 0 { parts.append(slice(axis: 1, 0..<first).max(axes: [1], keepingAxes: true)) }
    if first < steps {
      let ranges = slice(axis: 1, first..<steps)
        .reshaped(to: [batch, steps / length, length, channels])
      parts.append(ranges.max(axes: [2]))
    }
    return parts.count == 1 ? parts[0] : .concatenated(parts, axis: 1)
  }

  /// Returns the weights of N knots at each of K steps, [N, K], as in PyTorch's `interpolate` with the
  /// mode `linear`.
  fileprivate static func linearInterpolation(from knotCount: Int, to stepCount: Int) -> Tensor {
    var weights = Tensor.zeros([knotCount, stepCount])
    weights.withUnsafeMutableBufferPointer { weights in
      for step in 0..<stepCount {
        let center = (Float(step) + 0.5) * Float(knotCount) / Float(stepCount) - 0.5
        let place = Swift.max(center, 0)
        let first = Swift.min(Int(place), knotCount - 1)
        let share = place - Float(first)
        weights[first * stepCount + step] += 1 - share
        weights[Swift.min(first + 1, knotCount - 1) * stepCount + step] += share
      }
    }
    return weights
  }
}
