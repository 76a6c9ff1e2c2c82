extension Panel {
  /// The panel over some steps of its calendar, which become steps 0 and on. Takes no time and no
  /// memory to speak of: all arrays are shared.
  ///
  /// Every series keeps its place, even one that has no step there, so that two slices of a panel
  /// have the same series in the same order. Past-only covariates end with the slice; those that
  /// are known in the future are known as far as before, which is further beyond the new end. Steps
  /// outside of the calendar stop the program.
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
    sliced.saleEnds = saleEnds
    sliced.startsAtLaunch = startsAtLaunch
    return sliced
  }

  /// The panel without its last `count` steps: the history before a hold-out of that length.
  /// More steps than there are stop the program.
  public func dropping(last count: Int) -> Panel {
    checkStepCount(count, operation: "dropping")
    return slice(0..<calendar.count - count)
  }

  /// The panel's last `count` steps. More steps than there are stop the program.
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
