import ArgumentParser
import Forecasting
import Scenarios

/// `foresight what-if`: compares the forecast of a plan with that of other prices or promotions.
struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Forecasts under other prices, promotions, or other columns that are known ahead.",
    discussion: """
      The model is the model.safetensors of foresight forecast, or the directory that contains it. The \
      sales are those to forecast from, with all columns that the model was trained with, up to the end \
      of the forecast.

      foresight what-if forecast-output sales.csv --set 'price*0.9' --from 2024-12-01 --to 2024-12-07

      The forecast of the plan and that of the changed plan are printed side by side, with the revenue if \
      there is a column of prices, and with the price elasticity of each series: how many percent sales \
      change if the price rises by one percent, as estimated from past sales and as the model has it.

      The --output directory receives scenario.csv (each series and step), series.csv (each series), \
      elasticities.csv (if there is a column of prices), and scenario.html.
      """)

  @OptionGroup
  var saved: SavedModelArgument

  @OptionGroup
  var input: SalesSources

  @OptionGroup(title: "The changes")
  var scenario: ScenarioOptions

  @Option(
    parsing: .unconditional,
    help: "The number of steps to forecast. (default: that of the model)")
  var horizon: Int?

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "what-if-output"

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns that the network sees")
  var covariates: CovariateOptions

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(horizon, "--horizon", in: OptionRange.days)
  }

  func run() throws {
    let standardOutput = format.begin()
    threads.apply()
    let saved = try SavedModelInput(saved, input, table, covariates)
    let columns = PlannedColumns(of: saved.model, in: saved.panel)
    let priceColumn = try AdvisedError.advising { try columns.price(scenario.priceColumn) }
    let outputs = try WhatIfOutputs(in: output, savesElasticities: priceColumn != nil)
    let results = try AdvisedError.advising { try compared(saved, columns, priceColumn) }
    print("\n\(WhatIfReport(results, names: saved.sales.names))\n")
    try outputs.write(
      results, title: "What if: " + MainTable.title(input.sources), names: saved.sales.names,
      idColumn: saved.sales.idColumn, timeColumn: table.schema.time)
    try standardOutput.finish(WhatIfSummary(results, names: saved.sales.names))
  }

  private func compared(
    _ saved: SavedModelInput, _ columns: PlannedColumns, _ priceColumn: String?
  ) throws -> WhatIfResults {
    let trained = saved.model.layout.horizon
    let horizon = horizon ?? trained
    guard horizon <= trained else {
      throw ForecastError.horizonTooLong(horizon, trainedFor: trained)
    }
    var changed = saved.panel
    if let name = scenario.changes {
      changed = try columns.reading(name, into: changed, idColumn: saved.sales.idColumn, table)
    }
    let changes = try scenario.planChanges(within: saved.panel.calendar(ofNext: horizon).labelDays)
    try columns.check(changes)
    return try WhatIfResults(
      of: saved.model, plan: saved.panel,
      scenario: changed.applying(changes, horizon: horizon), changes: changes, horizon: horizon,
      priceColumn: priceColumn)
  }
}

extension RegularCalendar {
  /// The days that label the first and the last step.
  fileprivate var labelDays: ClosedRange<CalendarDate> {
    labelDate(at: 0)...labelDate(at: count - 1)
  }
}
