import ArgumentParser
import Forecasting
import Reporting
import Tensor

/// `foresight forecast`: the main job, from a table of sales to forecasts, their scores and a page.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecasts every series of a table with one LSTM, and judges it on held-out days.",
    discussion: """
      The table is a CSV file with a row for each series and day. The last --horizon days are held \
      out; one LSTM is trained on the rest of all series, and its forecasts of those days are \
      scored beside the naive and the seasonal naive forecast.

      Into the --output directory go forecasts.csv (the held-out days), next.csv (the days after \
      the end of the table), forecast.html (a page to look at) and model.safetensors, which \
      --model takes to forecast again without training.
      """)

  @Argument(help: "The table of sales: a CSV file with columns unique_id, ds and y.")
  var file: String

  @Option(help: "How many days to forecast. (default: 28, or the model's)")
  var horizon: Int?

  @Option(help: "The days after which sales repeat. (default: 7, or the model's)")
  var seasonLength: Int?

  @Option(help: "The directory for the results; it is made if it is not there.")
  var output = "forecast-output"

  @Option(help: "A model.safetensors of an earlier run, to forecast with instead of training.")
  var model: String?

  @Option(help: "What becomes of a series too short for a window: reject or leave-out.")
  var shortSeries = ShortSeries.reject

  @Option(help: "A table of names for the page: a CSV file with columns unique_id and description.")
  var names: String?

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Training")
  var training: TrainingOptionGroup

  @Option(help: "How many threads to compute with. (default: one for each processor)")
  var threads: Int?

  func validate() throws {
    try checkAtLeastOne(horizon, "--horizon")
    try checkAtLeastOne(seasonLength, "--season-length")
    try checkAtLeastOne(threads, "--threads")
    if model != nil, let option = training.firstGiven {
      throw ValidationError("\(option) is for training, but --model forecasts without it.")
    }
  }

  func run() throws {
    if let threads { Parallelism.threadCount = threads }
    let outputs = try OutputDirectory(output, savesModel: model == nil)
    let names = try names.map { try SeriesNames(path: $0) }
    let table = try table.reader.read(file)
    print(table.report)
    let model = try model.map { try FittedLSTMForecaster(contentsOf: $0) }
    let horizon = horizon ?? model?.configuration.horizon ?? 28
    let season = seasonLength ?? model?.configuration.seasonLength ?? 7
    let panel = try selectedSeries(table.panel, horizon: horizon, season: season, model)
    let results = try ForecastRun(
      panel: panel, horizon: horizon, seasonLength: season, model: model,
      configuration: training.configuration(horizon: horizon, seasonLength: season))
    print("\n\(results.scoreboard)\n")
    try outputs.write(results, title: title, names: names?.names ?? [:], table: self.table)
  }

  private var title: String {
    "Sales forecast: " + (file.split(separator: "/").last.map(String.init) ?? file)
  }

  /// The series to forecast: all, or those that are long enough.
  private func selectedSeries(
    _ panel: Panel, horizon: Int, season: Int, _ model: FittedLSTMForecaster?
  ) throws -> Panel {
    guard shortSeries == .leaveOut else { return panel }
    let configuration =
      model?.configuration ?? training.configuration(horizon: horizon, seasonLength: season)
    let selection = LongEnoughSeries(panel, for: configuration, isTrained: model != nil, horizon)
    if selection.leftOut > 0 {
      print("\(selection.leftOut) series left out: too short, or nothing observed in the window")
    }
    guard selection.panel.seriesCount > 0 else {
      throw ValidationError("No series is long enough; shorten --horizon or --input-length.")
    }
    return selection.panel
  }
}

/// What becomes of a series that is too short for the model's window.
enum ShortSeries: String, ExpressibleByArgument, CaseIterable {
  case reject
  case leaveOut = "leave-out"
}

/// Stops with a usage message if an option's number is below 1.
func checkAtLeastOne(_ value: Int?, _ option: String) throws {
  if let value, value < 1 {
    throw ValidationError("\(option) must be at least 1, but is \(value).")
  }
}
