import Forecasting

/// The files of `foresight backtest`.
struct BacktestOutputs {
  private let directory: OutputDirectory

  private static let leaderboard = "leaderboard.csv"
  private static let windows = "windows.csv"
  private static let series = "series.csv"
  private static let steps = "steps.csv"
  private static let groups = "groups.csv"
  private static let levels = "levels.csv"
  private static let json = "backtest.json"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(
      path,
      files: [
        Self.leaderboard, Self.windows, Self.series, Self.steps, Self.groups, Self.levels,
        Self.json,
      ])
  }

  /// Writes all results and prints their paths.
  func write(_ results: BacktestResults, idColumn: String) throws {
    try directory.write {
      try directory[Self.leaderboard].write(results.leaderboardTable.csv())
      try directory[Self.windows].write(results.windowTable.csv())
      try directory[Self.series].write(results.seriesTable(idColumn: idColumn).csv())
      try directory[Self.steps].write(results.stepTable.csv())
      try directory[Self.groups].write(results.groupTable.csv())
      try directory[Self.levels].write(results.levelTable.csv())
      try directory[Self.json].write(results.json)
    }
  }
}
