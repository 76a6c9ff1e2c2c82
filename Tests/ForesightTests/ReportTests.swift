import Foundation
import Reporting
import Testing

/// `foresight report`, and the page of the other commands.
@Suite(.timeLimit(.minutes(30))) struct ReportTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  private static let tables = ["--forecasts", "out/forecasts.csv", "--next", "out/next.csv"]

  @Test func thePageHasTheFiguresOfTheTables() throws {
    try expectSuccess(workspace.run(SmallRun.arguments("--quantiles", "0.1,0.5,0.9")))
    let outcome = try workspace.run(["report", "sales.csv"] + Self.tables)
    expectSuccess(outcome)
    #expect(outcome.output.hasSuffix("wrote report.html\n"))
    let page = try workspace.text("report.html")
    #expect(page.contains("<title>Sales forecast: sales.csv</title>"))
    guard D3Library.installed() != nil else {
      #expect(page.contains(D3Library.advice) && outcome.errors.contains(D3Library.advice))
      return
    }
    #expect(page.contains("3 series, 9 days forecast: 2024-03-31 to 2024-04-08"))
    let next = PlainTable(try workspace.text("out/next.csv"))
    let past = PlainTable(try workspace.text("out/forecasts.csv"))
    let model = try #require(next.header.dropFirst(2).first)
    let data = try PageData(page)
    #expect(data.model == model)
    #expect(Set(data.series.map(\.id)) == ["a", "b", "c"])
    for series in data.series {
      let rows = next.rows.indices.filter { next.rows[$0][0] == series.id }
      func expected(_ table: PlainTable, _ column: String) -> [Double] {
        let numbers = table.numbers(column)
        return rows.map { numbers[$0] }
      }
      #expect(areClose(series.numbers(series.forecast), expected(next, model)))
      for (level, packed) in zip(["q10", "q50", "q90"], series.quantiles ?? []) {
        #expect(areClose(series.numbers(packed), expected(next, "\(model)-\(level)")))
      }
      #expect(areClose(series.numbers(series.past[0][0]), expected(past, model)))
      let total = expected(next, model).reduce(0, +)
      #expect(areClose([series.numbers(series.total)[0]], [total]))
      let sales = (0..<61).map {
        Double(SalesTable().value(["a", "b", "c"].firstIndex(of: series.id)!, $0))
      }
      #expect(series.numbers(series.history) == sales)
    }
    let sum = data.series.reduce(0) { $0 + $1.numbers($1.total)[0] }
    #expect(areClose([data.sums[0].numbers(data.sums[0].total)[0]], [sum]))
    #expect(areClose([data.headline.total ?? .nan], [sum]))
  }

  @Test func anExplanationAndStockAdviceAreOnThePage() throws {
    try workspace.write(SmallReport.next, to: "next.csv")
    try workspace.write(SmallReport.explanation, to: "explanation.json")
    try workspace.write(SmallReport.advice, to: "advice.csv")
    let arguments = [
      "report", "sales.csv", "--next", "next.csv", "--explanation", "explanation.json", "--stock",
    ]
    try expectSuccess(workspace.run(arguments + ["advice.csv"]))
    let page = try workspace.text("report.html")
    guard D3Library.installed() != nil else {
      #expect(page.contains("What drove the forecast") && page.contains("Stock advice"))
      return
    }
    #expect(page.contains(#""name":"past \u003csales\u003e""#))
    #expect(page.contains(#""orderUpTo":9,"reorderPoint":4,"risk":"beforeArrival","safety":1.5"#))
    try workspace.write("unique_id,on_hand\na,3\n", to: "advice.csv")
    try workspace.expectFailure(arguments + ["advice.csv"], "expected_demand")
    try workspace.write(SmallReport.advice.replacing("a,7.5", with: "z,7.5"), to: "advice.csv")
    try workspace.expectFailure(arguments + ["advice.csv"], "the sales have no series \"z\"")
    // The answers of a question must follow it.
    try workspace.write(
      SmallReport.explanation.replacing("\"lower\": 1", with: "\"lower\": 0"),
      to: "explanation.json")
    try workspace.expectFailure(
      arguments + ["advice.csv"], "--explanation takes the file of foresight explain",
      isUsage: true)
  }

  @Test func aBacktestHasAPageOfItsWindows() throws {
    let run = ["backtest", "sales.csv", "--output", "out", "--horizon", "9", "--windows", "2"]
    try expectSuccess(workspace.run(run + ["--no-network", "--baselines", "naive,seasonal-naive"]))
    let page = try workspace.text("out/backtest.html")
    #expect(page.contains("<title>Back-test: sales.csv</title>"))
    guard D3Library.installed() != nil else { return }
    let data = try PageData(page)
    #expect(data.windows.map(\.first) == [43, 52])
    #expect(data.series.allSatisfy { $0.past.count == 2 && $0.numbers($0.past[1][0]).count == 9 })
  }

  @Test(
    arguments: [
      ([], "There is nothing to show: give --forecasts, --next, or both."),
      (["--next", "out/next.csv", "--orders", "x.csv"], "--orders needs --schema or --preset"),
      (["--next", "out/next.csv", "--preset", "online-retail"], "--preset is for --orders."),
    ] as [([String], String)])
  func optionsThatDoNotFit(_ options: [String], _ message: String) throws {
    let outcome = try workspace.run(["report", "sales.csv"] + options)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("unique_id,ds\na,2024-03-31\n", "there is no column with forecasts"),
    ("unique_id,ds,M\nz,2024-03-31,1\n", "the sales have no series \"z\""),
    ("unique_id,ds,M\na,2024-04-02,1\n", "the forecasts start at 2024-04-02, but must follow"),
    (
      "unique_id,ds,M\na,2024-03-31,1\na,2024-04-02,1\n",
      "there is no forecast of \"a\" for 2024-04-01"
    ),
  ])
  func tablesThatAreNoForecasts(_ table: String, _ message: String) throws {
    try workspace.write(table, to: "next.csv")
    let outcome = try workspace.run(["report", "sales.csv", "--next", "next.csv"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try workspace.contents() == ["next.csv", "sales.csv"])
  }

  private func areClose(_ left: [Double], _ right: [Double]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { abs($0 - $1) <= 1e-5 * abs($1) + 1e-6 }
  }
}

/// The data of a page, as far as it matters here.
private struct PageData: Decodable {
  struct Row: Decodable {
    let id: String
    let history: String
    let forecast, total: String?
    let quantiles: [String]?
    let past: [[String]]

    func numbers(_ packed: String?) -> [Double] {
      (packed ?? "").split(separator: " ").map { Double($0) ?? .nan }
    }
  }

  struct Window: Decodable { let first: Int }
  struct Headline: Decodable { let total: Double? }

  let model: String
  let windows: [Window]
  let sums, series: [Row]
  let headline: Headline

  init(_ page: String) throws {
    let start = try #require(page.range(of: "<script type=\"application/json\">")).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    self = try JSONDecoder().decode(PageData.self, from: Data(page[start..<end].utf8))
  }
}
