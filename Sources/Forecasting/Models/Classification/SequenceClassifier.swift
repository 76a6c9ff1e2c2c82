internal import RealModule
import NeuralNetwork

/// A global network that answers, for each series, whether an event happens within the next H
/// steps: a customer buys nothing, an item is sold out.
///
/// ```swift
/// let classifier = SequenceClassifier(
///   of: .noSales, windows: WindowSpecification(horizon: 7),
///   architecture: GRUArchitecture(hiddenSize: 16))
/// let model = try classifier.fit(history)
/// let probabilities = try model.probabilities(after: history)
/// print(probabilities.values.count, probabilities["tote bag"] ?? .nan)
/// ```
///
/// It has the windows, features, encoding, and training of a ``NetworkForecaster``, and all its
/// architectures that aren't autoregressive. The network sees the steps before an origin, and the
/// columns that are known ahead at the H steps after it. The outcome is that of these H steps, as
/// ``SalesEvent`` defines it. Windows whose outcome isn't known are left out.
///
/// The loss is the binary cross-entropy, whose minimum is at the probabilities of the event. If one
/// step decides the event, such as a sale or a stock-out, the network learns the probability of each
/// step, and the outcome is that of all steps together; probabilities of such a step over the H
/// steps are at least 10⁻⁶. Results
/// are the same from run to run and at any number of threads, unless training has a time limit.
public struct SequenceClassifier<Architecture: ForecastArchitecture>: Sendable {
  /// The event.
  public let event: SalesEvent
  /// The steps in which the event may happen, and the input of the network.
  ///
  /// By default, features are those of ``FeatureSet/automatic(for:seasonLength:)-(Panel,_)``, and
  /// the ``StockOutFlag`` if there are stock-outs. Windows are in units of the mean size of their
  /// values, ``WindowBase/seasonalMeans``.
  public let windows: WindowSpecification
  /// The architecture of the network, and its sizes.
  public let architecture: Architecture
  /// The configuration of the training. A time limit is divided equally among the networks.
  public let training: NetworkTraining
  /// The weight in the loss of windows in which the event happens, such as the ratio of the others
  /// to them if it is rare.
  ///
  /// Probabilities are corrected for the weight, so that they stay those of the event. A weight
  /// therefore doesn't replace the choice of a threshold.
  public var positiveWeight = 1.0
  /// The number of last origins that are held out to choose the epoch with the lowest loss, or nil
  /// for none, so that training uses all windows and the weights of the last epoch.
  ///
  /// No step after the first of these origins is used in training, so that outcomes don't overlap.
  public var validationSteps: Int?
  /// The progress that is shown on standard error during training.
  public var progress = TrainingProgress.none
  /// A Boolean value that indicates whether Ctrl-C ends the training early instead of the process.
  public var stopsOnInterrupt = false

  /// Creates a classifier.
  ///
  /// Stops the program if a number is out of range, if the architecture is an
  /// ``AutoregressiveNetwork``, which would see the future sales, or if the training has a window
  /// weighting or a treatment of stock-outs, which are those of forecasts.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - windows: The steps in which the event may happen, and the input of the network.
  ///   - architecture: The architecture of the network. By default, it has the default sizes.
  ///   - training: The configuration of the training.
  public init(
    of event: SalesEvent, windows: WindowSpecification,
    architecture: Architecture = Architecture(), training: NetworkTraining = NetworkTraining()
  ) {
    if let fault = windows.fault ?? architecture.fault ?? training.fault {
      fatalError("SequenceClassifier: a number is out of its range: \(fault)")
    }
    guard !(Architecture.Network.self is any AutoregressiveNetwork.Type) else {
      fatalError(
        "SequenceClassifier: expected a network that isn't autoregressive, such as an LSTM or a "
          + "TCN, got \(Architecture.name)")
    }
    guard training.weighting == nil, training.stockOuts == .masked else {
      fatalError(
        "SequenceClassifier: expected a training without a window weighting and with masked "
          + "stock-outs, which are those of forecasts")
    }
    self.event = event
    self.windows = windows
    self.architecture = architecture
    self.training = training
  }

  /// Trains a network on all windows of the panel's series whose outcome is known.
  ///
  /// Stops the program if ``positiveWeight`` isn't positive and finite, or if ``validationSteps``
  /// is less than 1.
  ///
  /// - Throws: `ForecastError` if no series is long enough for a window, or if no series has an
  ///   observed value; `ClassificationError` if the event happens in all windows or in none, or if
  ///   the validation leaves no history; `CovariateError` and `HolidayError` if the panel lacks the
  ///   input of a feature or the column of the event; `TrainingError` if training diverges;
  ///   `CancellationError` if the surrounding task is canceled.
  public func fit(_ panel: Panel) throws -> FittedSequenceClassifier<Architecture> {
    guard positiveWeight > 0, positiveWeight.isFinite, validationSteps ?? 1 >= 1 else {
      fatalError(
        "SequenceClassifier.fit: expected a positive weight and at least 1 validation step, got "
          + "\(positiveWeight) and \(validationSteps ?? 0)")
    }
    let panel = try panel.selectingObserved(among: Array(panel.ids.indices))
    let split = try firstValidationOrigin(of: panel)
    let history = panel.slice(0..<split)
    let layout = layout(for: history)
    let table = try FeatureWindows(of: history, layout)
    let encoding = InputEncoding(
      fitting: table.table, window: layout.features.window,
      interactionSize: windows.interactionSize)
    let examples = try EventWindows(
      NetworkWindows(table, layout, encoding), of: event, origins: 0..<split,
      positiveWeight: positiveWeight)
    let head = try head(for: examples)
    let validation =
      validationSteps == nil
      ? nil
      : try EventWindows(
        NetworkWindows(FeatureWindows(of: panel, layout), layout, encoding), of: event,
        origins: split..<panel.calendar.count, positiveWeight: positiveWeight)
    if let validation, validation.count == 0 {
      throw ClassificationError.nothingKnown(
        event: event.name, windowCount: validation.unknownCount)
    }
    var training = training.chosen(for: history, head)
    let (members, end) = try trained(on: examples, validation, head, training)
    training.ensembleSize = members.count
    let specification = NetworkSpecification(
      layout: layout, architecture: architecture, head: head, training: training,
      encoding: encoding, isNonnegative: true, trainingEnd: end,
      frequency: panel.calendar.frequency, target: panel.target, trainedUntil: panel.calendar.end)
    return FittedSequenceClassifier(
      FittedNetworkForecaster(specification, network: NetworkEnsemble(members)), head)
  }

  /// Returns the first origin of the validation, or the end of the panel if there is none.
  private func firstValidationOrigin(of panel: Panel) throws(ClassificationError) -> Int {
    let count = panel.calendar.count
    guard let validationSteps else { return count }
    let needed = validationSteps + windows.horizon
    guard count >= needed else {
      throw .noValidation(stepCount: count, needed: needed)
    }
    return count - needed + 1
  }

  private func layout(for panel: Panel) -> WindowLayout {
    var windows = windows
    if windows.features == nil, panel.states.contains(.stockOut) {
      let usual = FeatureSet.automatic(
        for: panel, seasonLength: windows.seasonLengths(for: panel)[0])
      windows.features = FeatureSet(
        static: usual.static, past: usual.past + [StockOutFlag()], known: usual.known,
        window: usual.window)
    }
    return windows.layout(for: panel)
  }

  private func head(for examples: EventWindows) throws(ClassificationError) -> EventHead {
    guard examples.count > 0 else {
      throw .nothingKnown(event: event.name, windowCount: examples.unknownCount)
    }
    let share = Double(examples.positiveCount) / Double(examples.count)
    guard share > 0, share < 1 else {
      throw .oneClass(event: event.name, happens: share == 1, windowCount: examples.count)
    }
    return EventHead(
      event: event, logOdds: .log(share / (1 - share)), positiveWeight: positiveWeight)
  }

  /// Trains the networks of an ensemble, each from its own seed.
  private func trained(
    on examples: EventWindows, _ validation: EventWindows?, _ head: EventHead,
    _ training: NetworkTraining
  ) throws -> ([EmbeddedNetwork<Architecture.Network>], TrainingEnd) {
    let extents = NetworkExtents(examples.windows.layout, examples.windows.encoding, head)
    var members: [EmbeddedNetwork<Architecture.Network>] = []
    var end = TrainingEnd.completed
    for place in 0..<training.ensembleSize where end != .interrupted {
      var member = training
      member.seed = training.seed(ofMember: place)
      member.timeLimit = training.timeLimit.map { $0 / training.ensembleSize }
      var generator = Xoshiro256(seed: member.seed)
      let untrained = architecture.embeddedNetwork(
        extents, examples.windows.encoding, using: &generator)
      var trainer = member.trainer(
        of: untrained, windowCount: examples.count, progress: progress,
        stopsOnInterrupt: stopsOnInterrupt)
      let history = try trainer.fit(examples, validation: validation) { network, batch, pass in
        head.loss(of: network.forward(batch, &pass), batch)
      }
      members.append(trainer.model)
      end = history.end
    }
    return (members, end)
  }
}
