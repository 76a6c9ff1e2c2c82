/// A column that seems to say which rows of a table are sales: the status of an order or of its
/// payment, or the time at which it was cancelled.
public struct StatusColumn: Sendable, Equatable, Codable {
  /// The column's name.
  public let column: String
  /// Its values, the most frequent first; of times of cancellation none.
  public let values: [Value]
  /// The number of rows that leave it empty.
  public let rowsWithout: Int
  /// The filter that leaves out the rows that are no sales; nil where there is none.
  public let filter: RowFilter?
  /// A Boolean value that indicates whether the values are words of a status.
  public var isOfOrders: Bool { !values.isEmpty }

  /// A value, and what it seems to say.
  public struct Value: Sendable, Equatable, Codable {
    /// The value, as the first row has it.
    public let text: String
    /// The number of rows that have it.
    public let rows: Int
    /// What it seems to say; nil where that is not known.
    public let meaning: Meaning?
  }

  /// What a status says of an order.
  public enum Meaning: String, Sendable, Codable {
    /// It was sold, perhaps not yet shipped.
    case sale
    /// It was not paid yet.
    case open
    /// It was cancelled, refunded, or never paid.
    case noSale
  }
}

extension StatusColumn {
  /// The column of a profile; nil where it seems to be none of a status.
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
  /// Such as `"status" seems to say which rows are sales: "paid" (320), "voided" (5)`.
  public var description: String {
    let counts = values.map { RowFilterReport.Value(text: $0.text, rows: $0.rows) }
    return "\(excerpt(column)) seems to say which rows are "
      + (values.isEmpty ? "cancelled: those that have a time in it" : "sales: \(counts.counted)")
      + (rowsWithout > 0 ? "; \(rowsWithout.counted("row")) without a value" : "")
  }
}
