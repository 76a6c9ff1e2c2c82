import Forecasting
import Reporting
import Synchronization

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
  private static let page = "backtest.html"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(
      path,
      files: [
        Self.leaderboard, Self.windows, Self.series, Self.steps, Self.groups, Self.levels,
        Self.json, Self.page,
      ])
  }

  /// Writes all results and prints their paths.
  func write(_ results: BacktestResults, page: ReportPage, idColumn: String) throws {
    let html = try page.advisedHTML()
    try directory.write {
      try directory[Self.leaderboard].write(results.leaderboardTable.csv())
      try directory[Self.windows].write(results.windowTable.csv())
      try directory[Self.series].write(results.seriesTable(idColumn: idColumn).csv())
      try directory[Self.steps].write(results.stepTable.csv())
      try directory[Self.groups].write(results.groupTable.csv())
      try directory[Self.levels].write(results.levelTable.csv())
      try directory[Self.json].write(results.json)
      try directory[Self.page].write(html)
    }
  }
}

/// The forecasts of a back-test, collected while it runs.
final class BacktestLog: Sendable {
  private let entries = Mutex<[BacktestProgress]>([])

  func add(_ progress: BacktestProgress) { entries.withLock { $0.append(progress) } }

  /// Returns the page of the back-test.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - results: The results, whose best model is the subject of the page.
  ///   - panel: The panel of the run, which may have more series.
  ///   - baselines: The places of the baselines among the models.
  func page(
    title: String, _ results: BacktestResults, on panel: Panel, baselines: Range<Int>
  ) throws -> ReportPage {
    let windows = PastForecasts.windows(of: entries.withLock { $0 })
    let names = windows[0].models.map(\.name)
    let best = results.leaderboard.rows[0].place
    var page = ReportPage(
      title: title, panel: try panel.selecting(ids: windows[0].models[0].forecast.ids),
      windows: windows.map { $0.putting(first: best) }, next: nil)
    page.seasonLength = results.seasonLength
    page.baselines = Set(baselines.map { names[$0] })
    return page
  }
}
