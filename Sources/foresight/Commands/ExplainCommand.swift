import ArgumentParser
import Explanation
import Forecasting

/// `foresight explain`: shows what a network's forecasts depend on.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows what the forecasts of a network depend on.",
    discussion: """
      The model is the model.safetensors of foresight forecast, or the directory that contains it. The \
      sales are those to forecast from, with all columns that the model was trained with.

      foresight explain forecast-output sales.csv --series 85123A

      The importance of an input is the increase of the error if its values are exchanged between \
      windows of the past. A decision tree and a linear model imitate the forecasts, and R² tells how \
      well. The forecast of one series is split into contributions of the inputs, which add up to its \
      difference from a baseline, the forecast for a window of the series in which nothing changes.

      The --output directory receives importances.csv, contributions.csv (each forecast step), \
      contributions_over_time.csv (each step of the window that an input comes from), \
      partial_dependence.csv (forecasts for other values of the columns that are known ahead), \
      explanation.json (which foresight report --explanation shows), and explanation.html.
      """)

  @OptionGroup
  var saved: SavedModelArgument

  @OptionGroup
  var input: SalesSources

  @Option(
    help: ArgumentHelp(
      "The series whose forecast is explained. (default: the one with the largest recent sales)",
      valueName: "id"))
  var series: String?

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "explain-output"

  @Option(
    parsing: .unconditional, help: "The number of past windows that importance is measured on.")
  var windows = 1_024

  @Option(
    parsing: .unconditional,
    help: "The seed of the choice of windows and of the orders in which inputs are exchanged.")
  var seed: UInt64 = 0

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
    try check(windows, "--windows", in: 2...OptionRange.windows.upperBound)
  }

  func run() throws {
    let standardOutput = format.begin()
    threads.apply()
    let outputs = try ExplainOutputs(in: output)
    let saved = try SavedModelInput(saved, input, table, covariates)
    let sales = saved.sales
    try AdvisedError.advising {
      let explanation = try ModelExplanation(
        of: saved.model, on: saved.panel, series: series(of: saved.panel, saved.model),
        windows: windows, seed: seed)
      print("\n\(ExplanationReport(explanation, names: sales.names))\n")
      try outputs.write(
        explanation, title: "Explanation: " + MainTable.title(input.sources),
        names: sales.names, idColumn: sales.idColumn, timeColumn: table.schema.time)
      try standardOutput.finish(ExplanationSummary(explanation))
    }
  }

  /// Returns the id of the series to explain.
  private func series(of panel: Panel, _ model: any FittedNetwork) throws -> String {
    if let series {
      guard panel.ids.contains(series) else {
        let similar = panel.ids.prefix(3).map(\.debugDescription).joined(separator: ", ")
        throw ValidationError(
          "The sales have no series \(series.debugDescription); there are ids such as \(similar).")
      }
      return series
    }
    guard let largest = panel.largest(1, for: model).first else {
      throw ForecastError.nothingObserved(id: panel.ids.first ?? "")
    }
    return panel.ids[largest]
  }
}
