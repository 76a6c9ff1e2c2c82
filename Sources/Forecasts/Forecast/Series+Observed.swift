extension Series {
  /// Returns a Boolean value that indicates whether one of the steps before an end is observed.
  ///
  /// - Parameters:
  ///   - lookback: The number of steps before the end, or nil for all of them.
  ///   - end: The end of the history.
  package func isObserved(within lookback: Int?, before end: Int) -> Bool {
    let first = lookback.map { max(steps.lowerBound, end - $0) } ?? steps.lowerBound
    return window(first..<max(first, end)).states.contains(.observed)
  }
}
