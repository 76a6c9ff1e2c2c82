/// Reads order lines, one row for each item of an order, from any source of records.
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
/// The schema needs `quantity`; `price` or `amount`, `order`, `customer` and `description` are used where it has
/// them. Lines are passed on one by one and not held: memory grows with the number of items, orders,
/// customers and descriptions that differ, and by some 20 bytes for each line where doubled lines are
/// looked for.
///
/// Several files are read as one by a ``ChainedRecordSource``. Lines that a file has in common with an earlier
/// one are then always counted, and set aside if the rules say so.
public struct OrderLineReader: Sendable {
  /// What the columns mean.
  public var schema: TableSchema
  /// What the lines mean.
  public var rules: OrderRules
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// The most days that the lines that stay may span. A mistyped year would else make a calendar of
  /// centuries for every item.
  public var spanLimit = 36_525

  /// A reader of lines of which the columns mean what `schema` says, and the lines what `rules` say.
  public init(_ schema: TableSchema, rules: OrderRules = OrderRules()) {
    self.schema = schema
    self.rules = rules
  }

  /// Reads the order lines in a file, and passes those that stay to `body`, in the file's order.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(
    _ path: String, _ body: (OrderLine) -> Void
  ) throws(TableError) -> OrderBook {
    try read(FileByteSource(path: path), body)
  }

  /// Reads the order lines in bytes of text, and passes those that stay to `body`.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(
    _ bytes: any ByteSource, _ body: (OrderLine) -> Void
  ) throws(TableError) -> OrderBook {
    try read(DelimitedRecordSource(bytes, format: format), body)
  }

  /// Reads the order lines that a source of records gives, and passes those that stay to `body`.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
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
