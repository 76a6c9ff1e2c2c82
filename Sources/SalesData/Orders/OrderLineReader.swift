/// A reader of order lines, with one row for each item of an order, from any source of records.
///
/// ```swift
/// var schema = TableSchema(identity: "sku", time: "ordered_at")
/// schema.quantity = "units"
/// schema.price = "unit_price"
/// let reader = OrderLineReader(schema)
/// var demand = DemandAccumulator(.day)
/// let book = try reader.read("orders.csv.gz") { demand.add($0) }
/// print(book.report)
/// let panel = demand.table(book).panel(of: .units)
/// ```
///
/// The schema must have `quantity`. The reader also uses `price` or `amount`, `order`, `customer`,
/// and `description` if the schema has them. Lines are passed on one at a time and not stored.
/// Memory use grows with the number of distinct items, orders, customers, and descriptions, and by
/// about 20 bytes for each line if the reader looks for repeated lines.
///
/// A ``ChainedRecordSource`` combines several files. Lines that a file has in common with an
/// earlier one are then always counted, and set aside if the rules say so.
public struct OrderLineReader: Sendable {
  /// The meaning of the columns.
  public var schema: TableSchema
  /// The meaning of the lines.
  public var rules: OrderRules
  /// The format of the text. Ignored for other sources.
  public var format = DelimitedFormat()
  /// The maximum time span of the kept lines, in days. It keeps a mistyped year from creating a
  /// calendar of centuries for every item.
  public var spanLimit = 36_525

  /// Creates a reader with a schema and rules.
  public init(_ schema: TableSchema, rules: OrderRules = OrderRules()) {
    self.schema = schema
    self.rules = rules
  }

  /// Reads the order lines in a file and passes the kept lines to `body`, in the file's order.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public func read(
    _ path: String, _ body: (OrderLine) -> Void
  ) throws(TableError) -> OrderBook {
    try read(FileByteSource(path: path), body)
  }

  /// Reads the order lines in a text and passes the kept lines to `body`.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(
    _ bytes: any ByteSource, _ body: (OrderLine) -> Void
  ) throws(TableError) -> OrderBook {
    try read(DelimitedRecordSource(bytes, format: format), body)
  }

  /// Reads the order lines from a source of records and passes the kept lines to `body`.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(
    _ source: any RecordSource, _ body: (OrderLine) -> Void
  ) throws(TableError) -> OrderBook {
    var cursor = RecordCursor(source)
    try cursor.filter(by: schema.filters, order: schema.order)
    let fields = try OrderFields(cursor.columns, schema, file: source.name)
    if fields.isSingleSeries, rules.exclusions.contains(where: { !$0.items.isEmpty }) {
      throw source.error(.schemaLacks(property: "identity", table: "exclusions of items"))
    }
    let isChain = ((source as? ChainedRecordSource)?.sourceCount ?? 1) > 1
    var reading = OrderReading(
      fields, rules, spanLimit: spanLimit,
      isChain: isChain)
    var totals = reading.totals
    while try cursor.next() {
      do {
        if let line = try reading.line(cursor) { body(line) }
      } catch {
        try totals.hold(error, cursor)
        reading.forgetRow()
        continue
      }
      try totals.checkNoneHeld()
    }
    let skipped = try totals.skipped {
      reading.report.rowsRead > 1 ? [reading.quantitySum] : nil
    }
    return try reading.finish(cursor, schema, totals: skipped)
  }
}
