import Forecasting
import Inventory
import Reporting

/// The files of `foresight stock`.
struct StockOutputs {
  private let directory: OutputDirectory
  private let savesSimulation: Bool

  private static let advice = "stock.csv"
  private static let simulation = "simulation.csv"
  private static let page = "stock.html"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String, savesSimulation: Bool) throws(OutputError) {
    self.savesSimulation = savesSimulation
    directory = try OutputDirectory(
      path, files: [Self.advice] + (savesSimulation ? [Self.simulation] : []) + [Self.page])
  }

  /// Writes all results and prints their paths.
  func write(
    _ advice: [StockAdvice], _ simulation: PolicyResults?, page: ReportPage, idColumn: String
  ) throws {
    let html = try page.advisedHTML()
    try directory.write {
      try directory[Self.advice].write(AdviceTable(advice, idColumn: idColumn).csv())
      if savesSimulation, let simulation {
        try directory[Self.simulation].write(simulation.csv(idColumn: idColumn))
      }
      try directory[Self.page].write(html)
    }
  }
}
