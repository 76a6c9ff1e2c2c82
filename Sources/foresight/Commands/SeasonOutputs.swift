import Forecasting
import Reporting
import Seasons

/// The files of `foresight season`.
struct SeasonOutputs {
  private let directory: OutputDirectory

  private static let sums = "season.csv"
  private static let steps = "steps.csv"
  private static let page = "season.html"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(path, files: [Self.sums, Self.steps, Self.page])
  }

  /// Writes all results and prints their paths.
  func write(_ page: SeasonPage) throws {
    let results = page.results
    let model = ModelForecast(name: results.model, forecast: results.forecast)
    let html = page.advisedHTML()
    try directory.write {
      try directory[Self.sums].write(SeasonTable(results).csv())
      try directory[Self.steps].write(ForecastTable([model]).csv())
      try directory[Self.page].write(html)
    }
  }
}
