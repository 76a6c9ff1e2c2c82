/// The cells of one series of a panel, which can be changed in place.
package struct CellRow {
  /// The index of the series in the panel.
  package let index: Int
  /// The steps that the series covers.
  package let steps: Range<Int>
  /// The values and states of the steps, indexed from 0.
  package let values: UnsafeMutableBufferPointer<Double>
  package let states: UnsafeMutableBufferPointer<CellState>

  /// The values of the observed cells, in order.
  var observedValues: [Double] {
    var observed: [Double] = []
    observed.reserveCapacity(values.count)
    for cell in values.indices where states[cell] == .observed {
      observed.append(values[cell])
    }
    return observed
  }

  /// The range of the observed values, or `nil` if there are none.
  var observedRange: ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for cell in values.indices where states[cell] == .observed {
      let value = values[cell]
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    return range
  }

  /// Makes a cell a gap.
  func mask(_ cell: Int) {
    values[cell] = 0
    states[cell] = .gap
  }
}

extension Panel {
  /// Returns the panel with the cells of each series changed by a closure, which must leave values
  /// finite and gaps at 0. The cells are copied once, without allocations for each series.
  package func mapCells(_ change: (CellRow) throws -> Void) rethrows -> Panel {
    let steps = ids.indices.map(steps(at:))
    let cellCount = steps.reduce(0) { $0 + $1.count }
    var values = CompactNumbers()
    var states: [CellState] = []
    values.reserveCapacity(cellCount)
    states.reserveCapacity(cellCount)
    for index in ids.indices where !steps[index].isEmpty {
      states.append(contentsOf: self.states[cells(at: index)])
    }
    let row = UnsafeMutableBufferPointer<Double>.allocate(capacity: calendar.count)
    defer { row.deallocate() }
    try states.withUnsafeMutableBufferPointer { states in
      var first = 0
      for (index, range) in steps.enumerated() {
        let own = UnsafeMutableBufferPointer(rebasing: row[..<range.count])
        if let base = own.baseAddress { self.values.copy(cells(at: index), to: base) }
        let end = first + range.count
        try change(
          CellRow(
            index: index, steps: range, values: own,
            states: UnsafeMutableBufferPointer(rebasing: states[first..<end])))
        values.append(contentsOf: UnsafeBufferPointer(own))
        first = end
      }
    }
    return Panel(
      ids: ids, calendar: calendar, origin: 0, values: values, states: states,
      layout: RaggedLayout(steps)
    ).takingCovariates(of: self)
  }
}
