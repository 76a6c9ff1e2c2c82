extension DemandTable {
  /// A measure as a panel, with a series for each item from its first sale or return to the table's
  /// end.
  ///
  /// The first and the last period are left out where the order lines cover them in part only, by
  /// ``partialPeriods``: their sums are those of a part. A forecast then starts with the last one.
  ///
  /// A period without a line is an observed 0 for what can be counted, and a gap for the average
  /// price. A table without any line has no calendar, and stops the program.
  ///
  /// - Parameters:
  ///   - measure: What the values are.
  ///   - keepsPartial: Whether periods are kept that the order lines cover in part only.
  public func panel(of measure: DemandMeasure, keepsPartial: Bool = false) -> Panel {
    let panel = wholePanel(of: measure)
    guard !keepsPartial, let coverage else { return panel }
    let steps = coverage.wholeSteps(of: panel.calendar)
    return steps.count == panel.calendar.count ? panel : panel.slice(steps)
  }

  /// The periods, at the start and at the end, that the order lines cover in part only.
  public var partialPeriods: [PartialPeriod] {
    coverage?.partialPeriods(of: calendar) ?? []
  }

  /// The calendar of all periods. A table without any line has none, and stops the program.
  private var calendar: RegularCalendar {
    guard let start = periodStarts.first else {
      fatalError(
        "DemandTable.panel: expected demand of at least one item, got a table without lines")
    }
    return RegularCalendar(start: start, count: periodStarts.count, frequency: frequency)
  }

  private func wholePanel(of measure: DemandMeasure) -> Panel {
    let calendar = calendar
    let steps = cellsOfItem.map { cells[$0.lowerBound].period..<periodStarts.count }
    let count = steps.reduce(0) { $0 + $1.count }
    var values = [Double](repeating: 0, count: count)
    var states = [CellState](
      repeating: measure == .averagePrice ? .gap : .observed, count: count)
    var offset = 0
    for (range, steps) in zip(cellsOfItem, steps) {
      for cell in cells[range] {
        guard let value = cell.value(of: measure) else { continue }
        values[offset + cell.period - steps.lowerBound] = value.clampedToSingleRange
        states[offset + cell.period - steps.lowerBound] = .observed
      }
      offset += steps.count
    }
    var panel = Panel(
      ids: ids, calendar: calendar, steps: steps, values: values, states: states)
    panel.target = measure.rawValue
    return panel
  }
}
