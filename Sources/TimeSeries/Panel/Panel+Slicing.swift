extension Panel {
  /// Returns the panel over a range of steps, which start again at 0. Runs in negligible time and
  /// memory, because all arrays are shared.
  ///
  /// Every series keeps its index, even if it has no step in the range, so that slices of a panel
  /// have the same series in the same order. Past-only covariates end with the slice. Known-future
  /// covariates remain known to the same date, and thus for more steps after the new end. Stops the
  /// program if the range extends outside the calendar.
  public func slice(_ steps: Range<Int>) -> Panel {
    guard steps.lowerBound >= 0, steps.upperBound <= calendar.count else {
      fatalError("Panel.slice: expected steps within 0..<\(calendar.count), got \(steps)")
    }
    var sliced = Panel(
      ids: ids, calendar: calendar.slice(steps), origin: origin + steps.lowerBound, values: values,
      states: states, layout: layout)
    sliced.staticCovariates = staticCovariates
    sliced.pastColumns = pastColumns
    sliced.knownColumns = knownColumns
    sliced.target = target
    sliced.closing = closing
    sliced.closingValues = closingValues
    sliced.saleEnds = saleEnds
    sliced.startsAtLaunch = startsAtLaunch
    return sliced
  }

  /// Returns the panel without its last `count` steps, such as the history before a hold-out of
  /// that length. Stops the program if the panel has fewer steps.
  public func dropping(last count: Int) -> Panel {
    checkStepCount(count, operation: "dropping")
    return slice(0..<calendar.count - count)
  }

  /// Returns the panel's last `count` steps. Stops the program if the panel has fewer steps.
  public func suffix(_ count: Int) -> Panel {
    checkStepCount(count, operation: "suffix")
    return slice(calendar.count - count..<calendar.count)
  }

  private func checkStepCount(_ count: Int, operation: String) {
    guard count >= 0, count <= calendar.count else {
      fatalError("Panel.\(operation): expected 0 to \(calendar.count) steps, got \(count)")
    }
  }
}
