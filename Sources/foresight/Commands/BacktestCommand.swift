import ArgumentParser
import Forecasting
import Foundation

/// `foresight backtest`: scores models on several windows of a table of sales.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract:
      "Scores models on several windows of a table, each forecast from the steps before it.",
    discussion: """
      The table is read as by foresight forecast. The last window ends with the table, and each \
      earlier one ends --step steps before the next. In each window, every model is trained on the \
      steps before the window and scored on its steps, so no model sees the steps that it forecasts. \
      The leaderboard lists the scores over all windows, and the differences between each model and \
      the best one with 95 % confidence intervals over windows. Ctrl-C ends the program without \
      writing anything.

      The --output directory receives leaderboard.csv, windows.csv (each model and window), \
      series.csv (each series), steps.csv (each step of the horizon), groups.csv (each category of \
      each static column), levels.csv (sums at each level of the hierarchy), backtest.json, and \
      backtest.html (a page to view).
      """)

  @OptionGroup
  var input: SalesSources

  @Option(parsing: .unconditional, help: "The number of windows.")
  var windows = 5

  @Option(
    parsing: .unconditional,
    help: "The number of steps between the starts of windows. (default: the horizon)")
  var step: Int?

  @Option(
    parsing: .unconditional,
    help: """
      The number of windows after which models are trained again. In between, they forecast from the \
      longer history with what they learned earlier.
      """)
  var refitEvery = 1

  @Option(
    help: """
      The metric that ranks the models. (default: RMSSE, or RMSE if no series has a scale)
      """)
  var metric: MetricName?

  @OptionGroup
  var models: ModelOptions

  @Flag(
    inversion: .prefixedNo,
    help: """
      Add a combination of all models: a mean of their forecasts, weighted by their errors in the last \
      window that ended before. In the first window, all have the same weight.
      """)
  var combine = true

  @Flag(help: "Compare only the baselines, without training a network.")
  var noNetwork = false

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "backtest-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns that the network sees")
  var covariates: CovariateOptions

  @OptionGroup(title: "Intervals")
  var intervals: QuantileOptions

  @OptionGroup(title: "Training")
  var training: TrainingOptionGroup

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(windows, "--windows", in: OptionRange.windows)
    try check(step, "--step", in: OptionRange.days)
    try check(refitEvery, "--refit-every", in: OptionRange.windows)
    if noNetwork { try training.checkNoNetwork(models.baselines, purpose: "to score") }
  }

  func run() throws {
    let standardOutput = format.begin()
    models.threads.apply()
    let outputs = try BacktestOutputs(in: output)
    let logs = try training.logs()
    let sales = try SalesInput.reading(input.sources, table, covariates)
    let log = BacktestLog()
    let run = configuredRun(on: sales, log)
    models.printSteps(sales.panel.calendar, horizon: run.horizon)
    if !noNetwork { models.printUnseenColumns(of: sales.panel) }
    models.printClosing(run.closings.closed(sales.panel))
    // Flushing keeps this before the lines of the progress if output goes to a file, too.
    fflush(nil)
    var results = try AdvisedError.advising {
      try run(competitors(run, on: sales.panel, logs), on: sales.panel)
    }
    if let metric { results.rankingMetric = metric.metric }
    models.printLeftOut(results.leftOut)
    printWindows(results)
    print("\n\(results.leaderboard)\n")
    for note in results.notes { print(note) }
    let first =
      noNetwork
      ? 0 : training.trainedCount(for: sales.panel, seasonLength: models.seasonLength)
    var page = try log.page(
      title: "Back-test: " + MainTable.title(input.sources), results,
      on: run.closings.closed(sales.panel), baselines: first..<first + models.baselines.names.count)
    page.names = sales.names
    page.holidays = covariates.countries.map { HolidayCalendar($0) }
    try outputs.write(results, page: page, idColumn: sales.idColumn)
    try standardOutput.finish(results)
  }

  private func configuredRun(on sales: SalesInput, _ log: BacktestLog) -> BacktestRun {
    var run = BacktestRun(
      horizon: models.horizon ?? sales.panel.usualHorizon(windowCount: windows),
      windowCount: windows, step: step, seasonLength: models.seasonLength)
    run.refitInterval = refitEvery
    run.combines = combine
    run.shortSeries = models.shortSeries
    run.closings = models.closings(isPrepared: sales.isPrepared)
    run.progress = { progress in
      log.add(progress)
      let line =
        "window \(progress.window + 1) of \(progress.windowCount): \(progress.result.name)\n"
      FileHandle.standardError.write(Data(line.utf8))
    }
    return run
  }

  /// Returns the models, with calibrated quantiles if there are levels.
  private func competitors(
    _ run: BacktestRun, on panel: Panel, _ logs: TrainingLogs?
  ) -> [ForecastRun.Model] {
    let levels = intervals.modelLevels
    let baselines = models.baselines.forecasters(
      seasonLength: run.seasonLength, quantileLevels: levels)
    let all = (noNetwork ? [] : trained(run.horizon, on: panel, levels, logs)) + baselines
    guard !levels.isEmpty else { return all.map { .untrained($0) } }
    return all.map {
      .untrained(
        ConformalForecaster($0, horizon: run.horizon, quantileLevels: intervals.levels))
    }
  }

  /// Returns the networks, whose head is chosen from the history of each window, and the boosted trees.
  private func trained(
    _ horizon: Int, on panel: Panel, _ quantileLevels: [Double], _ logs: TrainingLogs?
  ) -> [any Forecaster] {
    training.forecasters(
      horizon: horizon, seasonLength: models.seasonLength,
      quantileLevels: quantileLevels, holidays: covariates.countries,
      observation: logs?.observation())
      + training.trees(
        horizon: horizon, seasonLength: models.seasonLength, holidays: covariates.countries,
        for: panel)
  }

  private func printWindows(_ results: BacktestResults) {
    for (place, window) in results.windows.enumerated() {
      let calendar = window.calendar
      print(
        "window \(place + 1): \(calendar.label(at: 0)) to \(calendar.label(at: calendar.count - 1)), "
          + "from \(window.historyLength.counted(calendar.frequency.unit)) of history"
          + (window.isRefitted ? "" : ", models of an earlier window"))
    }
  }
}

/// The name of a metric that every model has.
struct MetricName: ExpressibleByArgument {
  let metric: Metric

  private static let all = Metric.points + [Metric.wrmsse]

  init?(argument: String) {
    guard let metric = Self.all.first(where: { $0.name.lowercased() == argument.lowercased() })
    else { return nil }
    self.metric = metric
  }

  static var allValueStrings: [String] { all.map(\.name) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
