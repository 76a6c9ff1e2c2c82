import Foundation

/// A small table of sales, and the forecasts that follow from it by their definitions.
struct SalesTable {
  var ids = ["a", "b", "c"]
  var dayCount = 61
  var firstDay = "2024-01-30"

  /// The units of a series on a day: a week's season, and what differs from week to week.
  func value(_ series: Int, _ day: Int) -> Int {
    (day % 7) * (series + 2) + (day * day + 5 * series) % 11
  }

  /// The date of a day, counted from the first; `pattern` is a date pattern of Unicode's.
  func date(_ day: Int, _ pattern: String = "yyyy-MM-dd") -> String {
    let start = Self.formatter("yyyy-MM-dd").date(from: firstDay)!
    return Self.formatter(pattern).string(from: start.addingTimeInterval(Double(day) * 86_400))
  }

  /// Rows of id, date and value.
  func rows(_ pattern: String = "yyyy-MM-dd") -> [[String]] {
    ids.indices.flatMap { series in
      (0..<dayCount).map { [ids[series], date($0, pattern), "\(value(series, $0))"] }
    }
  }

  /// The table as CSV with the default columns.
  var csv: String { Self.csv(rows()) }

  static func csv(
    _ rows: [[String]], header: String = "unique_id,ds,y", separator: String = ","
  ) -> String {
    header + "\n"
      + rows.map { row in row.map(field).joined(separator: separator) + "\n" }.joined()
  }

  /// A field in quotes, where it must be.
  private static func field(_ text: String) -> String {
    guard text.contains(where: { "\",;\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func formatter(_ pattern: String) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = pattern
    return formatter
  }
}

/// A CSV file that was read without the package's own reader.
struct PlainTable {
  let header: [String]
  let rows: [[String]]

  init(_ text: String) {
    var records: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    var characters = text.unicodeScalars[...]
    while let character = characters.popFirst() {
      switch character {
      case "\"" where isQuoted && characters.first == "\"":
        field.unicodeScalars.append(characters.removeFirst())
      case "\"": isQuoted.toggle()
      case "," where !isQuoted, "\n" where !isQuoted:
        records[records.count - 1].append(field)
        field = ""
        if character == "\n" { records.append([]) }
      default: field.unicodeScalars.append(character)
      }
    }
    header = records[0]
    rows = records.dropFirst().filter { !$0.isEmpty }
  }

  /// A column of numbers.
  func numbers(_ name: String) -> [Double] {
    let column = header.firstIndex(of: name)!
    // What is written is the shortest text of a number in single precision.
    return rows.map { Double(Float($0[column])!) }
  }
}
