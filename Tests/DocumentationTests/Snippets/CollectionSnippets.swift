// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Testing

@Suite struct CollectionSnippets {
  // begin
  final class Answers: RecordSource {
    let name = "query", columns = ["unique_id", "ds", "y"]
    private var rows = [["tea", "2024-01-01", "3"], ["tea", "2024-01-02", nil]][...]

    func next(_ record: inout Record) -> Bool {
      guard let row = rows.popFirst() else { return false }
      record.begin(line: 2 - rows.count)
      for field in row { record.append(field) }
      return true
    }
  }
  // end

  @Test func anySourceOfRecords() throws {
    var reader = LongTableReader()
    reader.policy.missingValues = .gap
    let table = try reader.read(Answers())
    #expect(table.panel.series(at: 0).value(at: 0) == 3)
    #expect(table.report.rowsWithoutValue == 1)
  }

  @Test func filteringRows() {
    // begin
    var schema = TableSchema(identity: "sku", time: "created_at")
    schema.filters = [.keep("status", ["paid", "shipped"]), .drop("channel", ["test"])]
    // end
    #expect(schema.filters.map(\.action) == [.keep, .drop])
  }

  @Test func declaringColumns() {
    // begin
    var schema = TableSchema(identity: "StockCode", time: "InvoiceDate")
    schema.quantity = "Quantity"
    schema.price = "Price"
    schema.order = "Invoice"
    schema.timeZone = "Europe/London"
    // end
    #expect(schema.quantity == TableSchema.onlineRetail.quantity)
  }

  @Test func declaringRules() {
    // begin
    var rules = OrderRules()
    rules.cancellations = ["C*"]
    rules.exclusions = [.init("postage", items: "POST", "DOT"), .init("tests", items: "TEST*")]
    rules.doubledLines = .setAsideRepeatedRuns
    // end
    #expect(rules.exclusions[1].items == ["TEST*"])
  }

  /// Compiled and not run: it reads a file in the working directory.
  private func readingOrders() throws -> Panel {
    // begin
    var schema = TableSchema(identity: "sku", time: "ordered_at")
    schema.quantity = "units"
    schema.price = "unit_price"
    let reader = OrderLineReader(schema)
    var demand = DemandAccumulator(.day)
    let book = try reader.read("orders.csv.gz") { demand.add($0) }
    print(book.report)
    let panel = demand.table(book).panel(of: .units)
    // end
    return panel
  }

  /// Compiled and not run: it reads files in the working directory.
  private func readingOrdersOfSeveralFiles(_ schema: TableSchema) throws -> DemandTable {
    var demand = DemandAccumulator(.day)
    // begin
    let orders = try ChainedRecordSource(paths: ["2009.csv.gz", "2010.csv.gz"])
    let book = try OrderLineReader(schema).read(orders) { demand.add($0) }
    for part in orders.parts { print(part.source, part.recordCount) }
    // end
    return demand.table(book)
  }

  /// Compiled and not run: it reads a file in the working directory.
  private func readingWideTable() throws -> Panel {
    // begin
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    reader.categories = ["dept_id", "store_id"]
    let sales = try reader.read("sales_train.csv.gz")
    let panel = sales.panel(from: CalendarDate(year: 2011, month: 1, day: 29)!)
    // end
    return panel
  }

  /// Compiled and not run, as what follows: it reads files in the working directory.
  private func readingPeriods() throws -> PeriodLabels {
    // begin
    let weeks = try PeriodLabels("calendar.csv", label: "wm_yr_wk", date: "date")
    // end
    return weeks
  }

  private func readingPrices(sales: Panel) throws -> Panel {
    // begin
    let weeks = try PeriodLabels("calendar.csv", label: "wm_yr_wk", date: "date")
    var prices = CovariateTableReader([CovariateColumn("sell_price", role: .known, kind: .numeric)])
    prices.series = .columns([.init("store_id"), .init("item_id")])
    prices.time = .period("wm_yr_wk", weeks)
    let priced = try prices.read("sell_prices.csv.gz", into: sales)
    print(priced.report)
    // end
    return priced.panel
  }

  private func preparing() throws {
    // begin
    var preparation = Preparation(.onlineRetail)
    preparation.measures = [.averagePrice]
    preparation.cleaning = CleaningPipeline([ClosedDayRule(found: ClosedDayFinder())])
    let prepared = try preparation.prepare("online_retail_II.csv.gz")
    print(prepared.report)
    try prepared.panel.write(to: "panel.safetensors")
    // end
  }

  private func profiling() throws {
    // begin
    let profile = try TableProfile(of: DelimitedRecordSource(path: "sales.csv"))
    print(profile)
    if let guess = profile.guess { print(guess) }
    // end
  }
}
