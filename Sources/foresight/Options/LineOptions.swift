import ArgumentParser
import Forecasting

/// Options for the columns of order lines with customers, discounts, and coupons.
struct LineOptions: ParsableArguments {
  @Option(
    help: """
      A JSON file that describes the columns of the order lines, in place of the column options.
      """,
    completion: .file(extensions: ["json"]))
  var schema: String?

  @Option(help: "The column of the customer id. (default: customer_id)")
  var customerColumn: String?

  @Option(help: "The column of a line's units. (default: quantity)")
  var quantityColumn: String?

  @Option(help: "The column of the price paid per unit.")
  var priceColumn: String?

  @Option(help: "The column of the amount paid for a line, in place of --price-column.")
  var amountColumn: String?

  @Option(
    help: """
      The columns of the amounts by which a line's price was reduced, separated by commas. The price paid \
      does not contain them.
      """)
  var discountColumn: NameList?

  @Option(
    help: "The columns of the amounts of a line that were paid with coupons, separated by commas.")
  var couponColumn: NameList?

  func validate() throws {
    if schema != nil, let option = firstOption {
      throw ValidationError("\(option) is for tables without --schema, which defines the columns.")
    }
    if priceColumn != nil, amountColumn != nil {
      throw ValidationError("--price-column and --amount-column exclude each other.")
    }
    if schema == nil, discountColumn != nil, priceColumn == nil, amountColumn == nil {
      throw ValidationError("--discount-column needs --price-column or --amount-column.")
    }
  }

  /// Returns a reader of order lines. `table` has the other columns.
  func reader(_ table: TableOptions) throws -> OrderLineReader {
    if let option = table.firstRowOption ?? table.negativeValues.map({ _ in "--negative-values" })
      ?? table.tableFrequency.map({ _ in "--table-frequency" })
      ?? table.targetColumn.map({ _ in "--target-column" })
    {
      throw ValidationError("\(option) is not for order lines.")
    }
    var reader = try schema.map { try ofSchema($0, table) } ?? OrderLineReader(columns(table))
    reader.format = table.format
    return reader
  }

  private func ofSchema(_ path: String, _ table: TableOptions) throws -> OrderLineReader {
    if let option = table.firstColumnOption {
      throw ValidationError("\(option) is for tables without --schema, which defines the columns.")
    }
    guard
      case .orders(let columns, let rules) = try DataSchema(contentsOf: path).applying(table).main
    else {
      throw TableError(
        file: path, fault: .badSchema(reason: "it names no quantity column, as order lines need"))
    }
    return OrderLineReader(columns, rules: rules)
  }

  private func columns(_ table: TableOptions) -> TableSchema {
    var columns = table.schema
    columns.target = nil
    columns.quantity = quantityColumn ?? "quantity"
    (columns.price, columns.amount) = (priceColumn, amountColumn)
    columns.customer = customerColumn ?? "customer_id"
    columns.discounts = discountColumn?.names ?? []
    columns.coupons = couponColumn?.names ?? []
    return columns
  }

  /// Returns the option that names each column, or none if a schema names them.
  func columnOptions(_ table: TableOptions) -> [String: String] {
    if schema != nil { return [:] }
    let named =
      [
        (customerColumn ?? "customer_id", "--customer-column"),
        (quantityColumn ?? "quantity", "--quantity-column"), (priceColumn ?? "", "--price-column"),
        (amountColumn ?? "", "--amount-column"),
      ] + (discountColumn?.names ?? []).map { ($0, "--discount-column") }
      + (couponColumn?.names ?? []).map { ($0, "--coupon-column") }
    return table.columnOptions.merging(named) { first, _ in first }
  }

  private var firstOption: String? {
    firstGiven([
      ("--customer-column", customerColumn), ("--quantity-column", quantityColumn),
      ("--price-column", priceColumn), ("--amount-column", amountColumn),
      ("--discount-column", discountColumn), ("--coupon-column", couponColumn),
    ])
  }
}
