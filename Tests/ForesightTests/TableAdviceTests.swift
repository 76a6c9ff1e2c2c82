import Foundation
import Testing

/// Tables of one series, filters, and what messages advise: from end to end.
@Suite(.timeLimit(.minutes(30))) struct TableAdviceTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private static let orders = """
    id,sku,at,units,status
    1,TEA,2024-02-01,3,paid
    2,TEA,2024-02-02,4,voided
    3,tea,2024-02-03,1,refunded
    4,tea,2024-02-04,1,paid

    """
  private static let columns = [
    "--id-column", "sku", "--time-column", "at", "--quantity-column", "units",
  ]

  @Test func filtersAreSuggestedAndWork() throws {
    try workspace.write(Self.orders, to: "orders.csv")
    let inspected = try workspace.run(["inspect", "orders.csv"])
    expectSuccess(inspected)
    let option = "--drop-rows status=refunded,voided"
    #expect(inspected.output.contains(option))
    let prepared = try workspace.run(
      ["prepare", "orders.csv", "--output", "p.safetensors"] + Self.columns
        + option.split(separator: " ").map(String.init))
    expectSuccess(prepared)
    #expect(prepared.errors.contains("2 rows kept: 2 sales, 0 returns"))
    #expect(prepared.errors.contains("kept \"paid\" (2); dropped \"refunded\" (1), \"voided\" (1)"))
    #expect(prepared.errors.contains("--merge-identities merges"))
    #expect(!prepared.errors.contains("customer"))
    let merged = try workspace.run(
      ["prepare", "orders.csv", "--output", "m.safetensors", "--merge-identities"] + Self.columns)
    expectSuccess(merged)
    #expect(merged.errors.contains("1 id merged from several spellings"))
  }

  @Test func theOptionThatNamesAColumnIsNamed() throws {
    try workspace.write(Self.orders, to: "orders.csv")
    let start = ["prepare", "orders.csv", "--output", "p.safetensors"]
    try workspace.expectFailure(
      start + Self.columns + ["--keep-rows", "state=paid"], "(see --keep-rows)")
    try workspace.expectFailure(
      start + Self.columns + ["--keep-rows", "status=payed"],
      "no row is left by the filters: \"status\": kept no row; dropped \"paid\" (2)")
    try workspace.expectFailure(
      start + ["--id-column", "sku", "--time-column", "day", "--quantity-column", "units"],
      "(see --time-column)")
    try workspace.expectFailure(
      ["forecast", "orders.csv", "--time-column", "at", "--target-column", "units"],
      "did you mean \"sku\"? (see --id-column or --single-series)")
  }

  /// A table without any of the usual columns gets one message with all options.
  @Test func allMissingColumnsAreNamedAtOnce() throws {
    let rows = SalesTable().rows()
    func write(_ header: String) throws {
      try workspace.write(SalesTable.csv(rows, header: header), to: "sales.csv")
    }
    try write("product id,date,units sold")
    try workspace.expectFailure(
      SmallRun.arguments(),
      "it looks like a long table: product id is the identity, date is the time, units sold is the "
        + "value; if it is, add --id-column 'product id' --time-column date --target-column 'units sold'"
    )
    try write("Artikel,Datum,Menge")
    try workspace.expectFailure(
      SmallRun.arguments(), "add --id-column Artikel --time-column Datum --target-column Menge")
    try write("商品,日期,销量")
    try workspace.expectFailure(
      SmallRun.arguments(), "add --id-column 商品 --time-column 日期 --target-column 销量")
    expectSuccess(
      try workspace.run(
        SmallRun.arguments(
          "--id-column", "商品", "--time-column", "日期", "--target-column", "销量")))
    // One missing column has its own option.
    try write("product,ds,y")
    try workspace.expectFailure(
      SmallRun.arguments(), "did you mean \"product\"? (see --id-column or --single-series)")
    try workspace.write(
      "invoice,sku,at,units,price\n1,a,2024-01-02,2,3\n2,a,2024-01-03,1,3\n", to: "sales.csv")
    try workspace.expectFailure(
      SmallRun.arguments(),
      "it looks like a table of order lines: sku is the item, at is the time, units is the quantity, "
        + "price is the price, invoice is the order; if it is, run foresight prepare sales.csv "
        + "--id-column sku --time-column at --quantity-column units --price-column price "
        + "--order-column invoice --output panel.safetensors, and then use that panel")
  }

  /// A table with a column for each week, of which only the numbers are known, or their dates.
  @Test func theAdviceOnAWideTableWorks() throws {
    let rows = ["tea", "cup", "jug"].enumerated().map { row, name in
      "\(name)," + (0..<60).map { "\(($0 * (row + 2)) % 11)" }.joined(separator: ",")
    }
    func write(_ steps: [String]) throws {
      try workspace.write(
        "Product_Code,\(steps.joined(separator: ","))\n\(rows.joined(separator: "\n"))\n",
        to: "wide.csv")
    }
    try write((0..<60).map { "W\($0)" })
    try workspace.expectFailure(
      ["forecast", "wide.csv"],
      "run foresight prepare wide.csv --id-column Product_Code --steps W0=YYYY-MM-DD --output "
        + "panel.safetensors, with the date of W0, and with --table-frequency if steps aren't days")
    let prepared = try workspace.run([
      "prepare", "wide.csv", "--id-column", "Product_Code", "--steps", "W0=2024-01-01", "--output",
      "panel.safetensors", "--table-frequency", "week",
    ])
    expectSuccess(prepared)
    #expect(prepared.errors.contains("3 series over 60 steps of a week"))
    try write((0..<60).map { SalesTable().date($0) })
    try workspace.expectFailure(
      ["forecast", "wide.csv"],
      "run foresight prepare wide.csv --id-column Product_Code --steps dates --output "
        + "panel.safetensors, and then use that panel")
  }

  @Test func aSeriesWithoutAnId() throws {
    let rows = SalesTable().rows().filter { $0[0] == "a" }.map { "\($0[1]),\($0[2])" }
    try workspace.write(
      "Sales of the shop\n\nds,y\n" + rows.joined(separator: "\n") + "\n", to: "sales.csv")
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    #expect(outcome.output.contains("no id column: all rows are a single series, \"Total\""))
    #expect(outcome.output.contains("1 line skipped, without data\n  1 above the header (line 1)"))
    let forecasts = PlainTable(try workspace.text("out/next.csv"))
    #expect(Set(forecasts.rows.map { $0[0] }) == ["Total"])
    try workspace.expectFailure(
      SmallRun.arguments("--skip-lines", "0"), "(see --skip-lines")
  }

  @Test func seriesThatAreLeftOutAreNamed() throws {
    let table = SalesTable()
    try workspace.write(table.csv + "late,\(table.date(57)),3\n", to: "sales.csv")
    let outcome = try workspace.run(SmallRun.arguments("--short-series", "leave-out"))
    expectSuccess(outcome)
    #expect(
      outcome.output.contains(
        "1 series left out because they have no observed value in the window:\n  \"late\""))
  }
}
