import Forecasting

/// The results of `foresight reconcile` as JSON.
struct ReconcileSummary: Encodable {
  let heldOut: StepExtent
  let next: StepExtent
  let levels: [Level]
  /// The number of past windows whose errors were used.
  let windows: Int
  /// The scores of the base forecasts, and of the reconciled ones.
  let models: [ScoreSummary.Model]
  let changes: [Change]

  struct Level: Encodable {
    let level: String
    /// The number of sums, or of series.
    let count: Int
  }

  /// The relative change of the weighted RMSSE of a level, which is positive where a method makes it
  /// worse.
  struct Change: Encodable {
    let model, level: String
    let change: Double
  }

  init(_ results: ReconciliationResults) {
    heldOut = StepExtent(results.holdOut.actual.calendar)
    next = StepExtent(results.base.next.forecast.calendar)
    levels = results.base.nextLevels.map {
      Level(level: $0.name, count: $0.forecast.ids.count)
    }
    windows = results.windowCount
    models = ([results.base] + results.reconciled).map { ScoreSummary.Model($0.heldOut) }
    changes = results.reconciled.flatMap { one in
      results.changes(of: one).compactMap { level, change in
        change.map { Change(model: one.name, level: level, change: $0) }
      }
    }
  }
}
