/// A piece of JSON that can be embedded in a `script` element.
struct JSON {
  let text: String

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
