/// The probable meaning of a table's columns, based on their names and contents.
///
/// Check a guess before using it: a column named `value` can contain anything.
public struct TableGuess: Sendable, Equatable, Codable {
  /// The probable kind of the rows.
  public let kind: Kind
  /// The column of the series' identity, or of the item in an order line, or `nil` if all rows seem
  /// to be a single series.
  public let identity: String?
  /// The column of the date or time stamp. Wide tables have none.
  public package(set) var time: String?
  /// The format of the dates, or ``DateFormat/automatic`` if several match the first values.
  public package(set) var timeFormat = DateFormat.iso
  /// The column of the value in a long table.
  public package(set) var target: String?
  /// The columns of order lines.
  public package(set) var quantity, price, order, customer, itemName: String?
  /// The first and last step columns of a wide table.
  public package(set) var firstStep, lastStep: String?
  /// A Boolean value that indicates whether the step columns are named by dates, so that the table
  /// can be read without further information.
  public package(set) var stepsAreDates = false
  /// The text columns before the step columns of a wide table.
  public package(set) var levels: [String] = []

  /// The kind of a table's rows.
  public enum Kind: String, Sendable, Codable {
    /// A series on a day.
    case long = "long table"
    /// A series, with a column for each step.
    case wide = "wide table"
    /// Units of an item in an order.
    case orders = "order lines"
  }

  /// The schema for reading the table, or `nil` for a wide table whose steps have no dates.
  public var schema: DataSchema? {
    switch kind {
    case .wide:
      guard stepsAreDates else { return nil }
      var wide = WideSchema(identity: identity.map { [$0] } ?? [], steps: .dates(timeFormat))
      wide.levels = levels
      return DataSchema(.wide(wide))
    case .long, .orders:
      guard let time else { return nil }
      var table = TableSchema(identity: identity.map { [$0] } ?? [], time: time)
      (table.target, table.quantity, table.price) = (target, quantity, price)
      (table.order, table.customer, table.description) = (order, customer, itemName)
      return DataSchema(kind == .long ? .long(table) : .orders(table, OrderRules()))
    }
  }
}

extension TableGuess {
  /// Guesses the meaning of columns from their profiles, or returns `nil` if there is no plausible
  /// way to read the table.
  init?(_ columns: [ColumnProfile], rowCount: Int) {
    if let steps = columns.firstIndex(where: { $0.columnCount > 1 }) {
      self.init(wide: columns, steps: steps, rowCount: rowCount)
    } else {
      self.init(rows: columns)
    }
  }

  private init?(wide columns: [ColumnProfile], steps: Int, rowCount: Int) {
    let before = columns[..<steps].filter { $0.type == .text || $0.type == .integer }
    // The identity is different in every row. Estimated counts can be off by a few percent.
    let unique = before.filter {
      $0.isDistinctEstimated ? $0.distinct * 20 > rowCount * 19 : $0.distinct == rowCount
    }
    let identity = unique.named(IdentityNames.items) ?? unique.first
    guard identity != nil || rowCount == 1 else { return nil }
    kind = .wide
    self.identity = identity?.name
    levels = before.filter { $0.type == .text && $0.name != identity?.name }.map(\.name)
    firstStep = columns[steps].name
    lastStep = columns[steps].lastName
    let forms = DateFormat.forms.filter { form in
      [columns[steps].name, columns[steps].lastName].allSatisfy { form.plausibleTime($0) != nil }
    }
    if let form = forms.first {
      stepsAreDates = true
      timeFormat = form == .iso || forms.count == 1 ? form : .automatic
    }
  }

  private init?(rows columns: [ColumnProfile]) {
    let dates = columns.filter { $0.type == .date }
    guard let time = dates.named(Self.timeNames) ?? dates.first else { return nil }
    let numbers = columns.filter { $0.type == .integer || $0.type == .number }
    let others = columns.filter { $0.type == .text || $0.type == .integer }
    let order = columns.named(Self.orderNames)
    let customer = columns.named(Self.customerNames)
    let price = numbers.named(Self.priceNames)
    let taken = [order?.name, customer?.name]
    let free = others.filter { !taken.contains($0.name) }
    // Without a recognizable name, any text column is accepted if one of the values has a
    // recognizable name.
    let fallback =
      numbers.named(Self.targetNames) == nil ? nil : free.first { $0.type == .text }
    let identity = free.named(IdentityNames.items) ?? fallback
    // Dates with a single value column, or with a value column that has a recognizable name, form a
    // series without an id.
    let isSingle = !columns.contains { $0.type == .text } && numbers.count == 1
    guard identity != nil || isSingle || numbers.named(Self.targetNames) != nil else { return nil }
    self.identity = identity?.name
    self.time = time.name
    timeFormat = time.dateFormats.count == 1 ? time.dateFormats[0] : .automatic
    if let quantity = numbers.named(Self.quantityNames), order != nil || time.hasTimeOfDay {
      kind = .orders
      (self.quantity, self.price) = (quantity.name, price?.name)
      (self.order, self.customer) = (order?.name, customer?.name)
      itemName =
        columns.filter { $0.type == .text && $0.name != identity?.name }
        .named(Self.descriptionNames)?.name
      return
    }
    let values = numbers.filter { $0.name != identity?.name }
    guard let target = values.named(Self.targetNames) ?? values.first else { return nil }
    kind = .long
    self.target = target.name
  }

  /// Returns a Boolean value that indicates whether the name is that of a date column.
  static func isTimeName(_ name: String) -> Bool { timeNames.contains(name.plainName) }

  // Names in order of preference, in lowercase and without word separators.
  private static let timeNames = [
    "ds", "date", "timestamp", "datetime", "invoicedate", "orderdate", "orderedat", "time", "day",
    "week", "month", "period", "quarter", "year", "datum", "yearmonth", "yearweek", "yyyymm",
    "yyyymmdd", "calendarday", "createdat", "unixtime", "epoch", "ts",
    "tag", "fecha", "data", "日期", "时间",
  ]
  private static let quantityNames = ["quantity", "qty", "units", "unitssold", "pieces"]
  private static let priceNames = ["price", "unitprice", "sellprice", "sellingprice", "itemprice"]
  private static let orderNames = [
    "invoice", "invoiceno", "invoiceid", "order", "orderid", "orderno", "ordernumber", "basketid",
    "transactionid",
  ]
  private static let customerNames = [
    "customer", "customerid", "client", "clientid", "householdid", "userid", "user",
  ]
  private static let descriptionNames = ["description", "productname", "itemname", "title", "name"]
  private static let targetNames = [
    "y", "target", "sales", "demand", "unitssold", "units", "quantity", "qty", "revenue",
    "turnover", "value", "menge", "absatz", "verkauf", "stück", "umsatz", "ventes", "quantité",
    "ventas",
    "cantidad", "vendite", "quantità", "销量", "数量", "销售额",
  ]
}

extension TableGuess: CustomStringConvertible {
  /// A line that lists the meaning of each column.
  public var description: String {
    let meanings: [(String?, String)] = [
      (identity, kind == .orders ? "the item" : "the identity"), (time, "the time"),
      (target, "the value"), (quantity, "the quantity"), (price, "the price"),
      (order, "the order"), (customer, "the customer"), (itemName, "the item's name"),
      (firstStep.map { "\($0) to \(lastStep ?? $0)" }, "one column for each step"),
    ]
    let said = meanings.compactMap { name, meaning in name.map { "\($0) is \(meaning)" } }
    return (kind == .orders ? "a table of " : "a ") + kind.rawValue
      + (identity == nil ? " of one series: " : ": ")
      + said.joined(separator: ", ")
  }
}

extension Sequence<ColumnProfile> {
  /// Returns the column with the first of the given names that occurs.
  fileprivate func named(_ names: [String]) -> ColumnProfile? {
    for name in names {
      if let column = first(where: { $0.name.plainName == name }) { return column }
    }
    return nil
  }
}

extension String {
  /// The name in lowercase, reduced to its letters and digits.
  var plainName: String { IdentityNames.plain(self) }
}
