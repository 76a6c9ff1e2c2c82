/// A reader of purchase histories from order lines and the tables of customers, products, and
/// campaigns.
///
/// ```swift
/// var schema = TableSchema(identity: "sku", time: "ordered_at")
/// schema.quantity = "units"
/// schema.amount = "paid"
/// schema.customer = "customer"
/// schema.discounts = ["discount"]
/// let reader = SegmentHistoryReader(
///   OrderLineReader(schema), segment: SegmentDefinition([("age", ["19-24"])]))
/// let sources = try SegmentSources(
///   customers: DelimitedRecordSource(path: "customers.csv"),
///   products: DelimitedRecordSource(path: "products.csv"))
/// let history = try reader.read(DelimitedRecordSource(path: "orders.csv"), sources)
/// ```
///
/// Weeks begin on the weekday of the first day. The depth of a discount in a category and a week is
/// the mean of its items' shares of the list price that were discounted, each weighted by the item's
/// share of the category's sales at list prices over all weeks, so that what is bought in a week
/// does not decide the depth. It is measured on the purchases of customers outside of the segment.
///
/// All lines are kept in memory, at 24 bytes each.
public struct SegmentHistoryReader: Sendable {
  /// The reader of the order lines. Its schema must have a customer column.
  public var orders: OrderLineReader
  /// The segment.
  public var segment: SegmentDefinition
  /// The names of the columns of the other tables.
  public var columns = SegmentColumns()

  /// Creates a reader.
  public init(_ orders: OrderLineReader, segment: SegmentDefinition) {
    self.orders = orders
    self.segment = segment
  }

  /// Reads a history.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it, or a
  ///   ``SegmentError`` if there is nothing to compare.
  public func read(_ lines: any RecordSource, _ sources: SegmentSources) throws -> PurchaseHistory {
    guard let customerColumn = orders.schema.customer else {
      throw lines.error(.schemaLacks(property: "customer", table: "segments"))
    }
    let item = orders.schema.identity.joined(separator: orders.schema.identitySeparator)
    let tables = SideTables(
      columns: columns, customer: customerColumn, item: item,
      dateFormat: orders.schema.timeFormat)
    let (isMember, withoutTrait) = try tables.customers(sources.customers, segment)
    let categories = try sources.products.map { try tables.categories($0) }
    let periods = try sources.periods.map { try tables.periods($0) } ?? [:]
    let contacts = try sources.contacts.map { try tables.lists($0, of: customerColumn) } ?? [:]
    let coupons = try sources.coupons.map { try tables.lists($0, of: item) } ?? [:]
    if let unknown = contacts.keys.filter({ periods[$0] == nil }).min(),
      let source = sources.contacts
    {
      throw source.error(
        .unreadable(reason: "campaign \(unknown.debugDescription) is not in the table of periods"))
    }
    var kept = KeptLines()
    let book = try orders.read(lines) { line in if line.kind == .sale { kept.append(line) } }
    var builder = HistoryBuilder(book, kept, isMember: isMember, categoryOfItem: categories)
    builder.report.customersWithoutTrait = withoutTrait
    return try builder.history(
      periods: periods, contacts: contacts, coupons: coupons,
      hasDiscounts: !orders.schema.discounts.isEmpty, hasCoupons: !orders.schema.coupons.isEmpty,
      segment: segment)
  }
}
