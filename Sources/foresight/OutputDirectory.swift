import Forecasting
import Foundation
import NeuralNetwork
import Reporting

/// The directory for the results.
///
/// It is checked before the long work begins and created when there is something to write, so a run
/// that fails or is interrupted leaves nothing behind.
struct OutputDirectory {
  private let path: String
  private let forecasts, next, page: OutputFile
  private let model: OutputFile?

  /// Checks that the directory exists or can be created, and that its files can be written.
  ///
  /// - Throws: An `OutputError` if not.
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

  /// Creates the directory. Returns `false` if it already exists.
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

  /// Writes all results and prints their paths.
  func write(
    _ results: ForecastResults, title: String, names: [String: String], idColumn: String,
    table: TableOptions
  ) throws {
    func csv(_ models: [ModelForecast]) -> String {
      ForecastTable(models, idColumn: idColumn, timeColumn: table.schema.time).csv()
    }
    let heldOut = results.models.map(\.heldOut)
    var page = ForecastPage(
      title: title, history: results.holdOut.history, actual: results.holdOut.actual,
      models: heldOut, seasonLength: results.holdOut.seasonLength)
    page.names = names
    try makingDirectory {
      try OutputFile.writeTogether {
        try forecasts.write(csv(heldOut))
        try next.write(csv(results.recommendedFirst.map(\.next)))
        try self.page.write(page.html())
        if let model, let final = results.models[0].final as? any SavableForecaster {
          try final.write(to: model.path)
        }
      }
    }
    for file in [forecasts, next, self.page] + (model.map { [$0] } ?? []) {
      print("wrote \(file.path)")
    }
  }

  /// Runs a closure that writes to the directory. Removes a new directory if the closure fails.
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
