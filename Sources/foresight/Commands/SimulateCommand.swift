import ArgumentParser
import Forecasting

/// `foresight simulate`: simulates the sales of all series from forecasts and the errors of past ones.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Adds quantiles to forecasts, and to all sums, from the errors of past forecasts.",
    discussion: """
      The forecasts are a table such as next.csv: an id, a date, and a column for each model, from \
      foresight or from any other program. Each --past table has forecasts of earlier steps by the same \
      model, such as forecasts.csv, whose errors are those of the sales. Sales of all series are \
      simulated together, so that the quantiles of all levels fit together.

      foresight simulate next.csv sales.csv --past forecasts.csv --group store,department \
      --product item --level store --level department --output simulated.csv

      If the sales include the steps of the forecasts, the quantiles are scored on them.
      """)

  @Argument(help: "A table of forecasts.", completion: .file())
  var forecasts: String

  @OptionGroup
  var input: SalesSources

  @Option(
    help: ArgumentHelp(
      """
      A table of forecasts of earlier steps, as many as are forecast, by a model that was not trained \
      on them. Can be repeated: more windows show more of what can happen.
      """, valueName: "table"),
    completion: .file())
  var past: [String]

  @Option(help: "The column of the model to use. (default: the first one)")
  var model: String?

  @Option(
    help: ArgumentHelp(
      """
      Static columns that divide the series into groups whose errors differ from step to step, such as \
      store,department. (default: one group of all series)
      """, valueName: "columns"))
  var group: ColumnList?

  @Option(
    help: ArgumentHelp(
      "Static columns that series of the same product share, such as item. (default: none)",
      valueName: "columns"))
  var product: ColumnList?

  @OptionGroup
  var levelOptions: LevelOptions

  @Option(help: "The levels of the quantiles, separated by commas.")
  var quantiles = NumberList<Double>([0.1, 0.5, 0.9])

  @Option(parsing: .unconditional, help: "The number of simulated courses of each series.")
  var paths = 200

  @Option(help: "The seed of the random numbers.")
  var seed: UInt64 = 0

  @Option(
    help: "The CSV file for the forecasts of all levels with their quantiles.",
    completion: .file(extensions: ["csv"]))
  var output = "simulated.csv"

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table of sales")
  var table: TableOptions

  func validate() throws {
    try SourceReference.checkDistinct([forecasts] + past + input.sources)
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(paths, "--paths", in: OptionRange.paths)
    try quantiles.checkLevels()
  }

  func run() throws {
    let standardOutput = format.begin()
    threads.apply()
    let output = try OutputFile(path: output)
    let columns = levelOptions.columns(with: [group, product].compactMap { $0 })
    let sales = try SalesInput.reading(
      input.sources, table, columns, namedBy: options(of: columns))
    let next = try read(forecasts, sales)
    let panel = try sales.panel.selecting(places(of: next.forecast, in: sales.panel))
    let earlier = try past.map { try read($0, sales, model: next.name).forecast }
    let simulation = try AdvisedError.advising {
      try DemandSimulation(
        of: next.forecast, past: earlier, on: panel,
        groups: panel.aggregated(by: columnNames(group)).members,
        products: product == nil ? nil : panel.aggregated(by: columnNames(product)).members)
    }
    let levels = try simulation.paths(count: paths, seed: seed).levels(
      groupings(of: panel), of: panel, quantileLevels: quantiles.numbers.sorted())
    let results = SimulationResults(
      model: next.name, levels: levels,
      evaluation: try evaluation(of: levels, on: panel))
    print("\n\(SimulationReport(results, pastCount: past.count, paths: paths))\n")
    try output.write(
      LevelForecastTable(
        next.name, levels: levels, idColumn: sales.idColumn, timeColumn: table.schema.time
      ).csv())
    print("wrote \(output.path)")
    try standardOutput.finish(SimulationSummary(results))
  }

  /// Returns the option that names each column.
  private func options(of columns: LevelColumns) -> [String: String] {
    let own = [(group, "--group"), (product, "--product")].flatMap { list, option in
      columnNames(list).map { ($0, option) }
    }
    return columns.options.merging(own) { _, last in last }
  }

  private func columnNames(_ list: ColumnList?) -> [String] { list?.columns.map(\.name) ?? [] }

  private func groupings(of panel: Panel) -> [[String]] {
    levelOptions.columns.groupings ?? panel.levelGroupings
  }

  /// Reads the forecasts of a model.
  ///
  /// - Parameter name: The name of the model, or nil for that of --model, or of the first column.
  private func read(
    _ path: String, _ sales: SalesInput, model name: String? = nil
  ) throws -> ModelForecast {
    let models = try sales.forecasts(at: path, timeColumn: table.schema.time)
    guard let wanted = name ?? model else { return models[0] }
    guard let found = models.first(where: { $0.name == wanted }) else {
      throw ForecastTableError.noSuchModel(wanted, table: path, models: models.map(\.name))
    }
    return found
  }

  /// Returns the place of each series of a forecast in the sales.
  private func places(of forecast: Forecast, in panel: Panel) throws -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: zip(panel.ids, panel.ids.indices))
    return try forecast.ids.map { id in
      guard let place = places[id] else {
        throw ForecastTableError.noSuchSeries(table: forecasts, id: id)
      }
      return place
    }
  }

  /// Returns the scores of the levels, or nil if the sales don't include the steps of the forecasts.
  private func evaluation(
    of levels: [LevelForecasts.Level], on panel: Panel
  ) throws -> Evaluation? {
    let forecast = levels.last!.forecast
    let steps = forecast.calendar
    guard let start = panel.calendar.step(of: steps.start, hour: steps.startHour), start > 0,
      start + steps.count <= panel.calendar.count
    else { return nil }
    let holdOut = try HoldOut(panel.slice(0..<start + steps.count), horizon: steps.count)
    let hierarchy = try Hierarchy(
      of: holdOut, groupings: groupings(of: panel),
      weights: levelOptions.columns.weights)
    return holdOut.evaluate(
      forecast, over: hierarchy,
      sums: Dictionary(uniqueKeysWithValues: levels.map { ($0.name, $0.forecast) }))
  }
}
