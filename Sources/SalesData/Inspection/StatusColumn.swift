/// A column that seems to indicate which rows of a table are sales: the status of an order or its
/// payment, or its time of cancellation.
public struct StatusColumn: Sendable, Equatable, Codable {
  /// The name of the column.
  public let column: String
  /// The values, the most frequent first. Empty for times of cancellation.
  public let values: [Value]
  /// The number of rows in which the column is empty.
  public let rowsWithout: Int
  /// The filter that leaves out the rows that are not sales, or `nil` if there is none.
  public let filter: RowFilter?
  /// A Boolean value that indicates whether the values are status words.
  public var isOfOrders: Bool { !values.isEmpty }

  /// A value and its probable meaning.
  public struct Value: Sendable, Equatable, Codable {
    /// The value as spelled in its first row.
    public let text: String
    /// The number of rows with the value.
    public let rows: Int
    /// The probable meaning, or `nil` if it is unknown.
    public let meaning: Meaning?
  }

  /// The meaning of an order status.
  public enum Meaning: String, Sendable, Codable {
    /// The order is a sale, possibly not shipped yet.
    case sale
    /// The order is not paid yet.
    case open
    /// The order was canceled, refunded, or never paid.
    case noSale
  }
}

extension StatusColumn {
  /// Creates a status column from a profile, or returns `nil` if the column does not seem to
  /// contain a status.
  init?(_ profile: ColumnProfile, _ counts: ValueCounts, rowCount: Int) {
    let name = profile.name.plainName
    column = profile.name
    rowsWithout = profile.missing
    if profile.columnCount > 1 || profile.missing == rowCount { return nil }
    if StatusWords.timesOfCancellation.contains(name) {
      guard profile.missing > 0 else { return nil }
      values = []
      filter = .keep(column, [""])
      return
    }
    let isFlag = StatusWords.flags.contains(name)
    guard !counts.isOverfull, isFlag || profile.type == .text else { return nil }
    values = counts.values.map { text, rows in
      Value(
        text: text, rows: rows,
        meaning: isFlag ? StatusWords.meaning(ofFlag: text) : StatusWords.meaning(of: text))
    }
    let meanings = values.map(\.meaning)
    let isNamed = isFlag || StatusWords.names.contains(name)
    let knownCount = meanings.count { $0 != nil }
    let speaks = knownCount == meanings.count && knownCount > 1 && meanings.contains(.noSale)
    guard isNamed && knownCount > 0 || speaks else { return nil }
    let others = values.filter { $0.meaning == .noSale || $0.meaning == .open }.map(\.text)
    filter = others.isEmpty ? nil : .drop(column, others)
  }
}

extension StatusColumn: CustomStringConvertible {
  /// A text such as `"status" seems to indicate which rows are sales: "paid" (320), "voided" (5)`.
  public var description: String {
    let counts = values.map { RowFilterReport.Value(text: $0.text, rows: $0.rows) }
    return "\(excerpt(column)) seems to indicate which rows are "
      + (values.isEmpty ? "canceled: those with a time" : "sales: \(counts.counted)")
      + (rowsWithout > 0 ? "; \(rowsWithout.counted("row")) without a value" : "")
  }
}
