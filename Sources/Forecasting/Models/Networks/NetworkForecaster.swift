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
/// The architecture defines the network, and the head defines the interpretation of its outputs.
/// Everything else is shared.
public struct NetworkForecaster<Architecture: ForecastArchitecture>: Forecaster {
  /// The steps to forecast, and the input of the network.
  public let windows: WindowSpecification
  /// The architecture of the network, and its sizes.
  public let architecture: Architecture
  /// The interpretation of the network's outputs, which determines the loss, or nil to choose it
  /// from the data with ``HeadChoice``.
  public let head: (any ForecastHead)?
  /// The levels of the quantiles of a head that is chosen from the data, or an empty array for the mean
  /// alone.
  public var quantileLevels: [Double] = []
  /// The configuration of the training.
  public private(set) var training: NetworkTraining
  /// The progress that is shown on standard error during training.
  public var progress = TrainingProgress.none
  /// A Boolean value that indicates whether Ctrl-C ends the training early instead of the process.
  public var stopsOnInterrupt = false
  /// A function that returns the observer of each network's training, or nil for none.
  public var observation: NetworkObservation?

  /// Creates a forecaster. Stops the program if a number is out of range.
  ///
  /// - Parameters:
  ///   - windows: The steps to forecast, and the input of the network.
  ///   - architecture: The architecture of the network. By default, it has the default sizes.
  ///   - head: The interpretation of the network's outputs, or nil to choose it from the data.
  ///   - training: The configuration of the training.
  public init(
    windows: WindowSpecification, architecture: Architecture = Architecture(),
    head: (any ForecastHead)? = nil,
    training: NetworkTraining = NetworkTraining()
  ) {
    if let fault = windows.fault ?? architecture.fault ?? training.fault {
      fatalError("NetworkForecaster: a number is out of its range: \(fault)")
    }
    self.windows = windows
    self.architecture = architecture
    self.head = head
    self.training = training
  }

  /// Creates a forecaster with a horizon in steps, and defaults for everything else.
  public init(horizon: Int) { self.init(windows: WindowSpecification(horizon: horizon)) }

  /// Trains a network on all windows of the panel's series that are on sale.
  ///
  /// - Throws: `ForecastError` if no series is long enough for a window, if a series has no
  ///   observed value, or if the trained network's error on its training windows is too large;
  ///   `CovariateError` and `HolidayError` if the panel lacks the input of a feature;
  ///   `TrainingError` if training diverges; `CancellationError` if the surrounding task is
  ///   canceled.
  public func fit(_ panel: Panel) throws -> FittedNetworkForecaster<Architecture> {
    let start = ContinuousClock.now
    let panel = try panel.selectingObserved(among: panel.onSale).leavingOutClosedZeros()
    let head = chosenHead(for: panel)
    try head.checkSigns(of: panel)
    var training = training.chosen(for: panel, head)
    let (examples, extents) = try examples(of: panel, head, training)
    let (network, end) = try ensemble(
      extents, on: examples, of: panel, head, training, from: start)
    training.ensembleSize = network.members.count
    let specification = NetworkSpecification(
      layout: examples.layout, architecture: architecture, head: head, training: training,
      encoding: examples.encoding,
      isNonnegative: panel.isNonnegative,
      trainingEnd: end, frequency: panel.calendar.frequency, target: panel.target,
      trainedUntil: panel.calendar.end)
    return FittedNetworkForecaster(specification, network: network)
  }

  public func lookback(for panel: Panel) -> Int? { windows.inputLength(for: panel) }

  /// Returns the forecaster with a ``NetworkTraining/timeLimit``.
  public func limited(to time: Duration) -> NetworkForecaster? {
    var limited = self
    limited.training.timeLimit = max(time, .milliseconds(1))
    return limited
  }

  private func chosenHead(for panel: Panel) -> any ForecastHead {
    head ?? Architecture.headChoice(for: panel, levels: quantileLevels).head
  }

  /// Returns the windows that a network is trained on, and the extents of the network.
  package func examples(of panel: Panel) throws -> (NetworkWindows, NetworkExtents) {
    let head = chosenHead(for: panel)
    return try examples(of: panel, head, training.chosen(for: panel, head))
  }

  private func examples(
    of panel: Panel, _ head: any ForecastHead, _ training: NetworkTraining
  ) throws -> (NetworkWindows, NetworkExtents) {
    let layout = windows.layout(
      for: panel, isForNonnegativeValues: head.isForNonnegativeValues)
    let interactionSize = windows.interactionSize
    let windows = try FeatureWindows(of: panel, layout)
    let encoding = InputEncoding(
      fitting: windows.table, window: layout.features.window, interactionSize: interactionSize)
    return (
      NetworkWindows(
        windows, layout, encoding, weighting: training.weighting ?? .equal,
        stockOuts: training.stockOuts),
      NetworkExtents(layout, encoding, head)
    )
  }

  /// Trains the networks of an ensemble, each from its own seed.
  private func ensemble(
    _ extents: NetworkExtents, on windows: NetworkWindows, of panel: Panel,
    _ head: any ForecastHead, _ training: NetworkTraining, from start: ContinuousClock.Instant
  ) throws -> (NetworkEnsemble<Architecture.Network>, TrainingEnd) {
    var members: [EmbeddedNetwork<Architecture.Network>] = []
    var end = TrainingEnd.completed
    func untrained(_ place: Int) -> EmbeddedNetwork<Architecture.Network> {
      var generator = Xoshiro256(seed: training.seed(ofMember: place))
      return architecture.embeddedNetwork(extents, windows.encoding, using: &generator)
    }
    var silent = self
    silent.progress = .none
    var time = try training.timeLimit.map {
      try EnsembleTime($0, from: start, training) {
        _ = try silent.trained(untrained(0), on: windows, head, $0, nil)
      }
    }
    let count = time?.networkCount ?? training.ensembleSize
    for place in 0..<count where end != .interrupted {
      var member = training
      member.seed = training.seed(ofMember: place)
      member.timeLimit = time?.next()
      let observer = try observation?(
        NetworkFit(of: architecture, member: place, on: windows, panel, head, member))
      let (network, endOfMember) = try trained(
        untrained(place), on: windows, head, member, observer)
      try checkConvergence(of: network, on: windows, head)
      members.append(network)
      end = endOfMember
    }
    return (NetworkEnsemble(members), end)
  }

  private func trained(
    _ network: EmbeddedNetwork<Architecture.Network>, on windows: NetworkWindows,
    _ head: any ForecastHead, _ training: NetworkTraining, _ observer: (any TrainingObserver)?
  ) throws -> (EmbeddedNetwork<Architecture.Network>, TrainingEnd) {
    var trainer = training.trainer(
      of: network, windowCount: windows.count, progress: progress,
      stopsOnInterrupt: stopsOnInterrupt)
    trainer.observer = observer
    let history = try trainer.fit(windows) { network, batch, pass in
      head.loss(of: network.forward(batch, &pass), batch)
    }
    return (trainer.model, history.end)
  }
}

extension NetworkExtents {
  /// Creates the extents that follow from a layout, an encoding, and a head.
  init(_ layout: WindowLayout, _ encoding: InputEncoding, _ head: any ForecastHead) {
    self.init(
      inputLength: layout.inputLength, horizon: layout.horizon,
      historyChannelCount: encoding.historyChannelCount,
      futureChannelCount: encoding.futureChannelCount,
      staticChannelCount: encoding.staticChannelCount, outputCount: head.outputCount)
  }
}

extension Panel {
  /// Returns the panel of those of some series that have an observed value, which a network can
  /// learn from.
  func selectingObserved(among indices: [Int]) throws(ForecastError) -> Panel {
    let kept = indices.filter { series(at: $0).observedCount > 0 }
    if kept.isEmpty, let id = ids.first { throw .nothingObserved(id: id) }
    return kept.count == seriesCount ? self : selecting(kept)
  }
}
