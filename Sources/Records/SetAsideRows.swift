/// Rows of a table that were set aside for one reason.
public struct SetAsideRows: Equatable, Sendable, Codable {
  /// Why.
  public let reason: String
  /// How many rows.
  public package(set) var count = 0
  /// The first few of them.
  public package(set) var examples: [Example] = []

  /// A row of the table.
  public struct Example: Equatable, Sendable, Codable {
    /// Which one of several sources the row is from; nil where there is one.
    public let source: String?
    /// The row's line in its source, from 1.
    public let line: Int
    /// Its fields, with `|` between them, cut short; or what is wrong with it.
    public let text: String
  }

  /// The most examples that are kept of a reason.
  static let exampleLimit = 3
  /// The most examples that are kept of lines that hold no data: each is named, as far as possible.
  static let skippedLineLimit = 20
  /// The reason why rows are skipped that sum up others.
  static let totalReason = "of totals"

  /// The rows as those of one of several sources.
  func located(in source: String?) -> SetAsideRows {
    var located = self
    located.examples = examples.map {
      Example(source: source ?? $0.source, line: $0.line, text: $0.text)
    }
    return located
  }
}

extension SetAsideRows: CustomStringConvertible {
  /// Such as `3 no units (line 5, line 7, line 9)`, or `(2009.csv:5, 2010.csv:7)` of several sources.
  public var description: String {
    let places = examples.map { example in
      example.source.map { "\($0):\(example.line)" } ?? "line \(example.line)"
    }.joined(separator: ", ")
    return "\(count) \(reason) (\(places)\(count > examples.count ? ", …" : ""))"
  }
}

extension [SetAsideRows] {
  /// How many rows were set aside, for whatever reason.
  package var rowCount: Int { reduce(0) { $0 + $1.count } }

  /// Counts a row, which is asked for only where it becomes an example.
  package mutating func add(_ reason: String, _ row: @autoclosure () -> SetAsideRows.Example) {
    add(reason, limit: SetAsideRows.exampleLimit, row)
  }

  /// Counts a row, which is asked for only where it becomes one of `limit` examples.
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
  /// The current record as an example, with a text of its own or with its fields.
  package func example(_ text: String? = nil) -> SetAsideRows.Example {
    let place = place
    return SetAsideRows.Example(
      source: place.source == sourceName ? nil : place.source, line: place.line,
      text: text ?? excerpt)
  }

  /// The fields of the current record, with `|` between them, cut short.
  private var excerpt: String {
    let limit = 120
    var text = ""
    for field in 0..<record.fieldCount where text.count <= limit {
      text += (field == 0 ? "" : "|") + record.text(field)
    }
    return text.count > limit ? text.prefix(limit) + "…" : text
  }
}
