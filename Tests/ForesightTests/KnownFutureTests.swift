import Foundation
import Testing

/// What the command knows of the days to come, and of the numbers that it passes on.
@Suite(.timeLimit(.minutes(30))) struct KnownFutureTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// A table of twelve series over 142 days from 2024-01-01, a Monday.
  private func write(_ value: (_ series: Int, _ day: Int) -> String) throws {
    var table = SalesTable()
    (table.dayCount, table.firstDay) = (142, "2024-01-01")
    table.ids = (0..<12).map { "s\($0)" }
    let rows = table.ids.indices.flatMap { series in
      (0..<table.dayCount).map { [table.ids[series], table.date($0), value(series, $0)] }
    }
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
  }

  private func forecast(_ file: String, _ more: [String] = []) throws -> Workspace.Outcome {
    let outcome = try workspace.run(
      ["forecast", file, "--output", "out"] + SmallRun.options + more)
    expectSuccess(outcome)
    return outcome
  }

  @Test func largeNumbersKeepTheirDigits() throws {
    try write { series, day in "\(123_456_000 + 100 * series + day)" }
    let outcome = try forecast("sales.csv")
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    let text = try workspace.text("out/forecasts.csv")
    #expect(text.contains("123456132.0") && !text.contains("e+"))
    #expect(forecasts.rows.count == 12 * 9)
    // Nine days ahead, the naive forecast is 1 to 9 too low.
    let naive = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("Naive") })
    #expect(naive.split(separator: " ")[1] == "5.000")
  }

  @Test func tinyScoresShowTheirDigits() throws {
    try write { series, day in "\(day.isMultiple(of: 2) ? 0.00001 : 0.00002)" }
    let outcome = try forecast("sales.csv")
    let naive = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("Naive") })
    #expect(naive.split(separator: " ")[1].hasPrefix("0.00000"))
    #expect(naive.split(separator: " ")[1].contains { "123456789".contains($0) })
    #expect(!(try workspace.text("out/forecasts.csv")).contains("e-"))
  }

  @Test func partialWeeksAreLeftOut() throws {
    try write { _, _ in "10" }
    let week = ["prepare", "sales.csv", "--output", "p", "--frequency", "week"]
    let outcome = try workspace.run(week)
    expectSuccess(outcome)
    #expect(outcome.errors.contains("the week from 2024-05-20: the records cover 2 of its 7 days"))
    #expect(outcome.errors.contains("--partial-periods keep"))
    let run = try workspace.run(
      [
        "forecast", "p", "--output", "out", "--horizon", "3", "--input-length", "5",
        "--season-length",
        "2",
      ] + SmallRun.network)
    expectSuccess(run)
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(next.rows.first?[1] == "2024-05-20")
    let naive = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("Naive") })
    #expect(naive.contains("0.00 %"))
    // 17 weeks and the 3 that were held out. The page without D3 states them in words.
    let page = try workspace.text("out/forecast.html")
    let weeks = page.contains(#""dates":["2024-01-01""#) && page.contains(#""historyCount":20,"#)
    #expect(weeks || page.contains("17 weeks since 2024-01-01"))
  }

  private let closed: (Int, Int) -> String = { series, day in
    day % 7 > 4 ? "0" : "\(5 + (series + day) % 3)"
  }

  @Test func closedDaysStayClosed() throws {
    try write(closed)
    try expectSuccess(workspace.run(["prepare", "sales.csv", "--output", "p"]))
    for file in ["p", "sales.csv"] {
      let outcome = try forecast(file)
      #expect(outcome.output.contains("closed: every saturday, every sunday; the forecast is 0"))
      for name in ["out/next.csv", "out/forecasts.csv"] {
        let table = PlainTable(try workspace.text(name))
        for (place, row) in table.rows.enumerated() {
          let day = (name == "out/next.csv" ? 142 : 133) + place % 9
          let isClosed = day % 7 > 4
          for number in row.dropFirst(2) {
            #expect((Double(number) == 0) == isClosed, "\(file) \(row)")
          }
        }
      }
    }
    _ = try forecast("p", ["--closed-days", "keep"])
    #expect(
      PlainTable(try workspace.text("out/forecasts.csv")).numbers("Naive").allSatisfy { $0 > 0 })
  }

  /// A column that says on which days a series is sold, each on its own, is followed without an option.
  @Test func aColumnClosesSeries() throws {
    func isOpen(_ series: Int, _ day: Int) -> Bool { (day + series) % 5 != 2 }
    var calendar = SalesTable()
    calendar.firstDay = "2024-01-01"
    let dates = (0..<151).map { calendar.date($0) }
    func row(_ series: Int, _ day: Int) -> [String] {
      ["s\(series)", dates[day], isOpen(series, day) ? "1" : "0"]
    }
    let series = Array(0..<6)
    let sales = series.flatMap { one in
      (0..<142).map { row(one, $0) + [isOpen(one, $0) ? "\(5 + (one + $0) % 3)" : "0"] }
    }
    let plan = series.flatMap { one in (142..<151).map { row(one, $0) } }
    func text(_ header: String, _ rows: [[String]]) -> String {
      ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }
    try workspace.write(text("unique_id,ds,open,y", sales), to: "sales.csv")
    try workspace.write(text("unique_id,ds,open", plan), to: "plan.csv")
    let columns = ["--known", "open", "--future", "plan.csv"]
    let outcome = try forecast("sales.csv", columns)
    #expect(outcome.output.contains("nothing is sold at open = 0, so the forecast is 0 there"))
    // A fifth of the values are 0, but none of those of open days.
    #expect(outcome.output.contains("so the mean is trained on the squared error"))
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(next.rows.count == series.count * 9)
    for (place, row) in next.rows.enumerated() {
      for number in row.dropFirst(2) {
        #expect((Double(number) == 0) == !isOpen(place / 9, 142 + place % 9), "\(row)")
      }
    }
    let kept = try forecast("sales.csv", columns + ["--closed-days", "keep"])
    #expect(!kept.output.contains("nothing is sold") && kept.output.contains("Tweedie"))
  }

  @Test func aModelOfDaysForecastsNoMonths() throws {
    try write(closed)
    _ = try forecast("sales.csv")
    let months = (0..<60).map {
      "a,\(2015 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01,\($0)\n"
    }
    try workspace.write("unique_id,ds,y\n" + months.joined(), to: "months.csv")
    for season in [[], ["--season-length", "12"]] {
      let outcome = try workspace.run(
        [
          "forecast", "months.csv", "--table-frequency", "month", "--model",
          "out/model.safetensors",
          "--output", "other",
        ] + season)
      #expect(outcome.status != 0)
      #expect(
        outcome.errors.contains(
          "trained on steps of a day, with a season of 7 days, but the data have steps of a month"))
    }
    let outcome = try workspace.run([
      "forecast", "sales.csv", "--model", "out/model.safetensors", "--output", "other",
      "--season-length", "12",
    ])
    #expect(outcome.status != 0 && outcome.errors.contains("the season length is 12 steps"))
  }
}
