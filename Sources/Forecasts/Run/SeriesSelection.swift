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
  /// The ends of the histories that forecasts are made from, in steps of the panel.
  let ends: [Int]

  /// Returns the series that can be forecast from the end of each history.
  ///
  /// - Throws: `ForecastError` for the first series that can't be forecast if the policy is to
  ///   reject such series, or if no series remains.
  func applied(
    to panel: Panel, _ policy: ShortSeriesPolicy
  ) throws(ForecastError) -> (panel: Panel, leftOut: [String]) {
    guard policy != .fallBack else { return (panel, []) }
    // No model is called for a series that is no longer on sale.
    let faulty = panel.onSale.filter { index in
      let series = panel.series(at: index)
      return !ends.allSatisfy { series.isObserved(within: lookback, before: $0) }
    }
    guard let first = faulty.first else { return (panel, []) }
    let kept = Set(panel.ids.indices).subtracting(faulty).sorted()
    if policy == .reject || kept.isEmpty { throw .nothingObserved(id: panel.ids[first]) }
    return (panel.selecting(kept), faulty.map { panel.ids[$0] })
  }
}
