import ArgumentParser
import Forecasting
import Foundation

/// Panel files among the inputs of a command: reading them, and a check that distinguishes panel and model files from tables.
enum PanelFile {
  /// Returns a Boolean value that indicates whether a file starts like a safetensors file: with the
  /// length of its header in eight bytes, the upper ones of which are 0, and a brace. No text does.
  /// The check does not read from pipes, because that would consume the data.
  static func isAt(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path),
      let start = try? file.read(upToCount: 9), start.count == 9
    else { return false }
    return start[5..<8].allSatisfy { $0 == 0 } && start[8] == UInt8(ascii: "{")
  }

  /// Reads a panel that an option names.
  ///
  /// - Throws: `ValidationError` for a file of another kind, or an error of reading the file.
  static func read(_ path: String, for option: String) throws -> Panel {
    if FileManager.default.fileExists(atPath: path), !isAt(path) {
      throw ValidationError(
        "\(option) takes a panel file, but \(path) is none; make one with foresight prepare.")
    }
    return try Panel(contentsOf: path)
  }
}
