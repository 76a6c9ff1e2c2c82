import NeuralNetwork

/// A description of the training of one network, from which a log gets its name and its text.
public struct NetworkFit: Sendable {
  /// The name of the architecture, such as `LSTM`.
  public let architecture: String
  /// The index of the network in its ensemble.
  public let member: Int
  /// The calendar of the panel that the network is trained on.
  public let calendar: RegularCalendar
  /// The number of series of that panel.
  public let seriesCount: Int
  /// The configuration of the network and of its training as names and values, for a table.
  public let settings: [(name: String, value: String)]

  init<Architecture: ForecastArchitecture>(
    of architecture: Architecture, member: Int, on windows: NetworkWindows, _ panel: Panel,
    _ head: any ForecastHead, _ training: NetworkTraining
  ) {
    self.architecture = Architecture.name
    self.member = member
    calendar = panel.calendar
    seriesCount = panel.seriesCount
    let layout = windows.layout
    settings = [
      ("architecture", Architecture.name), ("hidden size", "\(architecture.hiddenSize)"),
      ("layers", "\(architecture.layerCount)"), ("input length", "\(layout.inputLength)"),
      ("horizon", "\(layout.horizon)"), ("season length", "\(layout.seasonLength)"),
      ("windows start from", "\(layout.base)"), ("head", "\(head)"),
      ("weighting", "\(training.weighting ?? head.weighting)"),
      ("stock-outs", "\(training.stockOuts)"),
      ("series", "\(panel.seriesCount)"), ("windows", "\(windows.count)"),
      ("frequency", "\(panel.calendar.frequency)"),
      ("first step", panel.calendar.label(at: 0)),
      ("last step", panel.calendar.label(at: panel.calendar.count - 1)),
      ("networks", "\(training.ensembleSize)"), ("seed", "\(training.seed)"),
    ]
  }
}

/// A function that returns the observer of a network's training, such as a log for TensorBoard, or nil
/// for none. An error that it throws ends the training.
public typealias NetworkObservation =
  @Sendable (NetworkFit) throws -> (any TrainingObserver)?
