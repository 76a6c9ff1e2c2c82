import ArgumentParser
import Forecasting

/// A column and some of its values, such as `status=paid,shipped`. A name or value that contains a
/// comma or an equals sign must be in double quotes. An empty value after a comma or the equals
/// sign matches an empty field.
struct RowFilterArgument: ExpressibleByArgument {
  let column: String
  let values: [String]

  init?(argument: String) {
    let parts = Self.split(argument, at: "=", most: 2)
    guard parts.count == 2 else { return nil }
    column = Self.unquoted(parts[0])
    values = Self.split(parts[1], at: ",", most: .max).map(Self.unquoted)
    if column.isEmpty { return nil }
  }

  /// Returns the parts of a text between separators that are outside of double quotes.
  private static func split(_ text: String, at separator: Character, most: Int) -> [String] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == separator, !isQuoted, parts.count < most {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }
}

extension RowFilter {
  /// The filter as an option of the command, quoted for a shell if necessary.
  var option: String {
    func quoted(_ text: String) -> String {
      text.contains { ",=\"".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    let argument = quoted(column) + "=" + values.map(quoted).joined(separator: ",")
    let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "_-=,./:".contains($0) }
    return (action == .keep ? "--keep-rows " : "--drop-rows ")
      + (isPlain ? argument : "'\(argument.replacing("'", with: "'\\''"))'")
  }
}
