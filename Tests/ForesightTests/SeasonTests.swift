import Foundation
import Reporting
import Testing

/// `foresight season` forecasts a season and compares it with what was sold.
@Suite(.timeLimit(.minutes(30))) struct SeasonTests {
  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    return workspace
  }

  private static func arguments(_ more: String...) -> [String] {
    ["season", "sales.csv", "--output", "out", "--from", "2024-03-21"] + more
  }

  private static let quick = ["--no-network", "--baselines", "seasonal-naive"]

  @Test func truthIsNextToTheForecast() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments("--to", "2024-03-27", "--category", "First=a,c", "--country", "GB")
        + Self.quick)
    expectSuccess(outcome)
    for text in [
      "3 series over 51 steps of a day, 2024-01-30 up to, but not including, 2024-03-21\n",
      "season: 2024-03-21 to 2024-03-27, 7 days; ", "Last year  Forecast", "Actual",
      "Seasonal naive", "Moving average", "within the interval of 80 %: Total ",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    #expect(
      try workspace.contents()
        == ["out", "out/season.csv", "out/season.html", "out/steps.csv", "sales.csv"])
    let table = PlainTable(try workspace.text("out/season.csv"))
    #expect(
      table.rows.map { $0[0] + " " + $0[1] } == [
        "Total Total", "category First", "category Other", "Series a", "Series b", "Series c",
      ])
    let actual = (0..<3).map { series in
      (51..<58).map { SalesTable().value(series, $0) }.reduce(0, +)
    }.map(Double.init)
    #expect(
      table.numbers("actual")
        == [actual[0] + actual[1] + actual[2], actual[0] + actual[2], actual[1]] + actual)
    #expect(table.rows.allSatisfy { $0[2] == "" })
    let forecast = table.numbers("forecast")
    #expect(abs(forecast[0] - forecast[1] - forecast[2]) < 1e-9 * forecast[0])
    let steps = PlainTable(try workspace.text("out/steps.csv"))
    #expect(steps.rows.count == 3 * 7 && steps.rows[0][1] == "2024-03-21")
    let page = try workspace.text("out/season.html")
    let texts =
      D3Library.installed() == nil
      ? ["<h2>Categories</h2>", "The forecast and what was sold"]
      : [#""levels":[{"name":"category","rows":[{"#, #""check":{"coverage":[{"level":"Total""#]
    for text in texts { #expect(page.contains(text), "\(text)") }
  }

  @Test func seasonOfTheFutureHasNoTruth() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      [
        "season", "sales.csv", "--output", "out", "--from", "2024-04-03", "--to", "2024-04-09",
        "--country", "GB",
      ] + Self.quick)
    expectSuccess(outcome)
    #expect(outcome.output.contains("7 days, 3 days ahead; "))
    #expect(!outcome.output.contains("Actual"))
    let page = try workspace.text("out/season.html")
    #expect(!page.contains(D3Library.installed() == nil ? "what was sold</h2>" : #""check":"#))
    let steps = PlainTable(try workspace.text("out/steps.csv"))
    #expect(steps.rows.count == 3 * 7 && steps.rows[0][1] == "2024-04-03")
  }

  @Test func runningSeasonEndsWithTheSales() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments("--to", "2024-04-20", "--country", "GB") + Self.quick)
    expectSuccess(outcome)
    #expect(outcome.output.contains("the sales end on 2024-03-30, within the season"))
    #expect(outcome.output.contains("season: 2024-03-21 to 2024-03-30, 10 days; "))
    // Good Friday is in the season, and Easter Monday after its end.
    let page = try workspace.text("out/season.html")
    let day =
      D3Library.installed() == nil
      ? "2024-03-29: Good Friday" : #"{"date":"2024-03-29","name":"Good Friday"}"#
    #expect(page.contains(day) && !page.contains("Easter Monday"))
  }

  @Test func badSeasonsAreErrors() throws {
    let workspace = try Self.workspace()
    try workspace.expectFailure(
      Self.arguments("--to", "2024-03-20"), "ends on 2024-03-20, before it starts on 2024-03-21")
    try workspace.expectFailure(
      ["season", "sales.csv", "--from", "2024-01-30", "--to", "2024-02-20"],
      "there is no history to forecast from")
    try workspace.expectFailure(
      ["season", "sales.csv", "--from", "2026-01-30", "--to", "2026-02-20"],
      "more than a year after the history")
    try workspace.expectFailure(
      Self.arguments("--to", "2024-03-27", "--sums-weight", "2"), "--sums-weight", isUsage: true)
  }
}
