import Forecasting
import NeuralNetwork

extension Suites {
  /// One epoch of the forecaster with its default settings and each decoder, over two years of a
  /// shop's sales.
  static var epoch: [Case] {
    let (seriesCount, dayCount) = (1000, 730)
    let (steps, B) = (50, 64)
    return LSTMArchitecture.Decoder.allCases.map { decoder in
      let forecaster = LSTMForecaster(
        windows: .init(horizon: 28, inputLength: 56),
        architecture: .init(hiddenSize: 64, decoder: decoder), head: EpochWork.head,
        training: .init(epochs: 1, stepsPerEpoch: steps, batchSize: B))
      let H = forecaster.architecture.hiddenSize
      return Case(
        suite: "epoch",
        name:
          "\(decoder), \(seriesCount)x\(dayCount), \(steps) steps B\(B) T56 K28 D16 H\(H)",
        operationCount: Double(steps) * forecaster.architecture.operationsPerStep(batchSize: B),
        isReferenceTimed: false
      ) {
        try EpochWork(
          forecaster, RandomSales.panel(seriesCount: seriesCount, dayCount: dayCount),
          batchSize: B, windowCount: steps * B)
      }
    }
  }
}

/// A workload whose calls train for one epoch, from the panel to the trained model. The check
/// compares one training step: the loss and the gradients of a batch of windows.
private struct EpochWork: Workload {
  static let head = PointHead(.huber(delta: 1))

  private let forecaster: LSTMForecaster
  private let panel: Panel
  private let batch: NetworkBatch
  private let windowCount: Int
  private let network: LSTMNetwork
  private let reference: ReferenceForecastNetwork

  init(
    _ forecaster: LSTMForecaster, _ panel: Panel, batchSize: Int, windowCount: Int
  ) throws {
    self.forecaster = forecaster
    self.windowCount = windowCount
    self.panel = panel
    let (windows, extents) = try forecaster.examples(of: panel)
    // The windows are spread over the whole panel.
    let distance = windows.count / batchSize
    batch = windows.batch((0..<batchSize).map { $0 * distance }[...])
    var generator = Xoshiro256(seed: 4)
    var network = forecaster.architecture.network(extents, using: &generator)
    // The last layer's weights are initially zeros, which would stop all gradients.
    network.forEachParameter { _, parameter in
      parameter += .uniform(parameter.shape, in: -0.1..<0.1, using: &generator)
    }
    self.network = network
    reference = ReferenceForecastNetwork(network, forecaster.architecture)
  }

  func run() throws { keep(try forecaster.fit(panel)) }

  func results() -> [(name: String, value: Tensor<Float>)] {
    let (loss, gradients) = valueWithGradient(at: network) { network in
      var pass = ForwardPass.inference
      return Self.head.loss(of: network.forward(batch.inputs, &pass), batch.targets)
    }
    return [("loss", loss)] + zip(gradients.names, gradients.values).map { ($0, $1) }
  }

  func referenceResults() -> [[Float]] { reference.lossAndGradients(batch, delta: 1) }

  func metrics(of timing: Timing) -> [Metric] {
    let rate = Double(windowCount) / timing.times.median
    return [Metric(name: "windows_per_s", value: rate, text: "\(rate.digits(3)) windows/s")]
  }
}

extension LSTMArchitecture {
  /// Forward and backward, of the encoder and the decoder, over windows of 56 steps and 28 to come with 16
  /// channels each.
  fileprivate func operationsPerStep(batchSize: Int) -> Double {
    let (B, H) = (Double(batchSize), Double(hiddenSize))
    let (T, K, D) = (56.0, 28.0, 16.0)
    let ofEncoder = T * 4 * H * (D + H)
    let ofDecoder =
      switch decoder {
      case .recurrent: K * 4 * H * (D + H)
      case .direct: H * H + K * H * D
      }
    return 3 * 2 * B * (ofEncoder + ofDecoder)
  }
}
