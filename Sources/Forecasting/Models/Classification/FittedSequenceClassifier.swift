internal import RealModule
import NeuralNetwork

/// A trained ``SequenceClassifier``.
public struct FittedSequenceClassifier<Architecture: ForecastArchitecture>: Sendable {
  /// The networks, whose forecasts are probabilities.
  private let model: FittedNetworkForecaster<Architecture>
  private let head: EventHead

  init(_ model: FittedNetworkForecaster<Architecture>, _ head: EventHead) {
    self.model = model
    self.head = head
  }

  /// The event.
  public var event: SalesEvent { head.event }
  /// The share of windows of training in which the event happens.
  public var trainingShare: Double { 1 / (1 + .exp(-head.logOdds)) }
  /// The lengths and the features of its windows.
  public var layout: WindowLayout { model.layout }
  /// The first day after the panel that it was trained on, or nil if it isn't known.
  public var trainedUntil: CalendarDate? { model.trainedUntil }
  /// The reason why training ended, or nil if it isn't known.
  public var trainingEnd: TrainingEnd? { model.trainingEnd }

  /// Returns the probability of each series that the event happens in the H steps after a history.
  ///
  /// - Throws: `ForecastError` if the panel has another frequency or target than the training
  ///   panel, or if a series has no observed value in its window; `CovariateError` and
  ///   `HolidayError` if the panel lacks the input of a feature; `CancellationError` if the
  ///   surrounding task is canceled.
  public func probabilities(after history: Panel) throws -> EventProbabilities {
    try model.trainingPanel.check(history, horizon: layout.horizon)
    var values: [Double] = []
    try model.forEachBatch(of: model.latestWindows(of: history)) { _, batch in
      values += probabilities(of: batch.replacingTargets())
    }
    return EventProbabilities(ids: history.ids, values: values)
  }

  /// Compares the probabilities at past origins with what happened.
  ///
  /// The origins are all steps of the panel from ``trainedUntil`` on after which it has H steps, so
  /// that no outcome was seen in training. (Of hours, they start on the day after it.) The panel
  /// also contains the history before them. The inputs at an origin are those of
  /// ``probabilities(after:)`` with the steps before it, so that its result is the same up to
  /// rounding.
  ///
  /// - Throws: `ClassificationError.nothingHeldOut` if there is no such origin, and
  ///   `ClassificationError.nothingKnown` if no outcome is known; `ForecastError` if the panel has
  ///   another frequency or target than the training panel; `CovariateError` and `HolidayError` if
  ///   the panel lacks the input of a feature or the column of the event.
  public func evaluate(on panel: Panel) throws -> ClassifierEvaluation {
    try model.trainingPanel.checkMeaning(of: panel)
    let (calendar, horizon) = (panel.calendar, layout.horizon)
    let first = calendar.firstStep(after: trainedUntil)
    guard first + horizon <= calendar.count else {
      throw ClassificationError.nothingHeldOut(
        trainedUntil: trainedUntil ?? calendar.start, end: calendar.end, horizon: horizon)
    }
    let windows = try EventWindows(
      model.pastWindows(of: panel), of: event, origins: first..<calendar.count)
    guard windows.count > 0 else {
      throw ClassificationError.nothingKnown(
        event: event.name, windowCount: windows.unknownCount)
    }
    let places = Array(0..<windows.count)
    var values: [Double] = []
    for first in stride(from: 0, to: windows.count, by: 512) {
      try Task.checkCancellation()
      values += probabilities(
        of: windows.batch(places[first..<min(first + 512, windows.count)]))
    }
    let origins = windows.numbers.map { windows.windows.windows.origin(of: $0) }
    return ClassifierEvaluation(
      windows: zip(origins, zip(values, windows.outcomes)).map { origin, result in
        ClassifierEvaluation.Window(
          id: panel.ids[origin.series], origin: origin.step, probability: result.0,
          happened: result.1)
      }, unknownCount: windows.unknownCount)
  }

  private func probabilities(of batch: NetworkBatch) -> [Double] {
    model.network.prediction(for: batch, head, FeedbackRange(isNonnegative: true))
      .mean.scalars.map { min(max(Double($0), 0), 1) }
  }
}

extension FittedSequenceClassifier {
  /// Reads a classifier from a file that ``write(to:)`` wrote.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - types: The types of features and calendars that the file may use.
  /// - Throws: `SafetensorsError` or `WeightsError` if the file can't be read, contains another
  ///   kind of model, or has weights that don't match its configuration.
  public init(contentsOf path: String, types: KnownTypes = .builtIn) throws {
    var types = types
    types.heads = [EventHead.self]
    let model = try FittedNetworkForecaster<Architecture>(
      contentsOf: path, types: types, kind: .sequenceClassifier)
    // It is the only head that the file may have.
    self.init(model, model.specification.head as! EventHead)
  }

  /// Writes the classifier to a safetensors file, like ``FittedNetworkForecaster/write(to:)``.
  ///
  /// - Throws: `ClassificationError.customEvent` if the event is a function, and
  ///   `SafetensorsError` if the file can't be written.
  public func write(to path: String) throws {
    try model.network.save(
      to: path, as: .sequenceClassifier, configuration: model.specification)
  }
}

extension ModelKind {
  /// A ``FittedSequenceClassifier`` of any architecture.
  fileprivate static let sequenceClassifier = ModelKind("sequence-classifier", version: 1)
}

extension RegularCalendar {
  /// Returns the first step after a training, or 0 if its end isn't known. The training on hours may
  /// end within the day.
  fileprivate func firstStep(after trainedUntil: CalendarDate?) -> Int {
    guard let trainedUntil else { return 0 }
    let isWithinDay = frequency == .hour
    return (0..<count).first {
      isWithinDay ? date(at: $0) > trainedUntil : date(at: $0) >= trainedUntil
    } ?? count
  }
}

/// The probability of each series that an event happens.
public struct EventProbabilities: Sendable, Equatable {
  /// The ids of the series, in the order of the panel.
  public let ids: [String]
  /// The probability of each series.
  public let values: [Double]

  /// Returns the probability of a series, or nil if there is no such series.
  public subscript(id: String) -> Double? { ids.firstIndex(of: id).map { values[$0] } }
}
