import Forecasting
import Foundation
import NeuralNetwork
import Reporting

/// The directory that results are written to.
///
/// It is tried before the long work begins, and made when there is something to write: a run that
/// fails, or is ended, leaves nothing behind.
struct OutputDirectory {
  private let path: String
  private let forecasts, next, page: OutputFile
  private let model: OutputFile?

  /// Tries whether the directory can be made, if it is not there, and written to.
  ///
  /// - Throws: `OutputError` if not.
  init(_ path: String, savesModel: Bool) throws(OutputError) {
    self.path = path
    let isNew = try Self.make(path)
    defer { if isNew { rmdir(path) } }
    func file(_ name: String) throws(OutputError) -> OutputFile {
      try OutputFile(path: path + "/" + name)
    }
    forecasts = try file("forecasts.csv")
    next = try file("next.csv")
    page = try file("forecast.html")
    model = savesModel ? try file("model.safetensors") : nil
  }

  /// Makes the directory; false if it is there already.
  private static func make(_ path: String) throws(OutputError) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    let number = errno
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      if isDirectory.boolValue { return false }
      throw .notDirectory(path: path)
    }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
    if number == ENOENT, !FileManager.default.fileExists(atPath: parent) {
      throw .noSuchDirectory(path: path, directory: parent)
    }
    throw .notWritable(path: path, reason: String(cString: strerror(number)))
  }

  /// Writes all results, and says where they are.
  func write(
    _ run: ForecastRun, title: String, names: [String: String], idColumn: String,
    table: TableOptions
  ) throws {
    func csv(_ columns: [ForecastTable.Column]) -> String {
      ForecastTable(columns, idColumn: idColumn, timeColumn: table.schema.time).csv()
    }
    let columns = run.forecasts.map { ForecastTable.Column(name: $0.name, forecast: $0.forecast) }
    var page = ForecastPage(
      title: title, history: run.holdOut.history, actual: run.holdOut.actual,
      models: run.forecasts.map { .init(name: $0.name, forecast: $0.forecast) },
      seasonLength: run.holdOut.seasonLength)
    page.names = names
    try makingDirectory {
      try OutputFile.writeTogether {
        try forecasts.write(csv(columns))
        try next.write(csv([.init(name: run.model.name, forecast: run.next)]))
        try self.page.write(page.html())
        if let model { try run.model.write(to: model.path) }
      }
    }
    for file in [forecasts, next, self.page] + (model.map { [$0] } ?? []) {
      print("wrote \(file.path)")
    }
  }

  /// Calls a closure that writes to the directory. One that is new is removed if that fails.
  private func makingDirectory(_ body: () throws -> Void) throws {
    guard try Self.make(path) else { return try body() }
    let slot = TemporaryFiles.add(path)
    defer { TemporaryFiles.remove(slot) }
    do { try body() } catch {
      rmdir(path)
      throw error
    }
  }
}
