import Forecasting

/// The files of `foresight reconcile`.
struct ReconcileOutputs {
  private let directory: OutputDirectory

  private static let coherent = "coherent.csv"
  private static let next = "next.csv"
  private static let forecasts = "forecasts.csv"
  private static let scores = "scores.csv"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(
      path, files: [Self.coherent, Self.next, Self.forecasts, Self.scores])
  }

  /// Writes all results and prints their paths.
  func write(_ results: ReconciliationResults, idColumn: String, timeColumn: String) throws {
    let all = results.reconciled + [results.base]
    try directory.write {
      try directory[Self.coherent].write(
        LevelForecastTable(all, idColumn: idColumn, timeColumn: timeColumn).csv())
      try directory[Self.next].write(
        ForecastTable(all.map(\.next), idColumn: idColumn, timeColumn: timeColumn).csv())
      try directory[Self.forecasts].write(
        ForecastTable(all.map(\.heldOut), idColumn: idColumn, timeColumn: timeColumn).csv())
      try directory[Self.scores].write(EvaluationTable(levelsOf: all.map(\.heldOut)).csv())
    }
  }
}
