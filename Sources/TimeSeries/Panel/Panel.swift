/// N series of one quantity on one regular calendar, and what else is known of them.
///
/// Each series covers a range of the calendar's steps, its own: products are launched and
/// discontinued at different times. Within its range a step is observed, with a finite value (which
/// may be 0: no sale), a gap, where nothing is known, or a stock-out, where demand is known to be
/// censored; see ``CellState``.
///
/// ```swift
/// let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 5)
/// let tea = Series(id: "tea", values: [3, 0, nil, 4, 2])
/// let cups = Series(id: "cups", start: 2, values: [5, 8, 1])
/// let panel = Panel(calendar: calendar, series: [tea, cups])
///   .adding(level: "category", ["food", "kitchen"])
///   .adding(past: "visits", .numbers([31, 28, 40, 35, 30, 12, 18, 9]))
///   .adding(shared: "holiday", .numbers([0, 0, 1, 0, 0, 0, 0]), futureSteps: 2)
/// ```
///
/// Covariates are columns with a role in their type: ``StaticCovariate``, ``PastCovariate`` (known
/// up to the end of the calendar) and ``KnownCovariate`` (known beyond it).
///
/// Values and states of all series lie one after another in two arrays, and so do the values of
/// each column. Slicing by time and selecting series share them.
public struct Panel: Sendable {
  /// The identities of the series; no two are equal. Those of a table are in the order of their Unicode
  /// scalars, whatever the order of its rows.
  public let ids: [String]
  /// The calendar that all series share.
  public let calendar: RegularCalendar
  /// What is known of each series as such, in the order of its adding.
  public package(set) var staticCovariates: [StaticCovariate] = []

  /// What the values are, such as units; nil where that is not known.
  public package(set) var target: String?
  /// The days on which the shop is closed, in the past and in the future.
  public package(set) var closing = ClosingCalendar()
  /// A Boolean value that indicates whether series begin with their first sale, so that one without a
  /// step was not sold yet.
  var startsAtLaunch = false
  /// For the ids of series that are not sold any more, the first step without a sale to come. Steps are
  /// those of the layouts.
  var saleEnds: [String: Int] = [:]

  /// The step of the layouts at which the calendar begins.
  package let origin: Int
  package let values: CompactNumbers
  package let states: [CellState]
  package let layout: RaggedLayout
  var pastColumns: [TimedColumn] = []
  var knownColumns: [TimedColumn] = []

  /// A panel of the given series. The caller answers for the series: an identity that appears
  /// twice, or a series that reaches out of the calendar, stops the program.
  public init(calendar: RegularCalendar, series: [Series]) {
    var values = CompactNumbers()
    var states: [CellState] = []
    for one in series {
      values.append(contentsOf: one.values)
      states.append(contentsOf: one.states)
    }
    self.init(
      ids: series.map(\.id), calendar: calendar, steps: series.map(\.steps), normalized: values,
      states: states)
  }

  /// A panel over arrays that hold the series one after another.
  ///
  /// The caller answers for the series, as in ``init(calendar:series:)``; and a value that is not
  /// finite stops the program, unless it is a gap's, which becomes 0.
  ///
  /// - Parameters:
  ///   - ids: The N identities.
  ///   - calendar: The calendar of all series.
  ///   - steps: The steps that each series covers.
  ///   - values: A value for each of these steps, series after series.
  ///   - states: What is known of each value.
  public init(
    ids: [String], calendar: RegularCalendar, steps: [Range<Int>], values: [Double],
    states: [CellState]
  ) {
    let normalized = normalizedCells(values, states) { place in
      "Panel: expected finite values, got \(values[place]) as value \(place) of all series"
    }
    self.init(
      ids: ids, calendar: calendar, steps: steps, normalized: CompactNumbers(normalized),
      states: states)
  }

  /// A panel over numbers that are finite, and 0 at gaps.
  package init(
    ids: [String], calendar: RegularCalendar, steps: [Range<Int>],
    normalized values: CompactNumbers,
    states: [CellState]
  ) {
    guard ids.count == steps.count else {
      fatalError(
        "Panel: expected a range of steps for each of \(ids.count) ids, got \(steps.count)")
    }
    guard Set(ids).count == ids.count else {
      let twice = Dictionary(grouping: ids, by: { $0 }).filter { $0.value.count > 1 }.keys.min()!
      fatalError("Panel: expected ids that differ, got \(twice.debugDescription) twice")
    }
    for (id, range) in zip(ids, steps)
    where range.lowerBound < 0 || range.upperBound > calendar.count {
      fatalError(
        "Panel: expected series \(id.debugDescription) within steps 0..<\(calendar.count) of the "
          + "calendar, got \(range)")
    }
    let layout = RaggedLayout(steps)
    guard values.count == layout.cellCount, states.count == layout.cellCount else {
      fatalError(
        "Panel: expected \(layout.cellCount) values and as many states, got \(values.count) and "
          + "\(states.count)")
    }
    self.init(
      ids: ids, calendar: calendar, origin: 0, values: values, states: states, layout: layout)
  }

  package init(
    ids: [String], calendar: RegularCalendar, origin: Int, values: CompactNumbers,
    states: [CellState],
    layout: RaggedLayout
  ) {
    self.ids = ids
    self.calendar = calendar
    self.origin = origin
    self.values = values
    self.states = states
    self.layout = layout
  }

  /// The number of series, N.
  public var seriesCount: Int { ids.count }

  /// The place of a series in the panel's order, or nil where there is none of that id. Looks at
  /// one id after another.
  public func index(of id: String) -> Int? { ids.firstIndex(of: id) }

  /// The steps of the calendar that the series at a place covers.
  public func steps(at index: Int) -> Range<Int> {
    guard ids.indices.contains(index) else {
      fatalError("Panel: expected the index of a series in 0..<\(seriesCount), got \(index)")
    }
    let visible = layout[index].steps.clamped(to: origin..<origin + calendar.count)
    return visible.lowerBound - origin..<visible.upperBound - origin
  }

  /// The series at a place, 0 to N − 1. Any other place stops the program.
  public func series(at index: Int) -> Series {
    let cells = cells(at: index)
    return Series(
      unchecked: ids[index], steps: steps(at: index), values: values[cells][...],
      states: Array(states[cells])[...])
  }

  /// All series, in the panel's order. Their values are copied; ``series(at:)`` copies those of one.
  public var allSeries: [Series] { ids.indices.map(series(at:)) }

  /// All series, in the panel's order. A series is made when it is its turn.
  package var eachSeries: some Sequence<Series> { ids.indices.lazy.map(series(at:)) }

  /// The places of the values of a series among those of all.
  package func cells(at index: Int) -> Range<Int> {
    let steps = steps(at: index)
    // A range that was clamped to nothing may lie beside the row.
    return steps.isEmpty
      ? 0..<0 : layout[index].cells(of: steps.lowerBound + origin..<steps.upperBound + origin)
  }

  /// The panel with other values, states or steps: each series as `transform` gives it, on the same
  /// calendar and with the same covariates.
  ///
  /// Where the new steps are more than the old, past-only covariates are missing. A series with
  /// another id, or one that reaches out of the calendar, stops the program.
  public func mapSeries(_ transform: (Series) throws -> Series) rethrows -> Panel {
    var values = CompactNumbers()
    var states: [CellState] = []
    var steps: [Range<Int>] = []
    values.reserveCapacity(layout.cellCount)
    states.reserveCapacity(layout.cellCount)
    for index in ids.indices {
      let series = try transform(series(at: index))
      guard series.id == ids[index] else {
        fatalError(
          "Panel.mapSeries: expected series \(ids[index].debugDescription), got "
            + series.id.debugDescription)
      }
      values.append(contentsOf: series.values)
      states.append(contentsOf: series.states)
      steps.append(series.steps)
    }
    let plain = Panel(
      ids: ids, calendar: calendar, steps: steps, normalized: values, states: states)
    return plain.takingCovariates(of: self)
  }
}

extension Panel: Equatable {
  /// Whether both hold the same series with the same values and states on the same calendar, and
  /// the same covariates in the same order, and are closed on the same days.
  public static func == (left: Panel, right: Panel) -> Bool {
    left.ids == right.ids && left.calendar == right.calendar
      && left.ids.indices.allSatisfy { left.series(at: $0) == right.series(at: $0) }
      && left.staticCovariates == right.staticCovariates
      && left.pastCovariates == right.pastCovariates
      && left.knownCovariates == right.knownCovariates
      && left.closing == right.closing
      && left.ids.indices.allSatisfy { left.isOnSale($0) == right.isOnSale($0) }
  }
}
