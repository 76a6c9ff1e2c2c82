import Foundation
import Testing

/// Tables that are written differently, and what the options make of them.
@Suite(.timeLimit(.minutes(30))) struct TableOptionTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// The same sales in another dress are forecast the same.
  @Test func otherColumnsSeparatorsAndDatesMakeNoDifference() throws {
    let table = SalesTable()
    try workspace.write(table.csv, to: "sales.csv")
    try expectSuccess(workspace.run(SmallRun.arguments()))
    let usual = PlainTable(try workspace.text("out/forecasts.csv"))

    let rows = table.rows("d.M.yyyy").map { [$0[1], "x", $0[2], $0[0]] }
    try workspace.write(
      SalesTable.csv(rows, header: "Tag;Laden;Stück;Artikel", separator: ";"), to: "sales.csv")
    try expectSuccess(
      workspace.run(
        SmallRun.arguments(
          "--separator", "semicolon", "--date-format", "day-first", "--id-column", "Artikel",
          "--time-column", "Tag", "--target-column", "Stück")))
    let other = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(
      other.header == [
        "Artikel", "Tag", "LSTM", "Naive", "Seasonal naive", "Theta", "ETS", "MSTL", "Ridge",
      ])
    // Dates come out as they came in.
    let dates = Dictionary(
      (0..<table.dayCount).map { (table.date($0, "d.M.yyyy"), table.date($0)) },
      uniquingKeysWith: { first, _ in first })
    #expect(other.rows.map { [$0[0], dates[$0[1]] ?? $0[1]] + $0[2...] } == usual.rows)
  }

  @Test func monthsFirst() throws {
    try workspace.write(SalesTable.csv(SalesTable().rows("M/d/yyyy")), to: "sales.csv")
    try expectSuccess(workspace.run(SmallRun.arguments("--date-format", "month-first")))
    #expect(try dates("out/next.csv").first == SalesTable().date(61, "M/d/yyyy"))
  }

  @Test func negativeValuesAreClippedAndCounted() throws {
    // The last day before the held-out ones.
    try write(replacing: 51, with: "-5")
    let outcome = try workspace.run(SmallRun.arguments("--negative-values", "clip"))
    expectSuccess(outcome)
    #expect(outcome.output.contains("1 row kept with a negative value, raised to 0"))
    #expect(try naive(0) == 0)
  }

  @Test func negativeValuesAreKeptAndCounted() throws {
    try write(replacing: 51, with: "-5")
    let outcome = try workspace.run(SmallRun.arguments("--negative-values", "keep"))
    expectSuccess(outcome)
    #expect(outcome.output.contains("1 row kept with a negative value\n"))
    #expect(try naive(0) == -5)
  }

  @Test(arguments: ["", "NaN", "null"]) func missingValuesAreGaps(_ text: String) throws {
    try write(replacing: 51, with: text)
    let outcome = try workspace.run(SmallRun.arguments("--missing-values", "gap"))
    expectSuccess(outcome)
    #expect(outcome.output.contains("1 row set aside without a value"))
    #expect(try naive(0) == Double(SalesTable().value(0, 50)))
  }

  @Test func aDayWithoutARowIsNoSaleOrAGap() throws {
    var rows = SalesTable().rows()
    rows.remove(at: 51)
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
    let zeros = try workspace.run(SmallRun.arguments())
    expectSuccess(zeros)
    #expect(zeros.output.contains("1 day without a row, taken as 0"))
    #expect(try naive(0) == 0)
    let gaps = try workspace.run(SmallRun.arguments("--missing-days", "gap"))
    expectSuccess(gaps)
    #expect(gaps.output.contains("1 day that is a gap"))
    #expect(try naive(0) == Double(SalesTable().value(0, 50)))
  }

  @Test func shortSeriesAreLeftOutAndCounted() throws {
    let table = SalesTable()
    try workspace.write(table.csv + "late,\(table.date(57)),3\n", to: "sales.csv")
    let outcome = try workspace.run(SmallRun.arguments("--short-series", "leave-out"))
    expectSuccess(outcome)
    #expect(outcome.output.contains("1 series left out"))
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(Set(forecasts.rows.map { $0[0] }) == Set(table.ids))
  }

  @Test func leavingAllSeriesOutIsAFailure() throws {
    // Each series has its first day, and those that are held out.
    let table = SalesTable()
    let days = [0] + Array(52..<61)
    let rows = table.rows().filter { row in days.contains { table.date($0) == row[1] } }
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
    try workspace.expectFailure(
      SmallRun.arguments("--short-series", "leave-out", "--missing-days", "gap"),
      "series \"a\" has no observed value to forecast from")
  }

  @Test func identitiesOfAnyKindComeBackWhole() throws {
    var table = SalesTable()
    table.ids = [
      "plain", "with, comma", "15\" rule", "🛍️ 東京", "<script>alert(1)</script>", "a\nb",
    ]
    try workspace.write(table.csv, to: "sales.csv")
    try workspace.write(
      "unique_id,description\nplain,\"</script><b>bold</b>\"\n", to: "names.csv")
    try expectSuccess(workspace.run(SmallRun.arguments("--names", "names.csv")))
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    let expected = table.ids.sorted().flatMap { Array(repeating: $0, count: SmallRun.horizon) }
    #expect(forecasts.rows.map { $0[0] } == expected)
    let page = try workspace.text("out/forecast.html")
    #expect(!page.contains("<script>alert") && !page.contains("<b>bold"))
    #expect(page.contains("🛍️ 東京"))
  }

  @Test func aByteOrderMarkAndWindowsLineEndsAreFine() throws {
    let text = "\u{FEFF}" + SalesTable().csv.replacing("\n", with: "\r\n")
    try workspace.write(text, to: "sales.csv")
    try expectSuccess(workspace.run(SmallRun.arguments()))
    #expect(try dates("out/next.csv").first == SalesTable().date(61))
  }

  /// Writes the table with another value on a day of the first series.
  private func write(replacing day: Int, with value: String) throws {
    var rows = SalesTable().rows()
    rows[day][2] = value
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
  }

  /// The naive forecast of a series.
  private func naive(_ series: Int) throws -> Double {
    PlainTable(try workspace.text("out/forecasts.csv"))
      .numbers("Naive")[series * SmallRun.horizon]
  }

  private func dates(_ file: String) throws -> [String] {
    PlainTable(try workspace.text(file)).rows.map { $0[1] }
  }
}
