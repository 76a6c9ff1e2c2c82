import Forecasting
import Reporting
import Scenarios

/// The files of `foresight what-if`.
struct WhatIfOutputs {
  private let directory: OutputDirectory

  private static let scenario = "scenario.csv"
  private static let series = "series.csv"
  private static let elasticities = "elasticities.csv"
  private static let page = "scenario.html"

  /// Checks that the files can be written.
  ///
  /// - Throws: An `OutputError` if not.
  init(in path: String, savesElasticities: Bool) throws(OutputError) {
    let elasticities = savesElasticities ? [Self.elasticities] : []
    directory = try OutputDirectory(
      path, files: [Self.scenario, Self.series] + elasticities + [Self.page])
  }

  /// Writes all results and prints their paths.
  func write(
    _ results: WhatIfResults, title: String, names: [String: String], idColumn: String,
    timeColumn: String
  ) throws {
    let page = results.page(title: title, names: names).html()
    try directory.write {
      try directory[Self.scenario].write(
        results.comparison.csv(idColumn: idColumn, timeColumn: timeColumn))
      try directory[Self.series].write(results.comparison.csvOfSeries(idColumn: idColumn))
      if let (ofSales, ofModel) = results.elasticity {
        try directory[Self.elasticities].write(ofSales.csv(idColumn: idColumn, response: ofModel))
      }
      try directory[Self.page].write(page)
    }
  }
}
