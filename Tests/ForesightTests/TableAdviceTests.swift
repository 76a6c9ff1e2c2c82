import Foundation
import Testing

/// Tables of one series, filters, and what messages advise: from end to end.
@Suite(.timeLimit(.minutes(10))) struct TableAdviceTests {
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
