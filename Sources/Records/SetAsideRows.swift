/// Rows of a table that were set aside for the same reason.
public struct SetAsideRows: Equatable, Sendable, Codable {
  /// The reason.
  public let reason: String
  /// The number of rows.
  public package(set) var count = 0
  /// The first few rows.
  public package(set) var examples: [Example] = []

  /// A row of the table.
  public struct Example: Equatable, Sendable, Codable {
    /// The row's source among several sources, or `nil` if there is only one.
    public let source: String?
    /// The row's line in its source, from 1.
    public let line: Int
    /// The truncated fields, separated by `|`, or a description of what is wrong.
    public let text: String
  }

  /// The maximum number of examples for each reason.
  static let exampleLimit = 3
  /// The maximum number of examples of lines without data, which are listed as completely as
  /// possible.
  static let skippedLineLimit = 20
  /// The reason for skipping rows that contain totals.
  static let totalReason = "of totals"

  /// Returns the rows with the name of their source among several sources.
  func located(in source: String?) -> SetAsideRows {
    var located = self
    located.examples = examples.map {
      Example(source: source ?? $0.source, line: $0.line, text: $0.text)
    }
    return located
  }
}

extension SetAsideRows: CustomStringConvertible {
  /// A text such as `3 no units (line 5, line 7, line 9)`, or with `(2009.csv:5, 2010.csv:7)` for
  /// several sources.
  public var description: String {
    let places = examples.map { example in
      example.source.map { "\($0):\(example.line)" } ?? "line \(example.line)"
    }.joined(separator: ", ")
    return "\(count) \(reason) (\(places)\(count > examples.count ? ", …" : ""))"
  }
}

extension [SetAsideRows] {
  /// The number of rows that were set aside for any reason.
  package var rowCount: Int { reduce(0) { $0 + $1.count } }

  /// Counts a row. `row` is only evaluated if it becomes an example.
  package mutating func add(_ reason: String, _ row: @autoclosure () -> SetAsideRows.Example) {
    add(reason, limit: SetAsideRows.exampleLimit, row)
  }

  /// Counts a row. `row` is only called if it becomes one of `limit` examples.
  mutating func add(_ reason: String, limit: Int, _ row: () -> SetAsideRows.Example) {
    let place: Int
    if let known = firstIndex(where: { $0.reason == reason }) {
      place = known
    } else {
      place = count
      append(SetAsideRows(reason: reason))
    }
    self[place].count += 1
    if self[place].examples.count < limit {
      self[place].examples.append(row())
    }
  }
}

extension RecordCursor {
  /// Returns the current record as an example, with the given text or its fields.
  package func example(_ text: String? = nil) -> SetAsideRows.Example {
    let place = place
    return SetAsideRows.Example(
      source: place.source == sourceName ? nil : place.source, line: place.line,
      text: text ?? excerpt)
  }

  /// The truncated fields of the current record, separated by `|`.
  private var excerpt: String {
    let limit = 120
    var text = ""
    for field in 0..<record.fieldCount where text.count <= limit {
      text += (field == 0 ? "" : "|") + record.text(field)
    }
    return text.count > limit ? text.prefix(limit) + "…" : text
  }
}
