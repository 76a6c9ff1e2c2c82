import Foundation

/// A check that distinguishes panel and model files from tables.
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
}
