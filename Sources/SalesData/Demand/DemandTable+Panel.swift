extension DemandTable {
  /// Returns a measure as a panel, with a series for each item from its first sale or return to the
  /// table's end.
  ///
  /// The first and last periods are left out if the order lines only partly cover them (see
  /// ``partialPeriods``), because their sums are incomplete. A forecast then starts with the last
  /// one.
  ///
  /// A period without a line is an observed 0 for measures that are sums or counts, and a gap for
  /// the average price. Stops the program if the table has no lines, because it has no calendar.
  ///
  /// - Parameters:
  ///   - measure: The measure of the values.
  ///   - keepsPartial: A Boolean value that indicates whether to keep periods that the order lines
  ///     only partly cover.
  public func panel(of measure: DemandMeasure, keepsPartial: Bool = false) -> Panel {
    let panel = wholePanel(of: measure)
    // An hour at either end has no known extent; its day is not left out for that.
    guard !keepsPartial, frequency != .hour, let coverage else { return panel }
    let steps = coverage.wholeSteps(of: panel.calendar)
    return steps.count == panel.calendar.count ? panel : panel.slice(steps)
  }

  /// The periods at the start and the end that the order lines only partly cover.
  public var partialPeriods: [PartialPeriod] {
    frequency == .hour ? [] : coverage?.partialPeriods(of: calendar) ?? []
  }

  /// The calendar of all periods. Stops the program if the table has no lines.
  private var calendar: RegularCalendar {
    guard let firstNumber else {
      fatalError(
        "DemandTable.panel: expected demand of at least one item, got a table without lines")
    }
    return RegularCalendar(
      firstNumber: firstNumber, count: periodStarts.count, frequency: frequency)
  }

  private func wholePanel(of measure: DemandMeasure) -> Panel {
    let calendar = calendar
    let steps = cellsOfItem.map { cells[$0.lowerBound].period..<periodStarts.count }
    let count = steps.reduce(0) { $0 + $1.count }
    var values = CompactNumbers()
    values.reserveCapacity(count)
    var states = [CellState](
      repeating: measure == .averagePrice ? .gap : .observed, count: count)
    // Each series is converted on its own, since most counts of units need single precision only.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: periodStarts.count) { row in
      var offset = 0
      for (range, steps) in zip(cellsOfItem, steps) {
        let series = UnsafeMutableBufferPointer(rebasing: row[..<steps.count])
        series.initialize(repeating: 0)
        for cell in cells[range] {
          guard let value = cell.value(of: measure) else { continue }
          series[cell.period - steps.lowerBound] = value.clampedToSingleRange
          states[offset + cell.period - steps.lowerBound] = .observed
        }
        values.append(contentsOf: UnsafeBufferPointer(series))
        offset += steps.count
      }
    }
    var panel = Panel(
      ids: ids, calendar: calendar, steps: steps, normalized: values, states: states)
    panel.target = measure.rawValue
    return panel
  }
}
