import Forecasting

/// The scores of levels before and after reconciliation, as lines to print.
struct ReconcileReport: CustomStringConvertible {
  private let results: ReconciliationResults
  private let baselines: [String]

  /// - Parameter baselines: The names of the models of the base forecasts.
  init(_ results: ReconciliationResults, baselines: [String]) {
    (self.results, self.baselines) = (results, baselines)
  }

  private var scored: [ModelForecast] {
    ([results.base] + results.reconciled).map(\.heldOut)
  }

  var description: String {
    let tables = ScoreTables(scored)
    return
      ([basis, "Series:\n\(tables.scoreboard)", tables.levels.description] + coverages
      + [results.reconciled.map(verdict).joined(separator: "\n")] + [notes].compactMap { $0 })
      .joined(separator: "\n\n")
  }

  /// The levels and the base forecasts.
  private var basis: String {
    let levels = results.base.nextLevels.map { "\($0.name) (\($0.forecast.ids.count))" }
    let unit = results.holdOut.actual.calendar.frequency.unit
    let windows = (results.windowCount - 1).counted("window")
    let usesErrors =
      results.reconciled.contains { $0.method?.needsErrors == true }
      || results.base.heldOut.forecast.quantiles != nil
      || results.reconciled.contains { $0.heldOut.forecast.quantiles != nil }
    return "levels: \(levels.joined(separator: ", "))\n"
      + "base forecasts: "
      + (baselines.count == 1
        ? baselines[0] : "a combination of \(baselines.joined(separator: ", "))")
      + (usesErrors
        ? "\nerrors: those of \(windows) of \(results.holdOut.horizon.counted(unit)) before the "
          + "held-out steps; for next.csv also those of the held-out steps" : "")
  }

  /// For each central interval, the share of the held-out values within it, by level.
  private var coverages: [String] {
    let models = results.reconciled.map(\.heldOut)
    return (models[0].evaluation?.overall.coverages ?? []).map { nominal in
      let levels = models[0].evaluation?.levels ?? []
      let header = "Within the \((nominal * 100).fixed(0)) % interval"
      return TextTable(
        [[header] + models.map(\.name)]
          + levels.indices.map { place in
            [levels[place].name]
              + models.map { model in
                model.evaluation?.levels[place].scores.coverage(of: nominal)
                  .map { ($0 * 100).fixed(1) + " %" } ?? "–"
              }
          }
      ).description
    }
  }

  /// A sentence about the levels that a method makes worse.
  private func verdict(on forecasts: LevelForecasts) -> String {
    let changes = results.changes(of: forecasts).compactMap { level, change in
      change.map { (level: level, change: $0) }
    }
    // A change in the last digits is one of rounding.
    let worse = changes.filter { $0.change > 1e-6 }
    let better = changes.count { $0.change < -1e-6 }
    guard !worse.isEmpty else {
      return "\(forecasts.name) makes no level worse, and \(better) of \(changes.count) better."
    }
    let list = worse.map { "\($0.level) (+\(($0.change * 100).fixed(1)) %)" }
    return "\(forecasts.name) makes \(worse.count) of \(changes.count) levels worse: "
      + list.joined(separator: ", ") + ". It makes \(better) better."
  }

  private var notes: String? {
    let notes = results.base.heldOut.evaluation?.notes ?? []
    return notes.isEmpty ? nil : notes.joined(separator: "\n")
  }
}
