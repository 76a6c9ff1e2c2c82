/// N series of one quantity on one regular calendar, with their covariates.
///
/// Each series covers its own range of the calendar's steps, because products are launched and
/// discontinued at different times. Each step in the range is observed, with a finite value (0 if
/// nothing was sold), a gap, where nothing is known, or a stock-out, where demand is censored. See
/// ``CellState``.
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
/// The values and states of all series are stored contiguously in two arrays, and so are the values
/// of each column. Slices by time and selections of series share them.
public struct Panel: Sendable {
  /// The unique ids of the series. The ids of a table are sorted by their Unicode scalars and don't
  /// depend on the order of its rows.
  public let ids: [String]
  /// The calendar that all series share.
  public let calendar: RegularCalendar
  /// The covariates with one value for each series, in the order in which they were added.
  public package(set) var staticCovariates: [StaticCovariate] = []

  /// The meaning of the values, such as units, or nil if it isn't known.
  public package(set) var target: String?
  /// The days on which the shop is closed, in the past and in the future.
  public package(set) var closing = ClosingCalendar()
  /// The values of known columns at which a series is closed. Panel files don't contain them.
  public internal(set) var closingValues: [ClosingValue] = []
  /// A Boolean value that indicates whether series start with their first sale, so that a series
  /// without steps wasn't sold yet.
  var startsAtLaunch = false
  /// The first step without further sales, for the ids of series that are no longer sold. Steps are
  /// those of the layouts.
  var saleEnds: [String: Int] = [:]

  /// The step of the layouts at which the calendar starts.
  package let origin: Int
  package let values: CompactNumbers
  package let states: [CellState]
  package let layout: RaggedLayout
  var pastColumns: [TimedColumn] = []
  var knownColumns: [TimedColumn] = []

  /// Creates a panel of the given series. Stops the program if an id occurs twice, or if a series
  /// extends outside the calendar.
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

  /// Creates a panel from arrays that contain the series one after another.
  ///
  /// Stops the program if an id occurs twice, if a series extends outside the calendar, or if a
  /// value isn't finite. Values of gaps may be anything, and become 0.
  ///
  /// - Parameters:
  ///   - ids: The N ids.
  ///   - calendar: The calendar of all series.
  ///   - steps: The steps that each series covers.
  ///   - values: One value for each of these steps, series after series.
  ///   - states: The state of each value.
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

  /// Creates a panel from numbers that are finite, and 0 at gaps.
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

  /// Returns the index of a series, or nil if there is no series with the id. This is a linear
  /// search.
  public func index(of id: String) -> Int? { ids.firstIndex(of: id) }

  /// Returns the steps of the calendar that a series covers.
  public func steps(at index: Int) -> Range<Int> {
    guard ids.indices.contains(index) else {
      fatalError("Panel: expected the index of a series in 0..<\(seriesCount), got \(index)")
    }
    let visible = layout[index].steps.clamped(to: origin..<origin + calendar.count)
    return visible.lowerBound - origin..<visible.upperBound - origin
  }

  /// Returns the series at an index. Stops the program if the index is outside 0 to N − 1.
  public func series(at index: Int) -> Series {
    let cells = cells(at: index)
    return Series(
      unchecked: ids[index], steps: steps(at: index), values: values[cells][...],
      states: Array(states[cells])[...])
  }

  /// All series, in the panel's order. Values are copied; ``series(at:)`` copies those of one
  /// series.
  public var allSeries: [Series] { ids.indices.map(series(at:)) }

  /// All series, in the panel's order, created lazily.
  package var eachSeries: some Sequence<Series> { ids.indices.lazy.map(series(at:)) }

  /// The number of steps of the longest series, or 0 if there is none.
  package var longestSeriesLength: Int { ids.indices.map { steps(at: $0).count }.max() ?? 0 }

  /// A Boolean value that indicates whether no value is negative.
  package var isNonnegative: Bool { eachSeries.allSatisfy { $0.values.allSatisfy { $0 >= 0 } } }

  /// Returns the range of a series' values among those of all series.
  package func cells(at index: Int) -> Range<Int> {
    let steps = steps(at: index)
    // A range clamped to no steps may lie outside the row.
    return steps.isEmpty
      ? 0..<0 : layout[index].cells(of: steps.lowerBound + origin..<steps.upperBound + origin)
  }

  /// Returns the panel with other values, states, or steps. `transform` returns the new series for
  /// each series. The calendar and the covariates don't change.
  ///
  /// Past-only covariates are missing at steps that a series didn't cover before. Stops the program
  /// if the new series has another id or extends outside the calendar.
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
  /// Returns a Boolean value that indicates whether two panels have the same series with the same
  /// values and states on the same calendar, the same covariates in the same order, and the same
  /// closed days.
  public static func == (left: Panel, right: Panel) -> Bool {
    left.ids == right.ids && left.calendar == right.calendar
      && left.ids.indices.allSatisfy { left.series(at: $0) == right.series(at: $0) }
      && left.staticCovariates == right.staticCovariates
      && left.pastCovariates == right.pastCovariates
      && left.knownCovariates == right.knownCovariates
      && left.closing == right.closing && left.closingValues == right.closingValues
      && left.ids.indices.allSatisfy { left.isOnSale($0) == right.isOnSale($0) }
  }
}
