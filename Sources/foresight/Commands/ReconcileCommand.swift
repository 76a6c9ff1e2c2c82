import ArgumentParser
import Forecasting

/// `foresight reconcile`: forecasts series and their sums, so that the forecasts add up.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Forecasts series and their sums at each level, so that the forecasts add up.",
    discussion: """
      The sales are read as by foresight forecast. Each level is forecast by itself, by a combination of \
      the --baselines: these base forecasts do not add up. Each --method reconciles them. The last \
      --horizon steps are held out, and the scores of each level before and after reconciliation are \
      printed, with the levels that it makes worse. The errors of past windows tell the methods \
      wls-variance and mint-shrinkage which forecasts to trust.

      foresight reconcile sales.csv --level state --level department --level state,department

      The --output directory receives coherent.csv (the steps after the end of the table, of all \
      levels), next.csv (those of the series), forecasts.csv (the held-out steps of the series), and \
      scores.csv (each level). The first --method comes first, and the base forecasts last.
      """)

  @OptionGroup
  var input: SalesSources

  @OptionGroup
  var levelOptions: LevelOptions

  @Option(
    help: ArgumentHelp(
      "The methods, separated by commas: \(ReconciliationMethodList.allNames).",
      valueName: "methods"))
  var method = ReconciliationMethodList([.wlsVariance])

  @Option(
    help: ArgumentHelp(
      """
      The level that middle-out starts from, such as state. (default: the one in the middle of the \
      nested levels)
      """, valueName: "level"))
  var middleLevel: String?

  @Option(
    parsing: .unconditional,
    help: """
      The number of past windows whose errors methods and quantiles use. (default: 4, or as many as the \
      sales allow)
      """)
  var windows: Int?

  @Option(
    help: ArgumentHelp(
      """
      Forecast quantiles at these levels, separated by commas, such as 0.1,0.5,0.9, for the series and \
      all sums. They come from sample paths that add up.
      """, valueName: "levels"))
  var quantiles = NumberList<Double>([])

  @OptionGroup
  var models: ModelOptions

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "reconcile-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(windows, "--windows", in: OptionRange.windows)
    if models.baselines.names.isEmpty {
      throw ValidationError("--baselines none leaves no model to forecast with.")
    }
    if middleLevel != nil, !method.methods.contains(.middleOut) {
      throw ValidationError("--middle-level is for --method middle-out.")
    }
    try quantiles.checkLevels()
  }

  func run() throws {
    let standardOutput = format.begin()
    models.threads.apply()
    let outputs = try ReconcileOutputs(in: output)
    let sales = try SalesInput.reading(input.sources, table, levelOptions.columns)
    let run = configuredRun(on: sales)
    models.printSteps(sales.panel.calendar, horizon: run.horizon)
    models.printClosing(run.closings.closed(sales.panel))
    let forecasters = models.baselines.forecasters(
      seasonLength: run.seasonLength, quantileLevels: [])
    let results = try AdvisedError.advising { try run(forecasters, on: sales.panel) }
    models.printLeftOut(results.leftOut)
    let report = ReconcileReport(results, baselines: models.baselines.names)
    print("\n\(report)\n")
    try outputs.write(results, idColumn: sales.idColumn, timeColumn: table.schema.time)
    try standardOutput.finish(ReconcileSummary(results))
  }

  private func configuredRun(on sales: SalesInput) -> ReconciliationRun {
    var run = ReconciliationRun(
      horizon: models.horizon ?? sales.panel.usualHorizon, methods: method.methods)
    run.groupings = levelOptions.columns.groupings
    run.middleLevel = middleLevel
    run.seasonLength = models.seasonLength
    run.windowCount = windows
    run.quantileLevels = quantiles.numbers.sorted()
    run.weights = levelOptions.columns.weights
    run.closings = models.closings(isPrepared: sales.isPrepared)
    run.shortSeries = models.shortSeries
    return run
  }
}
