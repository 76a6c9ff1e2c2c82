/// The effect of one filter of a table's rows. It does not count rows that an earlier filter
/// dropped.
public struct RowFilterReport: Equatable, Sendable, Codable {
  /// The column that the filter examines.
  public let column: String
  /// The action for rows with one of the filter's values.
  public let action: RowFilter.Action
  /// The values of the kept rows, the most frequent first.
  public let kept: [Value]
  /// The values of the dropped rows, the most frequent first.
  public let dropped: [Value]
  /// The values of the filter that do not occur in any row.
  public let unmet: [String]

  /// A value of the column and the number of rows that have it.
  public struct Value: Equatable, Sendable, Codable {
    /// The value as spelled in its first row.
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
  /// A text such as `"status": kept "paid" (320), "shipped" (12); dropped "voided" (5)`.
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
  /// The values with their numbers of rows, with long lists truncated.
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
