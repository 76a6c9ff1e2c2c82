/// Writes the JSON header of a safetensors file, in the form of the reference implementation: without
/// white space, and with no more escapes than JSON needs.
struct HeaderText {
  private(set) var text = "{"

  /// Adds `__metadata__`, sorted by key.
  mutating func append(metadata: [String: String]) {
    guard !metadata.isEmpty else { return }
    let pairs = metadata.sorted { Self.precedes($0.key, $1.key) }
      .map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
    append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
  }

  /// Adds a tensor.
  mutating func append(name: String, type: SafetensorsType, shape: Shape, offsets: Range<Int>) {
    let extents = shape.dimensions.map { "\($0)" }.joined(separator: ",")
    append(
      "\(Self.quoted(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(extents)],"
        + "\"data_offsets\":[\(offsets.lowerBound),\(offsets.upperBound)]}")
  }

  /// The header: closed, and padded so that the data that follow are aligned to 8 bytes.
  consuming func bytes() -> [UInt8] {
    var bytes = Array((text + "}").utf8)
    let padding = (8 - bytes.count % 8) % 8
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: padding)
    return bytes
  }

  /// The order of texts in the format: by their UTF-8 bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// The control characters that have an escape of their own, by its letter.
  static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
  ]

  private mutating func append(_ member: String) {
    if text != "{" { text += "," }
    text += member
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result + "\""
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\"", "\\": text += "\\\(scalar)"
    case "\u{00}"..<"\u{20}": text += escape(UInt8(scalar.value))
    default: text.unicodeScalars.append(scalar)
    }
  }

  private static func escape(_ control: UInt8) -> String {
    if let letter = controls.first(where: { $0.value == control })?.key {
      return "\\\(Unicode.Scalar(letter))"
    }
    let digits = String(control, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
