import Forecasting
import Foundation
import Reporting

/// The directory that results are written to. It is checked before the long work begins.
struct OutputDirectory {
  private let forecasts, next, page: OutputFile
  private let model: OutputFile?

  /// Makes the directory if it is not there.
  ///
  /// - Throws: `OutputError` if it cannot be made or written to.
  init(_ path: String, savesModel: Bool) throws {
    try Self.make(path)
    func file(_ name: String) throws(OutputError) -> OutputFile {
      try OutputFile(path: path + "/" + name)
    }
    forecasts = try file("forecasts.csv")
    next = try file("next.csv")
    page = try file("forecast.html")
    model = savesModel ? try file("model.safetensors") : nil
  }

  private static func make(_ path: String) throws {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    throw OutputError.notWritable(path: path, reason: String(cString: strerror(errno)))
  }

  /// Writes all results, and says where they are.
  func write(
    _ run: ForecastRun, title: String, names: [String: String], table: TableOptions
  ) throws {
    func csv(_ columns: [ForecastTable.Column]) -> String {
      ForecastTable(columns, idColumn: table.idColumn, timeColumn: table.timeColumn).csv()
    }
    let columns = run.forecasts.map { ForecastTable.Column(name: $0.name, forecast: $0.forecast) }
    var page = ForecastPage(
      title: title, history: run.holdOut.history, actual: run.holdOut.actual,
      models: run.forecasts.map { .init(name: $0.name, forecast: $0.forecast) },
      seasonLength: run.holdOut.seasonLength)
    page.names = names
    try forecasts.write(csv(columns))
    try next.write(csv([.init(name: run.model.name, forecast: run.next)]))
    try self.page.write(page.html())
    if let model { try run.model.write(to: model.path) }
    for file in [forecasts, next, self.page] + (model.map { [$0] } ?? []) {
      print("wrote \(file.path)")
    }
  }
}
