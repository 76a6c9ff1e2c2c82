import Forecasting

/// The coverage of the intervals on the held-out steps, as lines to print.
struct IntervalReport: CustomStringConvertible {
  private let results: ForecastResults

  /// Returns the report, or nil if the forecasts have no central interval.
  init?(_ results: ForecastResults) {
    guard results.models.first?.heldOut.forecast.quantiles?.centralIntervals.isEmpty == false
    else { return nil }
    self.results = results
  }

  var description: String { "\(basis)\n\n\(table)" }

  /// A description of the windows that the intervals are calibrated on.
  private var basis: String {
    let units = results.holdOut.actual.calendar.frequency.unit
    let window = results.holdOut.horizon.counted(units)
    let counts = Set(results.models.map(\.calibrationWindowCount))
    guard counts != [0] else {
      return
        "The intervals of the held-out steps are not calibrated: the history has no room for a "
        + "window of \(window) before them. Those of next.csv are calibrated on the held-out steps."
    }
    let windows = counts.sorted().map { $0.counted("window") }.joined(separator: " or ")
    return "The intervals are calibrated on the \(windows) of \(window) before the held-out steps; "
      + "those of next.csv also on the held-out steps."
  }

  /// A table with a row for each model and each kind of sum.
  private var table: TextTable {
    let actual = results.holdOut.actual
    let unit = actual.calendar.frequency.unit
    let intervals = results.models[0].heldOut.forecast.quantiles!.centralIntervals
    var rows = [["Within the interval of"] + intervals.map(\.name)]
    for model in results.models {
      let forecast = model.heldOut
      rows.append(
        [forecast.name] + intervals.map { text(forecast.forecast.coverage(of: $0, actual)) })
      for sums in forecast.sums {
        rows.append(
          ["  sums of \(sums.length.counted(unit))"]
            + intervals.map { text(sums.coverage(of: $0, actual)) })
      }
    }
    return TextTable(rows)
  }

  private func text(_ share: Double?) -> String {
    share.map { ($0 * 100).fixed(1) + " %" } ?? "–"
  }
}
