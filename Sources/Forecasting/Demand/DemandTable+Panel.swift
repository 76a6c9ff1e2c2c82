extension DemandTable {
  /// A measure as series on a regular calendar, one for each item, from its first sale or return to the
  /// table's end: series after series, each over `steps`.
  public struct SeriesColumns: Sendable {
    /// The first day of every step of the calendar.
    public let periodStarts: [CalendarDate]
    /// The items.
    public let ids: [String]
    /// The steps that each item covers.
    public let steps: [Range<Int>]
    /// The values of all items, one item after another; 0 at a gap.
    public let values: [Float]
    /// Which values are known: observed, or a gap.
    public let states: [CellState]
  }

  /// A measure as columns over all periods.
  ///
  /// A period without a line is an observed 0 for what can be counted, and a gap for the average
  /// price.
  public func columns(of measure: DemandMeasure) -> SeriesColumns {
    let steps = cellsOfItem.map { cells[$0.lowerBound].period..<periodStarts.count }
    let count = steps.reduce(0) { $0 + $1.count }
    var values = [Float](repeating: 0, count: count)
    var states = [CellState](
      repeating: measure == .averagePrice ? .gap : .observed, count: count)
    var offset = 0
    for (range, steps) in zip(cellsOfItem, steps) {
      for cell in cells[range] {
        guard let value = cell.value(of: measure) else { continue }
        values[offset + cell.period - steps.lowerBound] = Float(saturating: value)
        states[offset + cell.period - steps.lowerBound] = .observed
      }
      offset += steps.count
    }
    return SeriesColumns(
      periodStarts: periodStarts, ids: ids, steps: steps, values: values, states: states)
  }

  /// A measure as a panel on a daily calendar. Another period than the day, or no line at all, stops
  /// the program.
  public func panel(of measure: DemandMeasure) -> Panel {
    guard period == .day, let start = periodStarts.first else {
      fatalError("DemandTable.panel: expected demand by day, got \(cells.count) cells by \(period)")
    }
    let columns = columns(of: measure)
    return Panel(
      ids: ids, calendar: RegularCalendar(start: start, count: periodStarts.count),
      steps: columns.steps, values: columns.values, states: columns.states)
  }
}
