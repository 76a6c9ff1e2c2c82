import Foundation
import Testing

/// The lines that an example prints, run with arguments from the package's directory.
func lines(ofExample name: String, _ arguments: String...) throws -> [Substring] {
  // Executables are built into the directory of the tests' own.
  let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let process = Process()
  process.executableURL = built.appending(path: name)
  process.currentDirectoryURL = packageDirectory
  process.arguments = arguments
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return text.split(separator: "\n")
}

private let packageDirectory = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The decimal numbers of a line, in order: those with a point, or an exponent.
func decimals(of line: Substring) -> [Double] {
  line.split { " ,".contains($0) }.filter { $0.contains(".") || $0.contains("e-") }
    .compactMap { Double($0) }
}
