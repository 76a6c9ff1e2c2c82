import Forecasting
import Foundation
import NeuralNetwork

/// The directory for the results.
///
/// It is checked before the long work begins and created when there is something to write, so a run
/// that fails or is interrupted leaves nothing behind.
struct OutputDirectory {
  private let path: String
  private let files: [OutputFile]

  /// Checks that the directory exists or can be created, and that its files can be written.
  ///
  /// - Parameters:
  ///   - path: The path of the directory.
  ///   - names: The names of the files, in the order in which their paths are printed.
  /// - Throws: An `OutputError` if not.
  init(_ path: String, files names: [String]) throws(OutputError) {
    self.path = path
    let isNew = try Self.make(path)
    defer { if isNew { rmdir(path) } }
    var files: [OutputFile] = []
    for name in names { files.append(try OutputFile(path: path + "/" + name)) }
    self.files = files
  }

  /// Returns the file of a name that was given at the start.
  subscript(name: String) -> OutputFile { files.first { $0.path == path + "/" + name }! }

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

  /// Creates the directory, for a file that is written before the results. It stays if the run fails.
  func makeDirectory() throws(OutputError) { _ = try Self.make(path) }

  /// Calls a closure that writes all files, which replace earlier ones together, and prints their
  /// paths.
  func write(_ body: () throws -> Void) throws {
    try makingDirectory { try OutputFile.writeTogether(body) }
    for file in files { print("wrote \(file.path)") }
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
