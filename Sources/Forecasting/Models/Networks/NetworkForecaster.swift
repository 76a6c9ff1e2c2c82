import NeuralNetwork

/// A global network: one network for all series, which sees each window in units of its own scale.
///
/// It is trained on windows from all series at once, so that large and small series count alike.
///
/// ```swift
/// let forecaster = LSTMForecaster(horizon: 28)
/// let model = try forecaster.fit(history)
/// let forecast = try model.forecast(from: history, horizon: 28)
/// ```
///
/// An architecture says which network, a head what its outputs mean; the rest is the same for all of them.
public struct NetworkForecaster<Architecture: ForecastArchitecture>: Forecaster {
  /// What the network looks at, and the steps that it forecasts.
  public let windows: WindowSpecification
  /// The kind of network, and its sizes.
  public let architecture: Architecture
  /// The meaning of the network's outputs, and the loss that follows from it; nil to choose it from the data
  /// with ``HeadChoice``.
  public let head: (any ForecastHead)?
  /// How the network is trained.
  public let training: NetworkTraining
  /// What is shown on standard error while training.
  public var progress = TrainingProgress.none
  /// A Boolean value that indicates whether Ctrl-C ends the training early instead of the process.
  public var stopsOnInterrupt = false

  /// Creates a forecaster. A number that is out of its range stops the program.
  ///
  /// - Parameters:
  ///   - windows: What the network looks at, and the steps that it forecasts.
  ///   - architecture: The kind of network; of the default sizes if not given.
  ///   - head: The meaning of the network's outputs; nil to choose it from the data.
  ///   - training: How the network is trained.
  public init(
    windows: WindowSpecification, architecture: Architecture = Architecture(),
    head: (any ForecastHead)? = nil,
    training: NetworkTraining = NetworkTraining()
  ) {
    if let fault = architecture.fault ?? training.fault {
      fatalError("NetworkForecaster: a number is out of its range: \(fault)")
    }
    self.windows = windows
    self.architecture = architecture
    self.head = head
    self.training = training
  }

  /// Creates a forecaster of so many steps, with the defaults for all else.
  public init(horizon: Int) { self.init(windows: WindowSpecification(horizon: horizon)) }

  /// Trains a network on all windows of the panel's series that are on sale.
  ///
  /// - Throws: `ForecastError` where no series is long enough for a window, one has no observed value, or the
  ///   trained network is far off the windows that it was trained on; `CovariateError` and `HolidayError`
  ///   where the panel lacks what a feature is computed from; `TrainingError` where training diverges;
  ///   `CancellationError` if the surrounding task is cancelled.
  public func fit(_ panel: Panel) throws -> FittedNetworkForecaster<Architecture> {
    let panel = try trainingPart(of: panel)
    let head = head ?? HeadChoice(for: panel).head
    try head.checkSigns(of: panel)
    let training = training.chosen(for: panel, head)
    let (examples, extents) = try examples(of: panel, head, training)
    let (network, end) = try ensemble(extents, on: examples, head, training)
    return FittedNetworkForecaster(
      layout: examples.layout, architecture: architecture, head: head, training: training,
      encoding: examples.encoding,
      isNonnegative: panel.eachSeries.allSatisfy { $0.values.allSatisfy { $0 >= 0 } },
      trainingEnd: end, frequency: panel.calendar.frequency, target: panel.target,
      trainedUntil: panel.calendar.end, network: network)
  }

  public func lookback(for panel: Panel) -> Int? { windows.layout(for: panel).inputLength }

  /// Returns the series that a network can learn from: those on sale that have an observed value.
  private func trainingPart(of panel: Panel) throws(ForecastError) -> Panel {
    let kept = panel.onSale.filter { panel.series(at: $0).observedCount > 0 }
    if kept.isEmpty, let id = panel.ids.first { throw .nothingObserved(id: id) }
    return kept.count == panel.seriesCount ? panel : panel.selecting(kept)
  }

  /// Returns the windows that a network is trained on, and the extents of the network.
  package func examples(of panel: Panel) throws -> (NetworkWindows, NetworkExtents) {
    let head = head ?? HeadChoice(for: panel).head
    return try examples(of: panel, head, training.chosen(for: panel, head))
  }

  private func examples(
    of panel: Panel, _ head: any ForecastHead, _ training: NetworkTraining
  ) throws -> (NetworkWindows, NetworkExtents) {
    let layout = windows.layout(for: panel)
    let windows = try FeatureWindows(
      of: panel, layout.features, inputLength: layout.inputLength, horizon: layout.horizon,
      minimumHistory: layout.minimumHistory)
    let encoding = InputEncoding(fitting: windows.table, window: layout.features.window)
    return (
      NetworkWindows(windows, layout, encoding, weighting: training.weighting ?? .equal),
      NetworkExtents(layout, encoding, head)
    )
  }

  /// Trains the networks of an ensemble, each from a seed of its own.
  private func ensemble(
    _ extents: NetworkExtents, on windows: NetworkWindows, _ head: any ForecastHead,
    _ training: NetworkTraining
  ) throws -> (NetworkEnsemble<Architecture.Network>, TrainingEnd) {
    var members: [EmbeddedNetwork<Architecture.Network>] = []
    var end = TrainingEnd.completed
    for place in 0..<training.ensembleSize where end != .interrupted {
      var training = training
      training.seed = training.seed(ofMember: place)
      var generator = Xoshiro256(seed: training.seed)
      let untrained = architecture.embeddedNetwork(extents, windows.encoding, using: &generator)
      let (network, endOfMember) = try trained(untrained, on: windows, head, training)
      try checkConvergence(of: network, on: windows, head)
      members.append(network)
      end = endOfMember
    }
    return (NetworkEnsemble(members), end)
  }

  private func trained(
    _ network: EmbeddedNetwork<Architecture.Network>, on windows: NetworkWindows,
    _ head: any ForecastHead, _ training: NetworkTraining
  ) throws -> (EmbeddedNetwork<Architecture.Network>, TrainingEnd) {
    var trainer = Trainer(
      model: network, optimizer: Adam(learningRate: training.learningRate),
      options: options(training))
    let history = try trainer.fit(windows) { network, batch, pass in
      head.loss(of: network.forward(batch.inputs, &pass), batch.targets)
    }
    return (trainer.model, history.end)
  }

  private func options(_ training: NetworkTraining) -> TrainingOptions {
    // The numbers that were nil have been chosen.
    let (epochs, stepsPerEpoch) = (training.epochs, training.stepsPerEpoch!)
    return TrainingOptions(
      epochs: epochs, batchSize: training.batchSize!, stepsPerEpoch: stepsPerEpoch,
      gradientClipping: .norm(1), schedule: CosineAnnealing(stepCount: epochs * stepsPerEpoch),
      seed: training.seed, progress: progress, stopsOnInterrupt: stopsOnInterrupt)
  }
}

extension NetworkExtents {
  /// The extents that a layout, an encoding, and a head lead to.
  init(_ layout: WindowLayout, _ encoding: InputEncoding, _ head: any ForecastHead) {
    self.init(
      inputLength: layout.inputLength, horizon: layout.horizon,
      historyChannelCount: encoding.historyNumberCount + encoding.history.vectorChannelCount,
      futureChannelCount: encoding.futureNumberCount + encoding.future.vectorChannelCount,
      staticChannelCount: encoding.staticNumberCount + encoding.statics.vectorChannelCount,
      outputCount: head.outputCount)
  }
}
