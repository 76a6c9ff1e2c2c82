/// An event that happens, or doesn't, within the next H steps of a series.
///
/// A step at which the series is closed (``Panel/closed(on:at:)``) doesn't count, unless something
/// decides there: a sale or a stock-out. If all steps are closed, the outcome isn't known.
///
/// | event | happens | doesn't happen | isn't known |
/// |---|---|---|---|
/// | ``noSales`` | all open steps are observed, without a sale | a step has a sale | otherwise |
/// | ``stockOut`` | a step is a stock-out | all open steps are observed | otherwise |
/// | ``column(_:)`` | a number isn't 0 | the numbers of all open steps are 0 | otherwise |
/// | ``custom(_:_:)`` | the function returns true | it returns false | it returns nil |
public struct SalesEvent: Sendable {
  enum Kind: Sendable {
    case noSales, stockOut
    case column(String)
    case custom(@Sendable (EventWindow) -> Bool?)
  }

  /// The name of the event in messages.
  public let name: String
  let kind: Kind

  /// A Boolean value that indicates whether a step that decides the outcome means that the event
  /// doesn't happen, or nil if no step decides alone.
  var isAbsence: Bool? {
    switch kind {
    case .noSales: true
    case .stockOut, .column: false
    case .custom: nil
    }
  }

  /// Nothing is sold: the churn of a customer, the end of an item.
  ///
  /// A sold-out day without a sale doesn't say whether there was demand, so that, like a gap, it
  /// leaves the outcome open unless another day has a sale.
  public static let noSales = SalesEvent(name: "no sales", kind: .noSales)

  /// The item is sold out at one step at least.
  public static let stockOut = SalesEvent(name: "stock-out", kind: .stockOut)

  /// A number of a past-only column isn't 0 at one step at least.
  public static func column(_ name: String) -> SalesEvent {
    SalesEvent(name: name, kind: .column(name))
  }

  /// A function of the H steps decides whether the event happens, or returns nil if the outcome
  /// isn't known.
  public static func custom(
    _ name: String, _ happens: @escaping @Sendable (EventWindow) -> Bool?
  ) -> SalesEvent {
    SalesEvent(name: name, kind: .custom(happens))
  }
}

/// The H steps of a series in which an event happens or doesn't.
public struct EventWindow: Sendable {
  /// The id of the series.
  public let id: String
  /// The steps of the panel's calendar.
  public let steps: Range<Int>
  /// The value of each step, 0 at a gap, and the units sold at a stock-out.
  public let values: [Double]
  /// The state of each step.
  public let states: [CellState]
  /// A mark for each step at which the series is closed.
  public let closed: [Bool]
}

/// The outcomes of an event in one series of a panel.
package struct EventOutcomes {
  /// The meaning of a step for an event of a single step.
  private enum Mark: Int {
    /// The step decides the outcome alone.
    case decisive
    /// Nothing happens that decides the outcome.
    case ordinary
    /// Something may have happened.
    case unknown
    /// Nothing can happen.
    case closed
  }

  private let event: SalesEvent
  private let series: Series
  private let closed: [Bool]
  /// The numbers of decisive, ordinary, and unknown steps of the series before each of its steps.
  private var counts: [[Int]] = []

  /// Finds the outcomes of a series.
  ///
  /// - Throws: `CovariateError` if the panel has no such past-only column of numbers.
  package init(
    of event: SalesEvent, in panel: Panel, at index: Int, _ closedSteps: ClosedSteps
  ) throws(CovariateError) {
    self.event = event
    series = panel.series(at: index)
    closed = closedSteps.marks(of: index)
    guard let marks = try marks(in: panel, at: index) else { return }
    counts = [Mark.decisive, .ordinary, .unknown].map { mark in
      marks.reduce(into: [0]) { $0.append($0.last! + ($1 == mark ? 1 : 0)) }
    }
  }

  /// Returns a Boolean value that indicates whether the event happens in steps that lie within the
  /// series, or nil if that isn't known.
  package func happens(in steps: Range<Int>) -> Bool? {
    if case .custom(let happens) = event.kind {
      let (values, states) = series.window(steps)
      return happens(
        EventWindow(
          id: series.id, steps: steps, values: values, states: states,
          closed: Array(closed[steps])))
    }
    let first = steps.lowerBound - series.steps.lowerBound
    let found = counts.map { $0[first + steps.count] - $0[first] }
    let isNegated = event.isAbsence == true
    if found[0] > 0 { return !isNegated }
    return found[1] == 0 || found[2] > 0 ? nil : isNegated
  }

  /// Returns the mark of each step of the series, or nil for an event of all steps together.
  private func marks(in panel: Panel, at index: Int) throws(CovariateError) -> [Mark]? {
    let marks: [Mark]
    switch event.kind {
    case .custom: return nil
    case .noSales:
      marks = zip(series.values, series.states).map { value, state in
        value > 0 ? .decisive : state == .observed ? .ordinary : .unknown
      }
    case .stockOut:
      marks = series.states.map { state in
        switch state {
        case .stockOut: .decisive
        case .observed: .ordinary
        case .gap: .unknown
        }
      }
    case .column(let name):
      let (numbers, missing) = try panel.pastCovariate(name)
        .numberWindow(of: index, over: series.steps)
      marks = zip(numbers, missing).map { number, isMissing in
        isMissing ? .unknown : number != 0 ? .decisive : .ordinary
      }
    }
    return zip(marks, closed[series.steps]).map { mark, isClosed in
      isClosed && mark != .decisive ? .closed : mark
    }
  }
}

extension SalesEvent: Codable {
  private enum Key: CodingKey { case kind, column }

  /// Decodes an event that isn't ``custom(_:_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(String.self, forKey: .kind) {
    case "no-sales": self = .noSales
    case "stock-out": self = .stockOut
    case "column": self = .column(try container.decode(String.self, forKey: .column))
    case let kind:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "there is no event \(kind.debugDescription)"
      )
    }
  }

  /// Encodes an event.
  ///
  /// - Throws: `ClassificationError.customEvent` if it is ``custom(_:_:)``, whose function can't be
  ///   encoded.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch kind {
    case .noSales: try container.encode("no-sales", forKey: .kind)
    case .stockOut: try container.encode("stock-out", forKey: .kind)
    case .column(let name):
      try container.encode("column", forKey: .kind)
      try container.encode(name, forKey: .column)
    case .custom: throw ClassificationError.customEvent(name)
    }
  }
}
