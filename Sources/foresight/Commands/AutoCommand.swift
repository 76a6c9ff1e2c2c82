import ArgumentParser
import Forecasting
import Foundation
import Reporting
import Tuning

/// `foresight auto`: searches for networks, combines the best ones with baselines, and forecasts.
struct AutoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auto",
    abstract: "Searches for the best networks of a table, combines them, and forecasts.",
    discussion: """
      The table is read as by foresight forecast. The last --horizon steps are held out, and the search does \
      not see them. It trains networks of different kinds, sizes, and learning rates before the windows that \
      precede them, and scores them there: a Tree-structured Parzen Estimator chooses what to try, and \
      successive halving trains only the better third longer. The best networks and the --baselines are \
      combined by greedy selection or by ridge stacking, whichever does better on windows that its weights \
      were not fitted on. The result is scored on the held-out steps, and trained again on all steps.

      foresight auto sales.csv --budget 10m
      foresight auto sales.csv --trials 40 --seed 1

      The --output directory receives the files of foresight forecast, trials.csv (every trial with its values, \
      scores, and time), and trials.jsonl, the journal of the search. If the process is killed, or ended by \
      Ctrl-C, the same command with --resume goes on from the journal.
      """)

  @OptionGroup
  var input: SalesSources

  @OptionGroup
  var models: ModelOptions

  @OptionGroup
  var search: SearchOptionGroup

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "auto-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns that the network sees")
  var covariates: CovariateOptions

  @OptionGroup(title: "Intervals")
  var intervals: IntervalOptionGroup

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    if let horizon = models.horizon { try intervals.checkSums(horizon: horizon) }
  }

  func run() throws {
    let start = ContinuousClock.now
    let standardOutput = format.begin()
    models.threads.apply()
    let outputs = try AutoOutputs(
      in: output, resumes: search.resume, savesSums: !intervals.sumLengths.numbers.isEmpty)
    let sales = try SalesInput.reading(input.sources, table, covariates)
    let horizon = models.horizon ?? sales.panel.usualHorizon
    try intervals.checkSums(horizon: horizon)
    models.printSteps(sales.panel.calendar, horizon: horizon)
    let panel = try covariates.completing(sales.panel, horizon: horizon)
    models.printUnseenColumns(of: panel)
    let closings = models.closings(isPrepared: sales.isPrepared)
    let closed = closings.closed(panel)
    models.printClosing(closed)
    // Flushing keeps this before the lines of the search if output goes to a file, too.
    fflush(nil)
    let results = try AdvisedError.advising {
      try configuredRun(horizon: horizon, closings)(
        on: panel, journal: try outputs.journal(), since: start)
    }
    models.printLeftOut(results.forecast.leftOut)
    print("\n\(results.report)\n\n\(results.forecast.scoreboard)\n")
    for note in results.forecast.notes { print(note) }
    if let report = IntervalReport(results.forecast) { print("\(report)\n") }
    printChoice(results)
    var page = try ReportPage(
      title: "Sales forecast: " + MainTable.title(input.sources), results.forecast,
      on: sales.panel.closed(on: closed.closing))
    page.names = sales.names
    page.markBaselines(
      of: results.forecast, trainedCount: results.networkCount,
      baselineCount: models.baselines.names.count)
    page.holidays = covariates.countries.map { HolidayCalendar($0) }
    page.drivers = results.forecast.drivers(on: closed)
    try outputs.write(results, page: page, idColumn: sales.idColumn, table: table)
    try standardOutput.finish(ForecastSummary(results.forecast))
  }

  private func configuredRun(horizon: Int, _ closings: ClosingSource) -> AutomaticRun {
    let levels = intervals.quantiles.modelLevels
    var run = AutomaticRun(horizon: horizon)
    run.seasonLength = models.seasonLength
    run.architectures = search.architectures
    run.baselines = models.baselines.forecasters(
      seasonLength: models.seasonLength, quantileLevels: levels)
    run.holidays = covariates.countries
    run.shortSeries = models.shortSeries
    run.closings = closings
    run.quantileLevels = intervals.quantiles.levels
    run.modelLevels = levels
    run.sumLengths = intervals.sumLengths.numbers
    run.windowCount = search.windows
    run.timeLimit = search.timeLimit
    run.trialLimit = search.trials
    run.seed = search.seed
    run.progress = { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
    return run
  }

  private func printChoice(_ results: AutomaticResults) {
    let recommended = results.forecast.models[results.forecast.recommended].heldOut.name
    print("Recommended: \(recommended), the first model in next.csv.")
    if results.reasonOfNoSearch == nil {
      print("Neither the search nor the weights have seen the held-out steps.")
    }
    print("The forecast beyond the table comes from models trained on all of it.")
  }
}
