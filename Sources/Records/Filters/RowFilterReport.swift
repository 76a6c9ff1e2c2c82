/// What one filter of a table's rows did. A row that an earlier filter dropped does not count.
public struct RowFilterReport: Equatable, Sendable, Codable {
  /// The column that the filter looks at.
  public let column: String
  /// What its values say of their rows.
  public let action: RowFilter.Action
  /// The values of the rows that stay, the most frequent first.
  public let kept: [Value]
  /// The values of the rows that are dropped, the most frequent first.
  public let dropped: [Value]
  /// The values of the filter that no row has.
  public let unmet: [String]

  /// A value of the column, and the number of rows that have it.
  public struct Value: Equatable, Sendable, Codable {
    /// The value, as the first row has it.
    public let text: String
    /// The number of rows.
    public let rows: Int

    package init(text: String, rows: Int) {
      self.text = text
      self.rows = rows
    }
  }

  /// The number of rows that the filter dropped.
  public var rowsDropped: Int { dropped.reduce(0) { $0 + $1.rows } }
}

extension RowFilterReport: CustomStringConvertible {
  /// Such as `"status": kept "paid" (320), "shipped" (12); dropped "voided" (5)`.
  public var description: String {
    var parts = [
      kept.isEmpty ? "kept no row" : "kept \(kept.counted)",
      dropped.isEmpty ? "dropped no row" : "dropped \(dropped.counted)",
    ]
    if !unmet.isEmpty { parts.append("no row has \(listed(unmet))") }
    return "\(excerpt(column)): " + parts.joined(separator: "; ")
  }
}

extension [RowFilterReport.Value] {
  /// The values with their numbers of rows, a long list cut short.
  package var counted: String {
    let limit = 20
    let rest = dropFirst(limit).reduce(0) { $0 + $1.rows }
    return prefix(limit).map {
      "\($0.text.isEmpty ? "an empty field" : excerpt($0.text)) (\($0.rows))"
    }
    .joined(separator: ", ")
      + (rest > 0 ? " and \(count - limit) other values (\(rest))" : "")
  }
}
