/// How to handle series that a model cannot forecast.
public enum ShortSeriesPolicy: String, Sendable, CaseIterable {
  /// Forecast them by a ``Fallback``, and report them.
  case fallBack
  /// Stop with an error that names the first of them.
  case reject
  /// Leave them out, and report them.
  case leaveOut
}

/// Finds the series of a panel that a run can forecast, before anything is trained.
struct SeriesSelection {
  /// The number of last steps of the history of which at least one must be observed, or nil for all
  /// steps.
  let lookback: Int?
  /// The number of steps that are held out, and of those after the panel's end.
  let horizon: Int

  /// Returns the series that can be forecast, both from the end of the panel and from the start of
  /// the held-out steps.
  ///
  /// - Throws: `ForecastError` for the first series that can't be forecast if the policy is to
  ///   reject such series, or if no series remains.
  func applied(
    to panel: Panel, _ policy: ShortSeriesPolicy
  ) throws(ForecastError) -> (panel: Panel, leftOut: [String]) {
    guard panel.calendar.count > horizon else {
      throw .historyTooShort(steps: panel.calendar.count, horizon: horizon)
    }
    let end = panel.calendar.count
    guard policy != .fallBack else { return (panel, []) }
    // No model is called for a series that is no longer on sale.
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
