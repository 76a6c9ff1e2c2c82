extension DemandTable {
  /// A measure as a panel, with a series for each item from its first sale or return to the table's
  /// end.
  ///
  /// A period without a line is an observed 0 for what can be counted, and a gap for the average
  /// price. A table without any line has no calendar, and stops the program.
  public func panel(of measure: DemandMeasure) -> Panel {
    guard let start = periodStarts.first else {
      fatalError(
        "DemandTable.panel: expected demand of at least one item, got a table without lines")
    }
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
    return Panel(
      ids: ids,
      calendar: RegularCalendar(start: start, count: periodStarts.count, frequency: frequency),
      steps: steps, values: values, states: states)
  }
}
