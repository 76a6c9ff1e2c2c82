import ArgumentParser
import Forecasting
import Foundation
import Inventory
import Reporting

/// `foresight stock`: advises how much to order, and back-tests the advice in money.
struct StockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stock",
    abstract: "Advises how much of each product to order, and back-tests the advice in money.",
    discussion: """
      The table is read, and its series are forecast, as by foresight forecast. The stock on hand and on \
      order after a review must last for the lead time and the review period together. Its level is a \
      quantile of the demand over all of these steps, calibrated on past windows. The order is what the \
      stock of the --stock table lacks to this level.

      foresight stock sales.csv --lead-time 3 --review 7 --fill-rate 0.95 --stock stock.csv --backtest 8

      With --backtest, the same policy is simulated over past reviews with each model, with their \
      combination, with the seasonal naive forecast, and with a mean of the last 30 days (or of a season of \
      other steps). Demand that is not met is lost.

      The --output directory receives stock.csv (a row for each series), stock.html (the page of the \
      forecast with the advice), and, with --backtest, simulation.csv (each model and series).
      """)

  @OptionGroup
  var input: SalesSources

  @OptionGroup
  var replenishment: ReplenishmentOptions

  @Option(
    help: """
      A table of the stock, with the columns unique_id, on_hand, and optionally on_order, from a source \
      of the same kinds as the sales.
      """,
    completion: .file())
  var stock: String?

  @Option(parsing: .unconditional, help: "The number of past reviews to simulate.")
  var backtest: Int?

  @Option(
    parsing: .unconditional,
    help: "The number of simulated reviews after which models are trained again.")
  var refitEvery = 1

  @OptionGroup
  var models: ModelOptions

  @Flag(help: "Use only the baselines, without training a network.")
  var noNetwork = false

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "stock-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns that the network sees")
  var covariates: CovariateOptions

  @OptionGroup(title: "Training")
  var training: TrainingOptionGroup

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(backtest, "--backtest", in: OptionRange.windows)
    try check(refitEvery, "--refit-every", in: OptionRange.windows)
    if models.horizon != nil {
      throw ValidationError("The horizon of stock is --lead-time and --review; omit --horizon.")
    }
    if noNetwork { try training.checkNoNetwork(models.baselines, purpose: "to forecast with") }
    if backtest != nil, models.shortSeries != .fallBack {
      throw ValidationError("--backtest simulates all series; omit --short-series.")
    }
  }

  func run() throws {
    let standardOutput = format.begin()
    models.threads.apply()
    let outputs = try StockOutputs(in: output, savesSimulation: backtest != nil)
    let logs = try training.logs()
    let stock = try stock.map { try StockPositions(SourceReference($0).open(DelimitedFormat())) }
    let sales = try SalesInput.reading(input.sources, table, covariates)
    let policy = try replenishment.policy()
    let (results, panel) = try AdvisedError.advising { try forecast(sales, policy, logs) }
    if !noNetwork { models.printUnseenColumns(of: panel) }
    models.printClosing(panel)
    models.printLeftOut(results.leftOut)
    let best = results.models[results.recommended]
    let ids = best.next.forecast.ids
    let demands = try LeadTimeDemand.demands(of: best.next.sums, policy: policy)
    if let others = stock?.positions.keys.filter({ !ids.contains($0) }).sorted(), !others.isEmpty {
      print("\(others.count) ids of the stock have no sales and get no advice:")
      models.printList(others.map(\.debugDescription))
    }
    let advice = try AdvisedError.advising {
      try StockAdvice.advice(for: ids, demands, policy: policy, stock: stock)
    }
    print()
    print(
      StockReport(
        advice: advice, policy: policy, calendar: best.next.forecast.calendar,
        model: best.next.name))
    let simulation = try AdvisedError.advising { try simulate(policy, on: sales, logs) }
    if let simulation { printSimulation(simulation) }
    try outputs.write(
      advice, simulation, page: page(of: results, advice, policy, sales, panel),
      idColumn: sales.idColumn)
    try standardOutput.finish(StockSummary(advice, simulation, model: best.next.name))
  }

  /// Returns the page of the forecast with the advice.
  private func page(
    of results: ForecastResults, _ advice: [StockAdvice], _ policy: ReplenishmentPolicy,
    _ sales: SalesInput, _ panel: Panel
  ) throws -> ReportPage {
    var page = try ReportPage(
      title: "Stock advice: " + MainTable.title(input.sources), results,
      on: sales.panel.closed(on: panel.closing))
    page.names = sales.names
    page.markBaselines(
      of: results,
      trainedCount: noNetwork
        ? 0 : training.trainedCount(for: panel, seasonLength: models.seasonLength),
      baselineCount: models.baselines.names.count)
    page.holidays = covariates.countries.map { HolidayCalendar($0) }
    (page.stock, page.policy) = (advice, policy)
    return page
  }

  /// Forecasts the sums over the lead time and the review period.
  ///
  /// - Returns: The results, and the panel with its closed days.
  private func forecast(
    _ input: SalesInput, _ policy: ReplenishmentPolicy, _ logs: TrainingLogs?
  ) throws -> (ForecastResults, Panel) {
    var run = ForecastRun(horizon: policy.coveredSteps, seasonLength: models.seasonLength)
    run.shortSeries = models.shortSeries
    run.closings = models.closings(isPrepared: input.isPrepared)
    run.combines = true
    run.quantileLevels = [0.1, 0.5, 0.9]
    run.sumLengths = policy.sumLengths
    run.sumQuantileLevels = LeadTimeDemand.levels
    let panel = try covariates.completing(input.panel, horizon: run.horizon)
    let forecasters = forecasters(
      policy, for: panel, isWatched: true, logs?.observation(of: run, on: panel))
    let results = try run(forecasters.map { .untrained($0) }, on: panel)
    return (results, run.closings.closed(panel))
  }

  /// Returns the networks, boosted trees, and the baselines.
  private func forecasters(
    _ policy: ReplenishmentPolicy, for panel: Panel, isWatched: Bool = false,
    _ observation: NetworkObservation?
  ) -> [any Forecaster] {
    let levels = Quantiles.standardLevels(including: [policy.target.level])
    let baselines = models.baselines.forecasters(
      seasonLength: models.seasonLength, quantileLevels: levels)
    guard !noNetwork else { return baselines }
    let networks = training.forecasters(
      horizon: policy.coveredSteps, seasonLength: models.seasonLength,
      quantileLevels: levels, holidays: covariates.countries, isWatched: isWatched,
      observation: observation)
    let trees = training.trees(
      horizon: policy.coveredSteps, seasonLength: models.seasonLength,
      holidays: covariates.countries, for: panel)
    return networks + trees + baselines
  }

  /// Simulates past reviews with all models, their combination, and the two naive ones, if `--backtest`
  /// asks for it.
  private func simulate(
    _ policy: ReplenishmentPolicy, on input: SalesInput, _ logs: TrainingLogs?
  ) throws -> PolicyResults? {
    guard let backtest else { return nil }
    var simulation = try PolicySimulation(
      policy: policy, costs: replenishment.costs(), reviewCount: backtest)
    simulation.refitInterval = refitEvery
    simulation.combines = true
    simulation.closings = models.closings(isPrepared: input.isPrepared)
    simulation.progress = { progress in
      let line =
        "review \(progress.review + 1) of \(progress.reviewCount): \(progress.name)\n"
      FileHandle.standardError.write(Data(line.utf8))
    }
    let levels = Quantiles.standardLevels(including: [policy.target.level])
    let naive: [any Forecaster] =
      models.baselines.names.contains("seasonal-naive")
      ? [] : [SeasonalNaiveForecaster(seasonLength: models.seasonLength, quantileLevels: levels)]
    let isDaily = [.day, .businessDay].contains(input.panel.calendar.frequency)
    let mean = MovingAverageForecaster(
      windowLength: isDaily ? 30 : models.seasonLength, quantileLevels: levels)
    return try simulation(
      forecasters(policy, for: input.panel, logs?.observation()), comparedWith: naive + [mean],
      on: input.panel)
  }

  private func printSimulation(_ results: PolicyResults) {
    let calendar = results.calendar
    let costs = results.costs
    print(
      "\nback-test from \(calendar.label(at: 0)) to \(calendar.label(at: calendar.count - 1)): "
        + "\(costs.shortage.fixed(2, leastDigits: 3)) for a unit short, "
        + "\(costs.holding.fixed(4, leastDigits: 3)) for a unit held for a "
        + "\(calendar.frequency.unit), \(costs.leftover.fixed(2)) for a unit left at the end\n")
    print("\(results)\n")
  }
}
