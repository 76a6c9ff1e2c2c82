/// Which rows of a table count, by what stands in one of its columns.
///
/// ```swift
/// var schema = TableSchema(identity: "sku", time: "created_at")
/// schema.filters = [.keep("status", ["paid", "shipped"]), .drop("channel", ["test"])]
/// ```
///
/// Values are compared as ``IdentityFolding`` folds them: blanks around them, letter case and
/// invisible characters do not matter. An empty text stands for an empty field. Where a table has
/// several filters, a row must pass all of them.
///
/// Exports of shop systems such as Shopify give the status of an order on its first line only. Where
/// the schema names the column of the order, an empty field of a filter's column has the value of the
/// line before, if that is of the same order.
public struct RowFilter: Equatable, Sendable {
  /// The column that is looked at.
  public var column: String
  /// The values that are kept or dropped.
  public var values: [String]
  /// What the values say of their rows.
  public var action: Action

  /// What the values of a filter say of their rows.
  public enum Action: String, Codable, Sendable {
    /// Rows with one of the values stay, and all others are dropped.
    case keep
    /// Rows with one of the values are dropped, and all others stay.
    case drop
  }

  /// A filter of a column. No value at all stops the program.
  public init(_ action: Action, column: String, values: [String]) {
    guard !values.isEmpty else {
      fatalError("RowFilter: expected at least one value of \(column.debugDescription), got none")
    }
    self.action = action
    self.column = column
    self.values = values
  }

  /// A filter that keeps rows with one of some values in a column.
  public static func keep(_ column: String, _ values: [String]) -> RowFilter {
    RowFilter(.keep, column: column, values: values)
  }

  /// A filter that drops rows with one of some values in a column.
  public static func drop(_ column: String, _ values: [String]) -> RowFilter {
    RowFilter(.drop, column: column, values: values)
  }
}

extension RowFilter: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column, keep, drop }

  /// Reads a filter such as `{"column": "status", "keep": ["paid", "shipped"]}`.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard values.contains(.keep) != values.contains(.drop) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "a filter has either \"keep\" or \"drop\", with a list of values"))
    }
    let key = values.contains(.keep) ? CodingKeys.keep : .drop
    self.init(
      key == .keep ? .keep : .drop, column: try values.decode(String.self, forKey: .column),
      values: try values.names(key))
  }

  /// Writes a filter as it is read.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(column, forKey: .column)
    try container.encode(values, forKey: action == .keep ? .keep : .drop)
  }
}
