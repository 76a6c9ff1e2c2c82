#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A reader of the fields of order lines, which assigns numbers to the texts in them.
struct OrderFields {
  private(set) var items: IdentityTable
  private let merges: Bool
  private(set) var orders = IdentityTable()
  private(set) var customers = IdentityTable()
  private(set) var descriptions = IdentityTable()
  private var clock: CalendarClock

  private let format: DateFormat
  private let time: Int
  private let quantity: Int
  private let price: Int?
  private let amount: Int?
  private let order: Int?
  private let customer: Int?
  private let description: Int?
  private let discounts: [Int]
  private let coupons: [Int]
  private var identity: IdentityColumns
  /// The positions of the columns that are read.
  let usedPlaces: [Int]
  /// A Boolean value that indicates whether no column distinguishes items, so that all lines belong
  /// to one.
  let isSingleSeries: Bool
  /// A Boolean value that indicates whether there is a customer column.
  var hasCustomers: Bool { customer != nil }
  /// The most recent time stamp. The lines of an order share it.
  private var latestText: [UInt8] = []
  private var latestTime = CalendarClock.LocalTime()

  /// The values of the fields of a line.
  struct Values {
    var item: Int
    var order: Int?
    var customer: Int?
    var description: Int? = nil
    var time: CalendarClock.LocalTime
    var quantity: Double
    var price: Double?
    var discount: Double? = nil
    var coupon: Double? = nil
  }

  init(
    _ columns: ColumnNames, _ schema: TableSchema, file: String
  ) throws(TableError) {
    guard let quantityColumn = schema.quantity else {
      throw columns.error(.schemaLacks(property: "quantity", table: "order lines"))
    }
    let amountColumn = schema.price == nil ? schema.amount : nil
    let further = [
      schema.price, amountColumn, schema.order, schema.customer, schema.description,
    ]
    let identityPlaces = try columns.identityPlaces(
      schema.identity, isOptional: schema.allowsSingleSeries, others: schema.columnsBesidesIdentity)
    let names = identityPlaces.isEmpty ? [] : schema.identity
    var places = try columns.places(
      of: names + [schema.time, quantityColumn] + further.compactMap { $0 } + schema.discounts
        + schema.coupons)[...]
    usedPlaces = Array(places)
    identity = IdentityColumns(places: identityPlaces, separator: schema.identitySeparator)
    isSingleSeries = identityPlaces.isEmpty
    merges = schema.mergesIdentities
    items = IdentityTable(merges: merges, separator: identity.separatorText)
    places = places.dropFirst(identityPlaces.count)
    time = places.removeFirst()
    quantity = places.removeFirst()
    let optional = further.map { $0 == nil ? nil : places.removeFirst() }
    (price, amount, order) = (optional[0], optional[1], optional[2])
    (customer, description) = (optional[3], optional[4])
    discounts = Array(places.prefix(schema.discounts.count))
    coupons = Array(places.dropFirst(schema.discounts.count))
    format = schema.timeFormat
    clock = try CalendarClock(schema, file: file)
  }

  /// Stores the ids of the items in a report.
  func takeIds(into notes: inout TableNotes) {
    notes.takeIds(
      items.ids, merged: items.severalSpellings, separator: identity.separatorText, merging: merges)
  }

  /// The detector of rows with totals at the end of the table.
  var totals: TotalRows { TotalRows(keys: identity.places + [time], values: [quantity]) }

  /// Returns the values of the cursor's record.
  mutating func read(_ cursor: borrowing RecordCursor) throws(TableError) -> Values {
    try cursor.checkFieldCount()
    let time = try readTime(cursor)
    let quantity = try readNumber(cursor, quantity)
    var price: Double?
    if let place = self.price {
      price = try readNumber(cursor, place)
    } else if let amount {
      let value = try readNumber(cursor, amount)
      if quantity != 0 { price = value / quantity }
    }
    return Values(
      item: try identity.number(cursor, in: &items),
      order: try Self.number(cursor, order, in: &orders),
      customer: try Self.number(cursor, customer, in: &customers),
      time: time, quantity: quantity, price: price, discount: try readSum(cursor, discounts),
      coupon: try readSum(cursor, coupons))
  }

  /// Returns the number of the record's description, or `nil` if it has none.
  mutating func description(_ cursor: borrowing RecordCursor) throws(TableError) -> Int? {
    try Self.number(cursor, description, in: &descriptions)
  }

  private mutating func readTime(
    _ cursor: borrowing RecordCursor
  ) throws(TableError) -> CalendarClock.LocalTime {
    let text = cursor.record[time]
    if isLatest(text) { return latestTime }
    let written = try cursor.time(time, format)
    switch clock.local(written, line: cursor.line) {
    case .success(let local): latestTime = local
    case .failure(let fault): throw cursor.error(fault, column: time)
    }
    latestText.removeAll(keepingCapacity: true)
    latestText.append(contentsOf: text)
    return latestTime
  }

  private func isLatest(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    latestText.count == text.count && !text.isEmpty
      && latestText.withUnsafeBufferPointer {
        memcmp($0.baseAddress!, text.baseAddress!, text.count) == 0
      }
  }

  private func readNumber(
    _ cursor: borrowing RecordCursor, _ field: Int
  ) throws(TableError) -> Double {
    switch cursor.number(field) {
    case .number(let value): return value
    case .missing:
      throw cursor.error(.missingValue(text: cursor.record.text(field)), column: field)
    case .infinite, .unparsable, .undecided, .otherUnit:
      throw cursor.error(cursor.numberFault(field), column: field)
    }
  }

  /// Returns the sum of the numbers in some fields, of which empty ones are 0, or `nil` if there are no
  /// fields.
  private func readSum(
    _ cursor: borrowing RecordCursor, _ fields: [Int]
  ) throws(TableError) -> Double? {
    if fields.isEmpty { return nil }
    var sum = 0.0
    for field in fields where cursor.number(field) != .missing {
      sum += try readNumber(cursor, field)
    }
    return sum
  }

  /// Returns the number of the text in a field, or `nil` if the field is empty or missing.
  private static func number(
    _ cursor: borrowing RecordCursor, _ field: Int?, in table: inout IdentityTable
  ) throws(TableError) -> Int? {
    guard let field else { return nil }
    let text = cursor.record[field].trimmed
    if text.isEmpty { return nil }
    guard let number = table.number(of: text) else {
      throw cursor.error(.invalidUTF8, column: field)
    }
    return number
  }
}
