import Explanation
import Forecasting
import Reporting

/// The files of `foresight explain`.
struct ExplainOutputs {
  private let directory: OutputDirectory

  private static let importances = "importances.csv"
  private static let contributions = "contributions.csv"
  private static let overTime = "contributions_over_time.csv"
  private static let dependence = "partial_dependence.csv"
  private static let drivers = "explanation.json"
  private static let page = "explanation.html"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String) throws(OutputError) {
    directory = try OutputDirectory(
      path,
      files: [
        Self.importances, Self.contributions, Self.overTime, Self.dependence, Self.drivers,
        Self.page,
      ])
  }

  /// Writes all results and prints their paths.
  func write(
    _ explanation: ModelExplanation, title: String, names: [String: String], idColumn: String,
    timeColumn: String
  ) throws {
    let drivers = explanation.drivers
    var page = ExplanationPage(title: title, drivers, explanation.contributions)
    page.openSteps = explanation.openSteps
    page.name = names[explanation.contributions.id]
    let html = page.advisedHTML()
    try directory.write {
      try directory[Self.importances].write(explanation.importance.csv())
      let contributions = explanation.contributions
      try directory[Self.contributions].write(
        contributions.csv(idColumn: idColumn, timeColumn: timeColumn))
      try directory[Self.overTime].write(
        contributions.csvOverTime(idColumn: idColumn, timeColumn: timeColumn))
      try directory[Self.dependence].write(explanation.dependences.csv(idColumn: idColumn))
      try directory[Self.drivers].write(drivers.json)
      try directory[Self.page].write(html)
    }
  }
}
