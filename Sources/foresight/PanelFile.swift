import Foundation

/// Tells files of panels and of models from tables.
enum PanelFile {
  /// Whether what a path names begins as a safetensors file does: with the length of its header in eight
  /// bytes, of which the upper ones are 0, and a brace. No text does. A pipe is not looked into: what is
  /// read of it is gone.
  static func isAt(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path),
      let start = try? file.read(upToCount: 9), start.count == 9
    else { return false }
    return start[5..<8].allSatisfy { $0 == 0 } && start[8] == UInt8(ascii: "{")
  }
}
