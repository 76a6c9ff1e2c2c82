public import Foundation

/// The Python that tests run: the one that FORESIGHT_PYTHON names, or python3.
public enum Python {
  /// What a script wrote to its standard error before it failed.
  public struct Failure: Error { public let message: String }

  /// Whether there is a Python that can import all of these modules.
  public static func has(_ modules: String...) -> Bool {
    (try? run(["-c", "import " + modules.joined(separator: ", ")])) != nil
  }

  /// Runs Python to its end.
  ///
  /// - Returns: What it wrote to its standard output.
  @discardableResult
  public static func run(_ arguments: [String], in directory: URL? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["FORESIGHT_PYTHON"] ?? "python3"
    process.arguments = [python] + arguments
    if let directory { process.currentDirectoryURL = directory }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // Scripts of tests write little: neither pipe fills while the other is read.
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(message: String(decoding: message, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
