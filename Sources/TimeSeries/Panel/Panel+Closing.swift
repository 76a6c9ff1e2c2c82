/// Steps at which nothing can be sold.
extension Panel {
  /// Returns the panel of a shop that is closed on the given days, and whose series are closed at the given
  /// values of known columns. Forecasts for these steps are 0.
  ///
  /// The values of the panel don't change. ``ClosedDayRule`` turns zeros on closed days into gaps. Stops the
  /// program if there is no such known column.
  public func closed(on closing: ClosingCalendar, at values: [ClosingValue] = []) -> Panel {
    let known = Set(knownColumns.map(\.name))
    if let stranger = values.first(where: { !known.contains($0.column) }) {
      fatalError("Panel.closed: there is no known column \(stranger.column.debugDescription)")
    }
    var panel = self
    panel.closing = closing
    panel.closingValues = values
    return panel
  }

  /// Returns the panel with gaps in place of zeros at closed steps: as models see it, which forecast as if
  /// everything were always open. A series with no other observed value stays as it is.
  package func leavingOutClosedZeros() -> Panel {
    guard !closing.isEmpty || !closingValues.isEmpty else { return self }
    let closed = ClosedSteps(of: self, over: 0..<calendar.count)
    var index = 0
    return mapSeries { series in
      defer { index += 1 }
      return series.leavingOutZeros(at: closed.marks(of: index)[series.steps])
    }
  }
}

extension Series {
  /// Returns the series with gaps in place of the zeros at marked steps, unless no other value is observed.
  fileprivate func leavingOutZeros(at marks: ArraySlice<Bool>) -> Series {
    var states = states
    for (cell, isClosed) in zip(values.indices, marks)
    where isClosed && values[cell] == 0 && states[cell] == .observed {
      states[cell] = .gap
    }
    guard states.contains(.observed) else { return self }
    return Series(unchecked: id, steps: steps, values: values, states: states)
  }
}
