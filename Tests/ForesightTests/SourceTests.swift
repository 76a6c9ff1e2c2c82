import CSQLiteShim
import Foundation
import Testing

/// Every command takes a table from the same kinds of sources.
@Suite(.timeLimit(.minutes(30))) struct SourceTests {
  private let workspace: Workspace
  private static let table = SalesTable()

  init() throws {
    workspace = try Workspace()
    try workspace.write(Self.table.csv, to: "sales.csv")
  }

  /// What a run of `forecast` writes to `next.csv`.
  private func forecast(_ sources: [String], _ options: [String] = []) throws -> PlainTable {
    let outcome = try workspace.run(
      ["forecast"] + sources + ["--output", "out"] + SmallRun.options + options)
    expectSuccess(outcome)
    return PlainTable(try workspace.text("out/next.csv"))
  }

  @Test func forecastReadsDatabasesAndSeveralFiles() throws {
    let expected = try forecast(["sales.csv"])
    var handle: OpaquePointer?
    let path = workspace.directory.appending(path: "shop.db").path
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    let values = Self.table.rows().map { "('\($0[0])', '\($0[1])', \($0[2]))" }
    let sql = """
      CREATE TABLE days (unique_id, ds, y); CREATE TABLE names (unique_id, description);
      INSERT INTO days VALUES \(values.joined(separator: ", "));
      INSERT INTO names VALUES ('a', 'Green tea');
      """
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let fromDatabase = try forecast(
      ["sqlite:shop.db#days"], ["--names", "sqlite:shop.db#names"])
    #expect(fromDatabase.rows == expected.rows)
    let page = try workspace.text("out/forecast.html")
    #expect(page.contains("Green tea") && page.contains("Sales forecast: shop.db, days"))

    let rows = Self.table.rows()
    let parts = [rows.filter { $0[1] < "2024-03" }, rows.filter { $0[1] >= "2024-03" }]
    for (index, part) in parts.enumerated() {
      try workspace.write(SalesTable.csv(part), to: "part\(index).csv")
    }
    #expect(try forecast(["part0.csv", "part1.csv"]).rows == expected.rows)
  }

  @Test func aPanelIsForecastAlone() throws {
    expectSuccess(try workspace.run(["prepare", "sales.csv", "--output", "panel"]))
    try workspace.expectFailure(
      ["forecast", "sales.csv", "panel", "--output", "out"],
      "panel is a panel file, which must be the only source.", isUsage: true)
  }

  /// The table with its identity in two columns.
  private func writeTwoColumns(_ header: String) throws {
    let rows = Self.table.rows().map { ["s\($0[0] == "a" ? 1 : 2)", $0[0], $0[1], $0[2]] }
    try workspace.write(SalesTable.csv(rows, header: header), to: "two.csv")
  }

  @Test(arguments: [
    (["--id-column", "store,item"], "/"),
    (["--id-column", "store", "--id-column", "item"], "/"),
    (["--id-column", "store,item", "--id-separator", " | "], " | "),
  ])
  func severalIdColumns(_ options: [String], _ separator: String) throws {
    try writeTwoColumns("store,item,ds,y")
    let ids = ["s1" + separator + "a", "s2" + separator + "b", "s2" + separator + "c"]
    let next = try forecast(["two.csv"], options)
    #expect(next.header.first == "store" + separator + "item")
    #expect(Set(next.rows.map { $0[0] }) == Set(ids))
    let prepared = try workspace.run(["prepare", "two.csv", "--output", "panel"] + options)
    expectSuccess(prepared)
    #expect(Set(try forecast(["panel"]).rows.map { $0[0] }) == Set(ids))
    expectSuccess(try workspace.run(["inspect", "two.csv"] + options))
  }

  /// A name with commas that the table has is one column, as it always was.
  @Test func aColumnWithACommaInItsName() throws {
    try writeTwoColumns("item,\"store,item\",ds,y")
    let next = try forecast(["two.csv"], ["--id-column", "store,item"])
    #expect(next.header.first == "store,item")
    #expect(Set(next.rows.map { $0[0] }) == ["a", "b", "c"])
  }

  @Test func identitiesThatHoldTheSeparator() throws {
    try workspace.write("store,item,ds,y\na/b,c,2024-01-01,3\n", to: "two.csv")
    try workspace.expectFailure(
      ["prepare", "two.csv", "--id-column", "store,item", "--output", "panel"],
      "(see --id-separator)")
  }

  @Test(arguments: [
    (["--id-column", "a,,b"], "--id-column must be names separated by commas"),
    (["--id-separator", "-"], "--id-separator is for several --id-column columns."),
    (["--id-column", "a,b", "--id-separator", ""], "--id-separator must not be empty."),
  ])
  func whatCannotBeFollowed(_ options: [String], _ message: String) throws {
    try workspace.expectFailure(
      ["forecast", "sales.csv", "--output", "out"] + options, message, isUsage: true)
  }
}
