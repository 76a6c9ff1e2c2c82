import Foundation

/// A piece of JSON that can be embedded in a `script` element.
struct JSON {
  let text: String

  private init(text: String) { self.text = text }

  /// Creates a piece by encoding a value, with sorted names. Stops the program if a number isn't
  /// finite.
  init(encoding value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      fatalError("JSON: expected a value of texts, finite numbers, and lists")
    }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(data.count + 1024)
    for byte in data {
      switch byte {
      case UInt8(ascii: "<"): escaped += Array(#"\u003c"#.utf8)
      case UInt8(ascii: ">"): escaped += Array(#"\u003e"#.utf8)
      case UInt8(ascii: "&"): escaped += Array(#"\u0026"#.utf8)
      default: escaped.append(byte)
      }
    }
    text = String(decoding: escaped, as: UTF8.self)
  }

  /// Returns a text as a JSON string. `<`, `>`, and `&` are escaped, so no text can end the
  /// enclosing element or begin a comment.
  static func string(_ text: String) -> JSON {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "<", ">", "&", "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        quoted += "\\u" + hex(scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return JSON(text: quoted + "\"")
  }

  /// Returns a finite number with the digits needed to read the same number back, or null for
  /// `nil`.
  static func number(_ value: Double?) -> JSON {
    guard let value else { return JSON(text: "null") }
    let description = value.description
    return JSON(text: description.hasSuffix(".0") ? String(description.dropLast(2)) : description)
  }

  static func array(_ elements: [JSON]) -> JSON {
    JSON(text: "[" + elements.map(\.text).joined(separator: ",") + "]")
  }

  static func object(_ members: KeyValuePairs<StaticString, JSON>) -> JSON {
    JSON(text: "{" + members.map { "\"\($0.key)\":\($0.value.text)" }.joined(separator: ",") + "}")
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
