/// A writer for the JSON header of a safetensors file, in the form of the reference implementation:
/// without white space, and with only the escapes that JSON requires.
struct HeaderText {
  private var text = [UInt8(ascii: "{")]

  /// Adds `__metadata__`, sorted by key.
  package mutating func append(metadata: [String: String]) {
    guard !metadata.isEmpty else { return }
    startMember(named: "__metadata__")
    var separator = "{"
    for (key, value) in metadata.sorted(by: { Self.precedes($0.key, $1.key) }) {
      text += separator.utf8
      appendQuoted(key)
      text.append(UInt8(ascii: ":"))
      appendQuoted(value)
      separator = ","
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Adds a tensor.
  package mutating func append(
    name: String, type: SafetensorsType, shape: Shape, offsets: Range<Int>
  ) {
    startMember(named: name)
    let extents = shape.dimensions.map { "\($0)" }.joined(separator: ",")
    let fields =
      "{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(extents)],"
      + "\"data_offsets\":[\(offsets.lowerBound),\(offsets.upperBound)]}"
    text += fields.utf8
  }

  /// Returns the complete header, padded so that the data after it are aligned to 8 bytes.
  consuming func bytes() -> [UInt8] {
    text.append(UInt8(ascii: "}"))
    let padding = (8 - text.count % 8) % 8
    text += [UInt8](repeating: UInt8(ascii: " "), count: padding)
    return text
  }

  /// Returns a Boolean value that indicates whether a string precedes another in the order of the
  /// format, which compares UTF-8 bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// The control characters that have a short escape, by its letter.
  static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D,
  ]

  private mutating func startMember(named name: String) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    appendQuoted(name)
    text.append(UInt8(ascii: ":"))
  }

  private mutating func appendQuoted(_ string: String) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: text += Self.escapes[Int(byte)]
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  /// The escape of each control character.
  private static let escapes: [[UInt8]] = (0..<0x20).map { control in
    if let letter = controls.first(where: { $0.value == control })?.key {
      return [UInt8(ascii: "\\"), letter]
    }
    return Array((control < 0x10 ? "\\u000" : "\\u00").utf8) + String(control, radix: 16).utf8
  }
}
