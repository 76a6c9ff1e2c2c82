import Forecasting
import NeuralNetwork

extension Suites {
  /// One epoch of the forecaster with its own settings and either decoder, over two years of a shop's
  /// sales.
  static var epoch: [Case] {
    let (seriesCount, dayCount) = (1000, 730)
    return LSTMForecasterConfiguration.Decoder.allCases.map { decoder in
      let configuration = LSTMForecasterConfiguration(horizon: 28, decoder: decoder, epochs: 1)
      let shapes =
        "B\(configuration.batchSize) T\(configuration.inputLength) K\(configuration.horizon) "
        + "D\(WindowLayout.historyFeatureCount) H\(configuration.hiddenSize)"
      return Case(
        suite: "epoch",
        name:
          "\(decoder), \(seriesCount)x\(dayCount), \(configuration.stepsPerEpoch) steps \(shapes)",
        operationCount: Double(configuration.stepsPerEpoch) * configuration.operationsPerStep,
        isReferenceTimed: false
      ) {
        EpochWork(
          configuration,
          RandomSales.panel(seriesCount: seriesCount, dayCount: dayCount))
      }
    }
  }
}

/// A call is a fit of one epoch, from the panel to the trained model. What is checked is one of its
/// training steps: loss and gradients of a batch of windows.
private struct EpochWork: Workload {
  private let configuration: LSTMForecasterConfiguration
  private let panel: Panel
  private let batch: WindowBatch
  private let network: ForecastNetwork
  private let reference: ReferenceForecastNetwork

  init(_ configuration: LSTMForecasterConfiguration, _ panel: Panel) {
    self.configuration = configuration
    self.panel = panel
    let windows = ForecastWindows(panel, configuration.layout)
    // Windows from all over the panel.
    let distance = windows.count / configuration.batchSize
    batch = windows.batch((0..<configuration.batchSize).map { $0 * distance }[...])
    var generator = Xoshiro256(seed: 4)
    var network = ForecastNetwork(configuration, using: &generator)
    // The last layer's weights start as zeros, which would let no gradient through.
    network.forEachParameter { _, parameter in
      parameter += .uniform(parameter.shape, in: -0.1..<0.1, using: &generator)
    }
    self.network = network
    reference = ReferenceForecastNetwork(network, configuration)
  }

  func run() throws { keep(try LSTMForecaster(configuration).fit(panel)) }

  func results() -> [(name: String, value: Tensor<Float>)] {
    let delta = Float(configuration.huberDelta)
    let (loss, gradients) = valueWithGradient(at: network) { network in
      var pass = ForwardPass.inference
      return huber(
        network.forward(batch, &pass), batch.targets, delta: delta, weights: batch.targetMask)
    }
    return [("loss", loss)] + zip(gradients.names, gradients.values).map { ($0, $1) }
  }

  func referenceResults() -> [[Float]] {
    reference.lossAndGradients(batch, delta: Float(configuration.huberDelta))
  }

  func metrics(of timing: Timing) -> [Metric] {
    let windowCount = Double(configuration.stepsPerEpoch * configuration.batchSize)
    let rate = windowCount / timing.times.median
    return [Metric(name: "windows_per_s", value: rate, text: "\(rate.digits(3)) windows/s")]
  }
}

extension LSTMForecasterConfiguration {
  /// Forward and backward, of the encoder and the decoder.
  fileprivate var operationsPerStep: Double {
    let (B, H) = (Double(batchSize), Double(hiddenSize))
    let ofEncoder =
      Double(inputLength) * 4 * H * (Double(WindowLayout.historyFeatureCount) + H)
    let (K, D) = (Double(horizon), Double(WindowLayout.futureFeatureCount))
    let ofDecoder =
      switch decoder {
      case .recurrent: K * 4 * H * (D + H)
      case .direct: H * H + K * H * D
      }
    return 3 * 2 * B * (ofEncoder + ofDecoder)
  }
}
