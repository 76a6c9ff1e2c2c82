/// The meaning of a table's columns, declared once for every reader.
///
/// ```swift
/// var schema = TableSchema(identity: "StockCode", time: "InvoiceDate")
/// schema.quantity = "Quantity"
/// schema.price = "Price"
/// schema.order = "Invoice"
/// schema.timeZone = "Europe/London"
/// ```
///
/// The file format is a JSON object with the names of the properties. Only `time` is required:
///
/// ```json
/// {
///   "identity": ["item_id", "store_id"], "time": "date", "target": "sales",
///   "filters": [{"column": "status", "keep": ["paid", "shipped"]}],
///   "covariates": [
///     {"column": "sell_price", "role": "known", "kind": "numeric"},
///     {"column": "dept_id", "role": "static", "kind": "categorical"}
///   ]
/// }
/// ```
public struct TableSchema: Equatable, Sendable {
  /// The columns that together identify the series of a row, or the item of an order line. If there
  /// are none, all rows are a single series, ``total``.
  public var identity: [String]
  /// A Boolean value that indicates whether a table with none of the identity columns, nor another
  /// column that seems to be one, is a single series, ``total``.
  public var allowsSingleSeries = false
  /// The separator of the parts of an identity with several columns. No part may contain it.
  public var identitySeparator = "/"
  /// The column of the date or time stamp.
  public var time: String
  /// The format of the dates.
  public var timeFormat = DateFormat.automatic
  /// The IANA name of the time zone of time stamps without an offset, such as `Europe/London`. If
  /// it is `nil`, the day of a time stamp is the written day.
  public var timeZone: String?
  /// The time zone that defines the days, if it differs from that of the time stamps.
  public var calendarTimeZone: String?
  /// The column of the value to forecast.
  public var target: String?
  /// The column of the units in an order line.
  public var quantity: String?
  /// The column of the price per unit.
  public var price: String?
  /// The column of the total price of a line's units. It is only needed if there is no column for
  /// the price per unit, which is then the quotient.
  public var amount: String?
  /// The columns of the amounts by which a line's price was reduced. Their sum, with the price paid, is
  /// the list price. The analysis of segments uses them.
  public var discounts: [String] = []
  /// The columns of the amounts of a line that were paid with coupons, if any. The analysis of segments
  /// uses them.
  public var coupons: [String] = []
  /// The column of a line's order.
  public var order: String?
  /// The column of the customer.
  public var customer: String?
  /// The column of the item's display name.
  public var description: String?
  /// Additional columns that describe a series or its steps, which can include identity columns.
  /// For order lines, only identity columns are supported, as static categories.
  public var covariates: [CovariateColumn] = []

  /// A Boolean value that indicates whether ids, and categories, with the same ``IdentityFolding``
  /// key are merged. Their rows for the same step are summed. A second row in the same spelling is
  /// still an error.
  public var mergesIdentities = false
  /// The filters of the rows. Rows that do not pass all filters are left out and counted.
  public var filters: [RowFilter] = []

  /// The id of the only series of a table without id columns, and of the sum of all items.
  public static let total = "Total"
  /// The display name of the sum of all items.
  package static let totalDescription = "All items"

  /// A Boolean value that indicates whether a covariate is known ahead of the target.
  package var hasKnownCovariate: Bool { covariates.contains { $0.role == .known } }

  /// The columns with a meaning other than the identity.
  package var columnsBesidesIdentity: [String] {
    [time, target, quantity, price, amount, order, customer, description].compactMap { $0 }
      + discounts + coupons + covariates.map(\.column) + filters.map(\.column)
  }

  /// Returns a Boolean value that indicates whether a covariate is an identity column, used as a
  /// category of each series.
  package func isPartOfIdentity(_ covariate: CovariateColumn) -> Bool {
    identity.contains(covariate.column) && covariate.role == .static
      && covariate.kind != .numeric
  }

  /// Returns the part of an identity that belongs to one of its columns.
  package func part(_ column: String, ofIdentity id: String) -> String {
    guard identity.count > 1, let place = identity.firstIndex(of: column) else { return id }
    // Splitting by bytes is necessary, because a combining mark after the separator would form a
    // different character.
    let parts = id.utf8.split(separator: identitySeparator.utf8, omittingEmptySubsequences: false)
    return String(Substring(parts[place]))
  }

  /// Creates a schema with the required columns. Without an identity, all rows are a single series.
  public init(identity: [String], time: String) {
    self.identity = identity
    self.time = time
  }

  /// Creates a schema for a table in which all rows are a single series.
  public init(time: String) { self.init(identity: [], time: time) }

  /// Creates a schema with a single identity column.
  public init(identity: String, time: String) { self.init(identity: [identity], time: time) }

  /// The columns that forecasting libraries expect: `unique_id`, `ds`, and `y`. A table without ids
  /// is a single series.
  public static let longTable: TableSchema = {
    var schema = TableSchema(identity: "unique_id", time: "ds")
    schema.target = "y"
    schema.allowsSingleSeries = true
    return schema
  }()

  /// The order lines of *Online Retail II* (D. Chen 2012, UCI Machine Learning Repository 502).
  public static let onlineRetail: TableSchema = {
    var schema = TableSchema(identity: "StockCode", time: "InvoiceDate")
    schema.timeZone = "Europe/London"
    schema.quantity = "Quantity"
    schema.price = "Price"
    schema.order = "Invoice"
    schema.customer = "Customer ID"
    schema.description = "Description"
    return schema
  }()
}

/// A column other than the value that describes a series or its steps.
public struct CovariateColumn: Codable, Equatable, Sendable {
  /// The name of the column.
  public var column: String
  /// The role of the covariate, which determines when it is known.
  public var role: CovariateRoleName
  /// The kind of values in its fields, or `nil` to detect it.
  ///
  /// A column is numeric if at least half of its first 1,000 values are numbers, and then each of its
  /// values must be one. Otherwise, it holds categories, and so does a column of the identity.
  public var kind: CovariateKind?

  /// Creates a covariate column.
  public init(_ column: String, role: CovariateRoleName, kind: CovariateKind? = nil) {
    self.column = column
    self.role = role
    self.kind = kind
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case column, role, kind }

  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try values.decode(String.self, forKey: .column), role: try values.choice(.role),
      kind: try values.choiceIfPresent(.kind))
  }
}
