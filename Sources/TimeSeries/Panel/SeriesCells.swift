/// The cells of one series of a panel, valid only during the visit.
package struct SeriesCells {
  /// The index of the series in the panel.
  package let index: Int
  /// The steps that the series covers.
  package let steps: Range<Int>
  /// The value and the state of each step, with indices from 0.
  package let values: UnsafeBufferPointer<Double>
  package let states: UnsafeBufferPointer<CellState>
}

extension Panel {
  /// Calls `body` with the cells of each series, in the panel's order, without allocating memory
  /// for a series.
  package func forEachSeries(_ body: (SeriesCells) throws -> Void) rethrows {
    let row = UnsafeMutableBufferPointer<Double>.allocate(capacity: calendar.count)
    defer { row.deallocate() }
    try states.withUnsafeBufferPointer { states in
      for index in ids.indices {
        let cells = cells(at: index)
        if let base = row.baseAddress { values.copy(cells, to: base) }
        try body(
          SeriesCells(
            index: index, steps: steps(at: index),
            values: UnsafeBufferPointer(rebasing: row[..<cells.count]),
            states: UnsafeBufferPointer(rebasing: states[cells])))
      }
    }
  }

  /// Returns the panel with a range of the cells of each series. Values are shared.
  ///
  /// - Parameter kept: A function that returns the positions of the cells to keep.
  package func trimmed(to kept: (SeriesCells) -> Range<Int>) -> Panel {
    var steps: [Range<Int>] = []
    forEachSeries { series in
      let kept = kept(series)
      let first = series.steps.lowerBound + origin + kept.lowerBound
      steps.append(first..<first + kept.count)
    }
    let layout = layout.clamped { steps[$0] }
    if values.isSingle {
      return Panel(
        ids: ids, calendar: calendar, origin: origin, values: values, states: states, layout: layout
      ).takingCovariates(of: self)
    }
    // The remaining numbers may all fit single precision.
    var values = CompactNumbers()
    var states: [CellState] = []
    for row in layout.rows {
      let cells = row.cells(of: row.steps)
      values.append(cells, of: self.values)
      states.append(contentsOf: self.states[cells])
    }
    return Panel(
      ids: ids, calendar: calendar, origin: origin, values: values, states: states,
      layout: RaggedLayout(layout.rows.map(\.steps))
    ).takingCovariates(of: self)
  }

  /// Returns a Boolean value that indicates whether cells are bitwise equal to the same number of
  /// cells of another panel.
  package func hasSameCells(_ cells: Range<Int>, as other: Panel, _ otherCells: Range<Int>) -> Bool
  {
    values.hasSameBits(cells, as: other.values, otherCells)
      && states[cells].hasSameBits(as: other.states[otherCells])
  }

  /// Calls a closure with the offset of each cell in a range that is not bitwise equal to the
  /// corresponding cell of another panel, in order.
  package func forEachDifference(
    _ cells: Range<Int>, from other: Panel, _ otherCells: Range<Int>, _ body: (Int) -> Void
  ) {
    // Most series are unchanged.
    if hasSameCells(cells, as: other, otherCells) { return }
    states[cells].withUnsafeBufferPointer { own in
      other.states[otherCells].withUnsafeBufferPointer { others in
        values.forEachDifference(
          cells, from: other.values, otherCells, or: { own[$0] != others[$0] }, body)
      }
    }
  }
}
