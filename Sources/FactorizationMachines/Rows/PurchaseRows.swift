/// Rows of customers and items from order lines, for the ranking of items by what customers buy.
///
/// Each customer and each item that it bought give a row with the label 1. For each such row, rows
/// with the label 0 are drawn from the items that the customer did not buy.
///
/// ```swift
/// var generator = Xoshiro256(seed: 1)
/// var purchases = PurchaseRows(negatives: 4)
/// try purchases.read("orders.csv.gz", OrderLineReader(schema))
/// let rows = purchases.rows(using: &generator)
/// ```
public struct PurchaseRows: Sendable {
  /// The number of rows with the label 0 for each row with the label 1.
  public let negatives: Int
  /// The columns of the customers and items, with the fields `customer` and `item`.
  public private(set) var index = FeatureIndex(fields: ["customer", "item"])
  /// The numbers of the items that each customer bought, in the order of their first purchases.
  private var baskets: [[Int]] = []
  private var contents: [Set<Int>] = []
  private var items: [String] = []
  private var customers: [String] = []
  private var itemNumbers: [String: Int] = [:]
  private var customerNumbers: [String: Int] = [:]

  /// Creates an empty table. Stops the program if the number of negatives is below 0.
  public init(negatives: Int = 4) {
    guard negatives >= 0 else {
      fatalError("PurchaseRows: expected at least 0 negatives, got \(negatives)")
    }
    self.negatives = negatives
  }

  /// Adds the sales of a file of order lines. Returns and lines without a customer are ignored.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it, also if
  ///   the schema names no customer column.
  @discardableResult
  public mutating func read(
    _ path: String, _ reader: OrderLineReader
  ) throws(TableError) -> OrderReport {
    try read(DelimitedRecordSource(path: path, format: reader.format), reader)
  }

  /// Adds the sales of a source of order lines.
  ///
  /// - Throws: See ``read(_:_:)-(String,_)``.
  @discardableResult
  public mutating func read(
    _ source: any RecordSource, _ reader: OrderLineReader
  ) throws(TableError) -> OrderReport {
    guard reader.schema.customer != nil else {
      throw source.error(.schemaLacks(property: "customer", table: "purchases"))
    }
    var pairs: [(customer: Int, item: Int)] = []
    var seen: Set<Int> = []
    let book = try reader.read(source) { line in
      guard line.kind == .sale, let customer = line.customer else { return }
      guard seen.insert(customer << 32 | line.item).inserted else { return }
      pairs.append((customer, line.item))
    }
    for (customer, item) in pairs {
      add(customer: book.customers[customer], item: book.items[item])
    }
    return book.report
  }

  /// Adds a purchase.
  public mutating func add(customer: String, item: String) {
    let buyer = Self.number(customer, &customers, &customerNumbers)
    let bought = Self.number(item, &items, &itemNumbers)
    if buyer == baskets.count {
      baskets.append([])
      contents.append([])
    }
    if contents[buyer].insert(bought).inserted { baskets[buyer].append(bought) }
    _ = (index.addColumn("customer", customer), index.addColumn("item", item))
  }

  /// Returns the rows. Each has an entry for the customer and one for the item.
  public mutating func rows(using generator: inout some RandomNumberGenerator) -> LabeledRows {
    var rows = index.emptyRows()
    var labels: [Float] = []
    for (buyer, basket) in baskets.enumerated() {
      let customer = index.entry("customer", customers[buyer])
      let bought = contents[buyer]
      for item in basket {
        rows.append([customer, index.entry("item", items[item])])
        labels.append(1)
        guard bought.count < items.count else { continue }
        for _ in 0..<negatives {
          var other = Int.random(in: 0..<items.count, using: &generator)
          while bought.contains(other) {
            other = Int.random(in: 0..<items.count, using: &generator)
          }
          rows.append([customer, index.entry("item", items[other])])
          labels.append(0)
        }
      }
    }
    return LabeledRows(rows, labels: labels)
  }

  private static func number(
    _ name: String, _ names: inout [String], _ numbers: inout [String: Int]
  ) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
