/// What the columns of a table mean, declared once for every reader.
///
/// ```swift
/// var schema = TableSchema(identity: "StockCode", time: "InvoiceDate")
/// schema.quantity = "Quantity"
/// schema.price = "Price"
/// schema.order = "Invoice"
/// schema.timeZone = "Europe/London"
/// ```
///
/// As a file it is a JSON object of the properties' names, of which all but `time` may be left out:
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
  /// The columns that together say which series a row is of, or, of an order line, which item. Where
  /// there are none, all rows are one series, ``total``.
  public var identity: [String]
  /// A Boolean value that indicates whether a table that has none of the columns of the identity, and
  /// no other that seems to be one, is one series, ``total``.
  public var allowsSingleSeries = false
  /// What joins the parts of an identity of several columns; none of the parts may hold it.
  public var identitySeparator = "/"
  /// The column of the date or the time stamp.
  public var time: String
  /// The form of the dates.
  public var timeFormat = DateFormat.automatic
  /// The time zone in which time stamps without an offset are written, as IANA names it:
  /// `Europe/London`. Where none is given, a stamp's day is the one that is written.
  public var timeZone: String?
  /// The time zone whose days are counted, where it is another one than that of the stamps.
  public var calendarTimeZone: String?
  /// The column of the value that is to be forecast.
  public var target: String?
  /// The column of the units in an order line.
  public var quantity: String?
  /// The column of the price of one unit.
  public var price: String?
  /// The column of what the units of a line cost together; needed only where there is none of the
  /// price of one, which is then the quotient.
  public var amount: String?
  /// The column of the order that a line is of.
  public var order: String?
  /// The column of the customer.
  public var customer: String?
  /// The column of what people call the item.
  public var description: String?
  /// Further columns that say something of a series or of its steps; those of the identity may be
  /// among them. Of order lines only those may, as static categories.
  public var covariates: [CovariateColumn] = []

  /// A Boolean value that indicates whether ids, and categories, that differ only in blanks, letter case
  /// or invisible characters are one, as ``IdentityFolding`` says. Their rows of one step are summed; a
  /// second row in the same spelling is an error all the same.
  public var mergesIdentities = false
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []

  /// The id of the only series of a table that has no column of ids, as that of a sum of all items.
  public static let total = "Total"
  /// What people call the sum of all items.
  package static let totalDescription = "All items"

  /// Whether something is known ahead of the target.
  package var hasKnownCovariate: Bool { covariates.contains { $0.role == .known } }

  /// The columns that mean something else than the identity.
  package var columnsBesidesIdentity: [String] {
    [time, target, quantity, price, amount, order, customer, description].compactMap { $0 }
      + covariates.map(\.column) + filters.map(\.column)
  }

  /// Whether a covariate is a column of the identity, as a category of each series.
  package func isPartOfIdentity(_ covariate: CovariateColumn) -> Bool {
    identity.contains(covariate.column) && covariate.role == .static
      && covariate.kind == .categorical
  }

  /// The part of an identity that is of one of its columns.
  package func part(_ column: String, ofIdentity id: String) -> String {
    guard identity.count > 1, let place = identity.firstIndex(of: column) else { return id }
    // By bytes: with a mark that combines with it, the separator would be another character.
    let parts = id.utf8.split(separator: identitySeparator.utf8, omittingEmptySubsequences: false)
    return String(Substring(parts[place]))
  }

  /// A schema of the columns that every table has; without an identity all rows are one series.
  public init(identity: [String], time: String) {
    self.identity = identity
    self.time = time
  }

  /// A schema of a table in which all rows are one series.
  public init(time: String) { self.init(identity: [], time: time) }

  /// A schema of the two columns that most tables have.
  public init(identity: String, time: String) { self.init(identity: [identity], time: time) }

  /// `unique_id`, `ds` and `y`, the columns that forecasting libraries expect. A table without ids is one
  /// series.
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

/// A column that says something of a series or of its steps, besides the value.
public struct CovariateColumn: Codable, Equatable, Sendable {
  /// The name of the column.
  public var column: String
  /// What is known of it, and when.
  public var role: CovariateRoleName
  /// What its fields hold.
  public var kind: CovariateKind

  public init(_ column: String, role: CovariateRoleName, kind: CovariateKind) {
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
      kind: try values.choice(.kind))
  }
}
