import ArgumentParser
import Forecasting

/// `foresight score`: scores forecasts against the sales that followed.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores earlier forecasts against the sales that followed.",
    discussion: """
      The forecasts are a table such as next.csv: an id, a date, and a column for each model. The \
      sales are read as by foresight forecast. They start before the forecasts, since scaled errors \
      need the history, and include at least the first forecast step. The command prints the scores \
      of each model and, if the sales have levels, the weighted RMSSE of the sums at each level, whose \
      mean is the WRMSSE.

      foresight score forecast-output/next.csv sales-until-today.csv --level region --output scores.csv
      """)

  @Argument(help: "A table of forecasts.", completion: .file())
  var forecasts: String

  @OptionGroup
  var input: SalesSources

  @OptionGroup
  var levelOptions: LevelOptions

  @Option(
    parsing: .unconditional, help: "Season length, in steps. (default: that of the frequency)")
  var seasonLength: Int?

  @Option(
    help: "A CSV file for the scores of each model at each level, with all metrics.",
    completion: .file(extensions: ["csv"]))
  var output: String?

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table of sales")
  var table: TableOptions

  func validate() throws {
    try SourceReference.checkDistinct([forecasts] + input.sources)
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    try check(seasonLength, "--season-length", in: OptionRange.days)
  }

  func run() throws {
    let standardOutput = format.begin()
    let output = try output.map { try OutputFile(path: $0) }
    let sales = try SalesInput.reading(input.sources, table, levelOptions.columns)
    let read = try sales.forecasts(at: forecasts, timeColumn: table.schema.time)
    let (panel, models) = try matched(read, with: sales.panel)
    printExtents(models[0].forecast, of: read[0].forecast)
    let scored = try scores(of: models, on: panel)
    let text = ScoreTables(scored)
    print("\n\(text.scoreboard)\n\n\(text.levels)")
    for note in scored[0].evaluation?.notes ?? [] { print("\n\(note)") }
    if let output {
      try output.write(EvaluationTable(levelsOf: scored).csv())
      print("wrote \(output.path)")
    }
    try standardOutput.finish(ScoreSummary(scored))
  }

  private func scores(of models: [ModelForecast], on panel: Panel) throws -> [ModelForecast] {
    let holdOut = try HoldOut(
      panel, horizon: models[0].forecast.horizon, seasonLength: seasonLength)
    let hierarchy = try Hierarchy(
      of: holdOut, groupings: levelOptions.columns.groupings, weights: levelOptions.columns.weights)
    return models.map { model in
      ModelForecast(
        name: model.name, forecast: model.forecast,
        evaluation: holdOut.evaluate(model.forecast, over: hierarchy))
    }
  }

  /// Returns the part of the sales that forecasts can be scored on, and the forecasts of its last steps.
  ///
  /// - Throws: A `ForecastTableError` if forecasts and sales have no series or step in common.
  private func matched(
    _ models: [ModelForecast], with sales: Panel
  ) throws -> (sales: Panel, models: [ModelForecast]) {
    let forecast = models[0].forecast
    let steps = forecast.calendar
    guard let start = sales.calendar.step(of: steps.start, hour: steps.startHour),
      (1..<sales.calendar.count).contains(start)
    else {
      let last = sales.calendar.label(at: sales.calendar.count - 1)
      throw ForecastTableError.otherSteps(
        table: forecasts, first: steps.label(at: 0),
        expected: "start after \(sales.calendar.label(at: 0)) and by \(last), the sales' first and "
          + "last steps")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(sales.ids, sales.ids.indices))
    let common = forecast.ids.indices.filter { places[forecast.ids[$0]] != nil }
    guard !common.isEmpty else {
      throw ForecastTableError.noSuchSeries(table: forecasts, id: forecast.ids[0])
    }
    let count = min(steps.count, sales.calendar.count - start)
    return (
      sales.slice(0..<start + count).selecting(common.map { places[forecast.ids[$0]]! }),
      models.map {
        ModelForecast(name: $0.name, forecast: $0.forecast.prefix(count).selecting(common))
      }
    )
  }

  /// Prints what is scored, and which forecasts can't be.
  private func printExtents(_ scored: Forecast, of all: Forecast) {
    let calendar = scored.calendar
    print(
      "scored: \(scored.ids.count) series, \(calendar.label(at: 0)) to "
        + calendar.label(at: calendar.count - 1))
    if scored.horizon < all.horizon {
      print(
        "not scored: the last \(all.horizon - scored.horizon) of \(all.horizon) steps, without sales"
      )
    }
    if scored.ids.count < all.ids.count {
      print(
        "not scored: \(all.ids.count - scored.ids.count) of \(all.ids.count) series, without sales")
    }
  }
}
