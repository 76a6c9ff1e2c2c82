import Foundation
import Testing

/// Tables that cannot be forecast: each ends with one message, and nothing is written.
@Suite(.timeLimit(.minutes(30))) struct BadTableTests {
  /// A name for the case, the table's bytes, and what the message says.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: Data
    let message: String

    init(_ name: String, _ text: String, _ message: String) {
      self.init(name, bytes: Data(text.utf8), message)
    }

    init(_ name: String, bytes: Data, _ message: String) {
      testDescription = name
      self.bytes = bytes
      self.message = message
    }

    /// A sound table in which the second day of the second series, on line 64, has these fields.
    init(_ name: String, row: String, _ message: String) {
      var lines = SalesTable().csv.split(separator: "\n").map(String.init)
      lines[63] = row
      self.init(name, lines.joined(separator: "\n"), message)
    }
  }

  static let cases = [
    Case("empty file", "", "sales.csv: is empty; expected a header line"),
    Case("blank lines", "\n\n\n", "sales.csv: is empty"),
    Case("header only", "unique_id,ds,y\n", "sales.csv: has a header but no rows"),
    Case(
      "missing column", "unique_id,ds,sales\na,2024-01-30,1\n",
      "sales.csv:1: no column \"y\"; there are \"unique_id\", \"ds\", \"sales\""),
    Case(
      "unparsable date", row: "b,2024-02-30,3",
      "sales.csv:64: column \"ds\": \"2024-02-30\" is not a date; write it as YYYY-MM-DD"),
    Case(
      "unparsable number", row: "b,2024-01-31,three",
      "sales.csv:64: column \"y\": \"three\" is not a number"),
    Case(
      "two readings", row: "b,2024-01-31,\"3,500\"",
      "sales.csv:64: column \"y\": \"3,500\" has two readings"),
    Case(
      "duplicate row", row: "b,2024-01-30,3",
      "sales.csv:64: a second row for \"b\" on 2024-01-30, after line 63"),
    Case(
      "negative value", row: "b,2024-01-31,-3",
      "sales.csv:64: column \"y\": \"-3\" is negative"),
    Case("NaN", row: "b,2024-01-31,NaN", "sales.csv:64: column \"y\": \"NaN\" is not a value"),
    Case("empty value", row: "b,2024-01-31,", "sales.csv:64: column \"y\": there is no value"),
    Case(
      "infinity", row: "b,2024-01-31,inf",
      "sales.csv:64: column \"y\": \"inf\" is not a finite number"),
    Case(
      "too large for single precision", row: "b,2024-01-31,1e39",
      "sales.csv:64: column \"y\": \"1e39\" is not a finite number"),
    Case(
      "too many fields", row: "b,2024-01-31,3,4",
      "sales.csv:64: has 4 fields where the header has 3"),
    Case("empty identity", row: ",2024-01-31,3", "sales.csv:64: column \"unique_id\": is empty"),
    Case(
      "mistyped year", row: "b,1024-01-31,3",
      "sales.csv: no row is between 1024-01-31 (line 64) and"),
    Case(
      "unclosed quote", row: "\"b,2024-01-31,3",
      "sales.csv:64: a quoted field begins here and does not end"),
    Case(
      "Latin-1", bytes: Data("unique_id,ds,y\nCaf".utf8) + [0xE9] + Data(",2024-01-30,1\n".utf8),
      "sales.csv:2: column \"unique_id\": is not UTF-8"),
    Case(
      "binary", bytes: Data((0..<5003).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 >> 3) }),
      "sales.csv"),
    Case("ZIP archive", bytes: Data([0x50, 0x4B, 3, 4] + [UInt8](repeating: 7, count: 65)), "is "),
    Case(
      "too short", SalesTable(dayCount: 25).csv,
      "the longest has 16 steps, and a window needs 17"),
    Case(
      "shorter than the horizon", SalesTable(dayCount: 9).csv,
      "the data span 9 steps, so nothing is left to forecast from when the last 9 are held out"),
  ]

  @Test(arguments: cases) func endsWithOneMessage(_ one: Case) throws {
    let workspace = try Workspace()
    try workspace.write(one.bytes, to: "sales.csv")
    try workspace.expectFailure(SmallRun.arguments(), one.message)
  }

  @Test func noSuchFile() throws {
    let workspace = try Workspace()
    try workspace.expectFailure(SmallRun.arguments(), "sales.csv: no such file; check the path")
  }

  @Test func aDirectory() throws {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "sales.csv"), withIntermediateDirectories: false)
    try workspace.expectFailure(SmallRun.arguments(), "sales.csv: is a directory")
  }

  @Test func theMessageNamesTheOptionThatHelps() throws {
    let workspace = try Workspace()
    for (row, option) in [
      ("b,2024-01-31,-3", "--negative-values"), ("b,2024-01-31,", "--missing-values"),
    ] {
      try workspace.write(Case("", row: row, "").bytes, to: "sales.csv")
      try workspace.expectFailure(SmallRun.arguments(), "(see \(option))")
    }
    for (rows, option) in [
      ("a,1/2/2024,1\na,2/3/2024,1\n", "--date-format"),
      ("a,2024-01-01,\"1,234\"\na,2024-01-02,\"5,678\"\n", "--decimal-mark"),
    ] {
      try workspace.write("unique_id,ds,y\n" + rows, to: "sales.csv")
      try workspace.expectFailure(SmallRun.arguments(), "(see \(option))")
    }
    try workspace.write(SalesTable(dayCount: 25).csv, to: "sales.csv")
    try workspace.expectFailure(SmallRun.arguments(), "(see --horizon, --input-length")
  }

  /// A series that starts among the held-out days is forecast like those that were new before.
  @Test func aSeriesWithoutHistoryIsForecastByABaseline() throws {
    let workspace = try Workspace()
    let table = SalesTable()
    try workspace.write(table.csv + "late,\(table.date(57)),3\n", to: "sales.csv")
    try workspace.expectFailure(
      SmallRun.arguments("--short-series", "reject"),
      "series \"late\" has no observed value to forecast from")
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(Set(next.rows.map { $0[0] }) == Set(table.ids + ["late"]))
  }

  /// A series that goes unsold for long has a window in the history, and none at the table's end.
  @Test func whatCannotBeForecastLaterIsFoundBeforeTraining() throws {
    let workspace = try Workspace()
    let rows = SalesTable().rows().filter { $0[0] != "b" || $0[1] < "2024-03-14" }
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
    let arguments = SmallRun.arguments("--missing-days", "gap", "--input-length", "10")
    let outcome = try workspace.run(arguments)
    expectSuccess(outcome)
    #expect(
      outcome.output.contains(
        """
        1 series shows the model nothing and is forecast by a baseline:
          "b": mean of its last observed season
        """))
    try workspace.expectFailure(
      arguments + ["--short-series", "reject"],
      "series \"b\" has no observed value to forecast from; leave it out")
  }

  @Test func aBadTableOfNames() throws {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try workspace.expectFailure(SmallRun.arguments("--names", "none.csv"), "none.csv: no such file")
    try workspace.expectFailure(
      SmallRun.arguments("--names", "sales.csv"), "sales.csv:1: no column \"description\"")
  }
}
