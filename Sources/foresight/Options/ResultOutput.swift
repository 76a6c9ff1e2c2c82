import Foundation

/// The standard output of a command, for lines or for results as JSON.
struct ResultOutput {
  /// The descriptor of standard output, or nil if lines go there.
  private let descriptor: Int32?

  /// Creates an output. If results are JSON, everything that is printed goes to standard error from now
  /// on.
  init(isJSON: Bool) {
    guard isJSON else {
      descriptor = nil
      return
    }
    fflush(nil)
    descriptor = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
  }

  /// Prints results if they are JSON.
  func finish(_ results: @autoclosure () -> some Encodable) throws {
    guard let descriptor else { return }
    fflush(nil)
    let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try output.write(contentsOf: Data(results().json.utf8))
  }
}

extension Encodable {
  /// The value as indented JSON with sorted properties.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(self) else {
      fatalError("json: expected a value of texts, numbers and lists")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
