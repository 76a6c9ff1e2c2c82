/// A filter that keeps or drops rows of a table by the values in a column.
///
/// ```swift
/// var schema = TableSchema(identity: "sku", time: "created_at")
/// schema.filters = [.keep("status", ["paid", "shipped"]), .drop("channel", ["test"])]
/// ```
///
/// Values are compared by their ``IdentityFolding`` keys: surrounding whitespace, letter case, and
/// invisible characters are ignored. An empty text matches an empty field. If a table has several
/// filters, a row must pass all of them.
///
/// Exports of shop systems such as Shopify give the status of an order only on its first line. If
/// the schema names the order column, an empty field in a filter's column has the value of the
/// previous line of the same order.
public struct RowFilter: Equatable, Sendable {
  /// The column to examine.
  public var column: String
  /// The values to keep or drop.
  public var values: [String]
  /// The action for rows with one of the values.
  public var action: Action

  /// An action for rows with one of the filter's values.
  public enum Action: String, Codable, Sendable {
    /// Keep rows with one of the values, and drop all others.
    case keep
    /// Drop rows with one of the values, and keep all others.
    case drop
  }

  /// Creates a filter for a column. Stops the program if there are no values.
  public init(_ action: Action, column: String, values: [String]) {
    guard !values.isEmpty else {
      fatalError("RowFilter: expected at least one value of \(column.debugDescription), got none")
    }
    self.action = action
    self.column = column
    self.values = values
  }

  /// Returns a filter that keeps rows with one of the values in a column.
  public static func keep(_ column: String, _ values: [String]) -> RowFilter {
    RowFilter(.keep, column: column, values: values)
  }

  /// Returns a filter that drops rows with one of the values in a column.
  public static func drop(_ column: String, _ values: [String]) -> RowFilter {
    RowFilter(.drop, column: column, values: values)
  }
}

extension RowFilter: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case column, keep, drop }

  /// Creates a filter by decoding an object such as `{"column": "status", "keep": ["paid",
  /// "shipped"]}`.
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

  /// Encodes the filter in the format that the decoder reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(column, forKey: .column)
    try container.encode(values, forKey: action == .keep ? .keep : .drop)
  }
}
