import Foundation
import Testing

/// `foresight inspect` from end to end.
@Suite(.timeLimit(.minutes(30))) struct InspectTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  @Test func saysWhatIsInALongTable() throws {
    var rows = SalesTable().rows()
    rows[70][2] = "-3"
    rows[71][2] = ""
    rows.remove(at: 20)
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
    let outcome = try workspace.run(["inspect", "sales.csv"])
    expectSuccess(outcome)
    #expect(outcome.errors == "")
    #expect(
      outcome.output.hasPrefix("sales.csv: text separated by comma, 182 rows, 3 columns\n")
    )
    #expect(
      outcome.output.contains(
        "Its columns suggest a long table: unique_id is the identity, ds is the time, y is the "
          + "value.\n"))
    let report = try inspect("sales.csv")
    #expect(report.table?.columns.map(\.type) == ["text", "date", "integer"])
    #expect(report.table?.columns.map(\.missing) == [0, 0, 1])
    #expect(report.table?.columns.map(\.distinct)[0...1] == [3, 61])
    #expect(report.table?.guess?.kind == "long table")
    // The day without a row and the one without a value.
    #expect(report.series?.quality.gaps == 2 && report.series?.quality.negatives == 1)
    #expect(report.series?.quality.seriesCount == 3)
    #expect(try workspace.contents() == ["sales.csv"])
  }

  @Test func aTableThatIsNotWhatItSeemsIsProfiledAllTheSame() throws {
    try workspace.write("unique_id,ds,y\na,2024-02-01,1\na,2024-02-01,2\n", to: "sales.csv")
    let report = try inspect("sales.csv")
    #expect(report.table?.rowCount == 2 && report.series == nil)
    #expect(report.obstacle?.hasPrefix("sales.csv:3: a second row for \"a\"") == true)
    // Where the meaning was given, and not guessed, it is an error.
    try workspace.expectFailure(
      ["inspect", "sales.csv", "--target-column", "y"], "sales.csv:3: a second row for \"a\"")
  }

  @Test func columnsThatSayNothingAreNotGuessed() throws {
    try workspace.write("a;b\n1,5;2\n", to: "numbers.csv")
    let report = try inspect("numbers.csv", "--decimal-mark", "comma")
    #expect(report.table?.columns.map(\.type) == ["number", "integer"])
    #expect(report.table?.guess == nil && report.series == nil)
  }

  @Test func aSchemaSaysWhatTheColumnsMean() throws {
    try workspace.write(PrepareTests.lines, to: "orders.csv")
    let guessed = try inspect("orders.csv")
    #expect(guessed.table?.guess?.kind == "order lines")
    #expect(
      try workspace.run(["inspect", "orders.csv"]).output.contains(
        "Its columns suggest a table of order lines: item is the item, at is the time, units is the "
          + "quantity, "))
    let given = try workspace.run(["inspect", "orders.csv"] + PrepareTests.columns)
    expectSuccess(given)
    #expect(given.output.contains("7 rows read\n7 rows kept: 6 sales, 1 return\n"))
  }

  @Test func anomaliesAreListed() throws {
    let table = SalesTable(dayCount: 120)
    var rows = table.rows()
    // The hundredth day of the second series.
    rows[120 + 100][2] = "600"
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
    let outcome = try workspace.run(["inspect", "sales.csv", "--anomalies"])
    expectSuccess(outcome)
    let lines = outcome.output.split(separator: "\n")
    let header = try #require(lines.firstIndex { $0.hasPrefix("series ") && $0.hasSuffix("score") })
    #expect(
      lines[header - 1].hasPrefix("168 values of 3 series from 2024-04-03 to 2024-05-28 scored: "))
    #expect(lines[header - 1].hasSuffix(" with a probability below 0.001, 0.2 expected by chance"))
    #expect(
      lines[header + 1].split(separator: " ").prefix(3) == ["b", table.date(100)[...], "600"])
    let found = try #require(try inspect("sales.csv", "--anomalies").anomalies)
    #expect(found.scoredCount == 168 && found.limit == 0.001 && found.expectedByChance == 0.168)
    let first = try #require(found.anomalies?.first)
    #expect(first.id == "b" && first.step == table.date(100) && first.value == 600)
    #expect(first.score > 4 && first.probability < 0.0001 && first.upper < 600)
    #expect(try inspect("sales.csv").anomalies == nil)
    // A higher limit lists at least as many.
    let more = try #require(
      try inspect("sales.csv", "--anomalies", "--anomaly-limit", "0.2").anomalies?.anomalies)
    #expect(more.count >= found.anomalies?.count ?? 0)
    expectSuccess(try workspace.run(["prepare", "sales.csv", "--output", "panel.safetensors"]))
    #expect(try inspect("panel.safetensors", "--anomalies").anomalies?.anomalies?.first?.id == "b")
    try workspace.expectFailure(
      ["inspect", "sales.csv", "--anomaly-limit", "0.2"], "--anomaly-limit needs --anomalies",
      isUsage: true)
    try workspace.expectFailure(
      ["inspect", "sales.csv", "--anomalies", "--anomaly-limit", "1"],
      "--anomaly-limit must be between 0 and 1, but is 1.0", isUsage: true)
  }

  @Test func shortTablesHaveNoAnomalies() throws {
    try workspace.write("unique_id,ds,y\na,2024-02-01,1\na,2024-02-02,3\n", to: "sales.csv")
    let found = try inspect("sales.csv", "--anomalies")
    #expect(found.anomalies?.obstacle?.contains("the data span 2 steps") == true)
    try workspace.write("a;b\n1,5;2\n", to: "numbers.csv")
    let none = try inspect("numbers.csv", "--decimal-mark", "comma", "--anomalies")
    #expect(none.anomalies?.obstacle?.hasPrefix("there are no series") == true)
  }

  @Test func aTableOfOneRowIsToldOfInTheSingular() throws {
    try workspace.write("unique_id,ds,y\na,2024-02-01,-1\n", to: "sales.csv")
    let outcome = try workspace.run(["inspect", "sales.csv"])
    expectSuccess(outcome)
    for text in [
      "1 row, 3 columns", "1 row read\n1 row kept\n1 row kept with a negative value\n",
      "1 series over 1 step of a day", "1 cell: 1 observed, 0 gaps",
    ] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
  }

  @Test(arguments: [
    ("none.csv", "none.csv: no such file; check the path"),
    ("empty.csv", "empty.csv: is empty; expected a header line"),
    ("ragged.csv", "ragged.csv:3: has 1 field where the header has 2"),
    ("bad.safetensors", "bad.safetensors"),
  ])
  func whatCannotBeReadIsAnError(_ file: String, _ message: String) throws {
    try workspace.write("", to: "empty.csv")
    try workspace.write("a,b\n1,2\n3\n", to: "ragged.csv")
    try workspace.write(Data([2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)), to: "bad.safetensors")
    try workspace.expectFailure(["inspect", file], message)
  }

  private func inspect(_ arguments: String...) throws -> InspectionReport {
    let outcome = try workspace.run(["inspect"] + arguments + ["--json"])
    expectSuccess(outcome)
    return try JSONDecoder().decode(InspectionReport.self, from: Data(outcome.output.utf8))
  }
}
