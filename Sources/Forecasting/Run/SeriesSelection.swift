/// How to handle series that a model cannot forecast.
public enum ShortSeriesPolicy: String, Sendable, CaseIterable {
  /// Forecast them with a ``Fallback``, and report them.
  case fallBack
  /// Stop with an error that names the first of them.
  case reject
  /// Leave them out, and report them.
  case leaveOut
}

/// Finds the series of a panel that a run can forecast, before anything is trained.
struct SeriesSelection {
  /// The steps before the end of history of which at least one must be observed; nil for all of them.
  let lookback: Int?
  /// The steps that are held out, and those after the end of the panel.
  let horizon: Int

  /// Returns the series that can be forecast, from the end of the panel and from the end of what is left when
  /// the horizon is held out.
  ///
  /// - Throws: `ForecastError` for the first series that cannot if such a series is rejected, and if there is
  ///   no other.
  func applied(
    to panel: Panel, _ policy: ShortSeriesPolicy
  ) throws(ForecastError) -> (panel: Panel, leftOut: [String]) {
    guard panel.calendar.count > horizon else {
      throw .historyTooShort(steps: panel.calendar.count, horizon: horizon)
    }
    let end = panel.calendar.count
    guard policy != .fallBack else { return (panel, []) }
    // No model is asked for a series that is not on sale any more.
    let faulty = panel.onSale.filter { index in
      let series = panel.series(at: index)
      return ![end - horizon, end].allSatisfy { series.isObserved(within: lookback, before: $0) }
    }
    guard let first = faulty.first else { return (panel, []) }
    let kept = Set(panel.ids.indices).subtracting(faulty).sorted()
    if policy == .reject || kept.isEmpty { throw .nothingObserved(id: panel.ids[first]) }
    return (panel.selecting(kept), faulty.map { panel.ids[$0] })
  }
}

extension Series {
  /// Returns a Boolean value that indicates whether one of the steps before an end is observed.
  ///
  /// - Parameters:
  ///   - lookback: The number of steps before the end; nil for all of them.
  ///   - end: The end of history.
  func isObserved(within lookback: Int?, before end: Int) -> Bool {
    let first = lookback.map { max(steps.lowerBound, end - $0) } ?? steps.lowerBound
    return window(first..<max(first, end)).states.contains(.observed)
  }
}
