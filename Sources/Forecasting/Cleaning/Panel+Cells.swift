/// The cells of one series of a panel, to be changed in place.
struct CellRow {
  /// The place of the series in the panel.
  let index: Int
  /// The steps that it covers.
  let steps: Range<Int>
  /// A value and a state for each of them, from 0.
  let values: UnsafeMutableBufferPointer<Float>
  let states: UnsafeMutableBufferPointer<CellState>

  /// The value of each observed cell, in order.
  var observedValues: [Double] {
    var observed: [Double] = []
    observed.reserveCapacity(values.count)
    for cell in values.indices where states[cell] == .observed {
      observed.append(Double(values[cell]))
    }
    return observed
  }

  /// The least and the greatest observed value, nil where there is none.
  var observedRange: ClosedRange<Float>? {
    var range: ClosedRange<Float>?
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
  /// The panel with the cells of each series as `change` leaves them. What it shows is copied once,
  /// and nothing is allocated for a series.
  func mapCells(_ change: (CellRow) throws -> Void) rethrows -> Panel {
    let steps = ids.indices.map(steps(at:))
    let cellCount = steps.reduce(0) { $0 + $1.count }
    var values: [Float] = []
    var states: [CellState] = []
    values.reserveCapacity(cellCount)
    states.reserveCapacity(cellCount)
    for index in ids.indices {
      let series = series(at: index)
      values.append(contentsOf: series.values)
      states.append(contentsOf: series.states)
    }
    try values.withUnsafeMutableBufferPointer { values in
      try states.withUnsafeMutableBufferPointer { states in
        var first = 0
        for (index, range) in steps.enumerated() {
          let cells = first..<first + range.count
          try change(
            CellRow(
              index: index, steps: range,
              values: UnsafeMutableBufferPointer(rebasing: values[cells]),
              states: UnsafeMutableBufferPointer(rebasing: states[cells])))
          first = cells.upperBound
        }
      }
    }
    return Panel(ids: ids, calendar: calendar, steps: steps, values: values, states: states)
      .takingCovariates(of: self)
  }
}
