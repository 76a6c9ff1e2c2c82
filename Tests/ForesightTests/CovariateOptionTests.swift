import Foundation
import Testing

/// Columns that the network sees beside the sales.
@Suite(.timeLimit(.minutes(30))) struct CovariateOptionTests {
  private let workspace: Workspace
  private let dates = SalesTable()
  private let options = [
    "--known", "price,promotion", "--past", "visitors", "--static", "category", "--country", "GB",
  ]

  init() throws { workspace = try Workspace() }

  private static let header = "unique_id,ds,y,price,promotion,visitors,category"
  /// The days with sales, and those that the columns are known for.
  private static let (dayCount, knownCount) = (61, 61 + SmallRun.horizon)

  private func price(_ series: Int, _ day: Int) -> String { "\(series + 2 + day / 20).5" }

  private func promotion(_ day: Int) -> String { day % 10 < 3 ? "flyer" : "" }

  /// Rows of four series. Those of later days have no value, and no visitors.
  private func rows(_ days: Range<Int>) -> [[String]] {
    ["a", "b", "c", "d"].enumerated().flatMap { series, id in
      days.map { day in
        let isKnown = day < Self.dayCount
        return [
          id, dates.date(day), isKnown ? "\(dates.value(series, day))" : "", price(series, day),
          promotion(day), isKnown ? "\(day * 3 % 17)" : "", series < 2 ? "tea" : "cups",
        ]
      }
    }
  }

  private func write(_ rows: [[String]], to name: String = "sales.csv") throws {
    try workspace.write(SalesTable.csv(rows, header: Self.header), to: name)
  }

  private func arguments(_ more: [String] = []) -> [String] {
    ["forecast", "sales.csv", "--output", "out"] + SmallRun.options + options + more
  }

  private func forecast(_ more: [String] = []) throws -> Workspace.Outcome {
    let outcome = try workspace.run(arguments(more))
    expectSuccess(outcome)
    return outcome
  }

  /// The rows of the next steps in the network's column.
  private func next(_ output: String = "out") throws -> [Double] {
    let table = PlainTable(try workspace.text("\(output)/next.csv"))
    #expect(table.rows.count == 4 * SmallRun.horizon)
    return table.numbers("LSTM")
  }

  @Test func theFutureIsInTheTableOrInAPlan() throws {
    try write(rows(0..<Self.knownCount))
    let outcome = try forecast()
    #expect(outcome.output.contains("price: read as numbers"))
    #expect(outcome.output.contains("promotion: read as categories, such as \"flyer\""))
    #expect(
      outcome.output.contains("columns that the network sees: price, promotion, visitors, category")
    )
    #expect(outcome.output.contains("holidays that the network sees: GB"))
    let inTable = try next()
    // The model names the columns that it needs, and sees the same.
    let again = try workspace.run([
      "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
    ])
    expectSuccess(again)
    #expect(again.output.contains("holidays that the network sees: GB"))
    #expect(try next("again") == inTable)

    try write(rows(0..<Self.dayCount))
    try write(rows(Self.dayCount..<Self.knownCount), to: "plan.csv")
    let planned = try forecast(["--future", "plan.csv"])
    #expect(planned.output.contains("plan.csv: 36 rows read, 36 used, 0 set aside"))
    #expect(try next() == inTable)
    // Other promotions lead to other forecasts.
    try workspace.write(
      SalesTable.csv(
        rows(Self.dayCount..<Self.knownCount).map {
          [$0[0], $0[1], $0[3], "flyer"]
        }, header: "unique_id,ds,price,promotion"), to: "plan.csv")
    _ = try forecast(["--future", "plan.csv"])
    #expect(try next() != inTable)
  }

  @Test func aMissingValueAheadIsAnError() throws {
    var table = rows(0..<Self.knownCount)
    // The last price of c, which has 70 rows.
    table[3 * Self.knownCount - 1][3] = ""
    try write(table)
    let day = dates.date(Self.knownCount - 1)
    try workspace.expectFailure(
      arguments(),
      "covariate \"price\" of series \"c\" is missing on \(day); fill it, or leave the column out "
        + "(see --missing-future")
    let last = try forecast(["--missing-future", "last"])
    #expect(last.output.contains("price: 1 missing value ahead repeated from the last known one"))
    let dropped = try forecast(["--missing-future", "drop"])
    #expect(dropped.output.contains("price: left out, since values ahead are missing"))
    #expect(dropped.output.contains("columns that the network sees: promotion, visitors, category"))
  }

  @Test func aColumnThatEndsTooEarlyIsAnError() throws {
    try write(rows(0..<Self.dayCount + 2))
    try workspace.expectFailure(
      arguments(),
      "covariate \"price\" of series \"a\" is missing on \(dates.date(Self.dayCount + 2))")
    // The same is true of a panel file.
    try workspace.write(
      """
      {"identity": "unique_id", "time": "ds", "target": "y", "covariates": [
        {"column": "price", "role": "known"}, {"column": "category", "role": "static"}]}
      """, to: "schema.json")
    expectSuccess(
      try workspace.run(["prepare", "sales.csv", "--schema", "schema.json", "--output", "panel"]))
    let run = ["forecast", "panel", "--output", "out"] + SmallRun.options
    try workspace.expectFailure(
      run, "covariate \"price\" of series \"a\" is missing on \(dates.date(Self.dayCount + 2))")
    expectSuccess(try workspace.run(run + ["--missing-future", "last"]))
    try write(rows(Self.dayCount + 2..<Self.knownCount), to: "plan.csv")
    expectSuccess(try workspace.run(run + ["--future", "plan.csv"]))
    try workspace.expectFailure(
      run + ["--static", "category"], "--static is for tables, but panel is a panel file.",
      isUsage: true)
  }

  @Test func aPlanMustAgree() throws {
    try write(rows(0..<Self.knownCount))
    var plan = rows(0..<3)
    plan[5][3] = "77"
    try write(plan, to: "plan.csv")
    try workspace.expectFailure(
      arguments(["--future", "plan.csv"]),
      "covariate \"price\" of series \"b\" on \(dates.date(2)) is 3.5 in the sales, but 77.0 in the plan"
    )
  }

  @Test func faultsNameTheirOption() throws {
    try write(rows(0..<Self.dayCount))
    let run = ["forecast", "sales.csv", "--output", "out"] + SmallRun.options
    try workspace.expectFailure(
      run + ["--country", "GB,XX"], "--country XX is not known; there are AE, AU, BR, CA, CN, DE",
      isUsage: true)
    try workspace.expectFailure(
      run + ["--known", "prize"], "no column \"prize\"; there are \"unique_id\"")
    try workspace.expectFailure(
      run + ["--future", "sales.csv"], "--future needs --known", isUsage: true)
    try workspace.expectFailure(
      run + ["--static", "price"],
      "a static column has one value for each series (see --past, --known)")
    var table = rows(0..<Self.knownCount)
    table[40][3] = "cheap"
    try write(table)
    try workspace.expectFailure(
      run + ["--known", "price"],
      "sales.csv:42: column \"price\": \"cheap\" is not a number; write it like 1234.5 or 1,234.5, without "
        + "other text (see --known price:categorical)")
    expectSuccess(try workspace.run(run + ["--known", "price:categorical"]))
  }

  /// Columns that are constant, empty, or have one huge number.
  @Test func columnsOfAllKindsGiveNumbers() throws {
    let table = rows(0..<Self.knownCount).enumerated().map { place, row in
      [row[0], row[1], row[2], "7", "", place == 30 ? "1e30" : "\(place % 5)", "", "0"]
    }
    try workspace.write(
      SalesTable.csv(table, header: "unique_id,ds,y,constant,empty,huge,nothing,zero"),
      to: "sales.csv")
    let outcome = try workspace.run(
      ["forecast", "sales.csv", "--output", "out"] + SmallRun.options
        + ["--known", "constant,empty,huge", "--past", "zero", "--static", "nothing:categorical"])
    expectSuccess(outcome)
    #expect(try next().allSatisfy { $0.isFinite && $0 >= 0 })
  }

  /// A category that the model has not seen has a vector, too.
  @Test func aModelForecastsUnseenCategories() throws {
    try write(rows(0..<Self.knownCount))
    _ = try forecast()
    try write(
      rows(0..<Self.knownCount).map {
        [$0[0] + "x", $0[1], $0[2], $0[3], $0[4] == "" ? "" : "radio", $0[5], "spoons"]
      })
    let outcome = try workspace.run([
      "forecast", "sales.csv", "--output", "other", "--model", "out/model.safetensors",
    ])
    expectSuccess(outcome)
    #expect(try next("other").allSatisfy { $0.isFinite && $0 >= 0 })
    try workspace.expectFailure(
      [
        "forecast", "sales.csv", "--output", "third", "--model", "out/model.safetensors",
        "--country", "US",
      ], "the model was trained without its holidays", isUsage: true)
  }

  /// Series that are constant, zero, missing, huge, tiny, of one step, or ten times as long as the others.
  @Test func extremeSeriesGiveNumbers() throws {
    let last = 139
    let values: [(id: String, first: Int, value: (Int) -> String)] = [
      ("constant", 126, { _ in "7" }), ("huge", 126, { "\(1 + $0 % 3)e9" }),
      ("long", 0, { "\(5 + $0 % 7)" }), ("missing", 126, { _ in "" }),
      ("single", last, { _ in "3" }), ("tiny", 126, { "\(1 + $0 % 3)e-6" }),
      ("zero", 126, { _ in "0" }),
    ]
    let table = values.flatMap { series in
      (series.first...last).map { day in
        [series.id, dates.date(day), series.value(day), series.first == 126 ? "new" : "old"]
      }
    }
    try workspace.write(SalesTable.csv(table, header: "unique_id,ds,y,category"), to: "sales.csv")
    let outcome = try workspace.run(
      ["forecast", "sales.csv", "--output", "out", "--missing-values", "gap"]
        + ["--static", "category"] + SmallRun.options)
    expectSuccess(outcome)
    #expect(outcome.output.contains("\"missing\": mean of the first sales of similar series"))
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(next.rows.count == 7 * SmallRun.horizon)
    for name in next.header.dropFirst(2) {
      #expect(next.numbers(name).allSatisfy { $0.isFinite && $0 >= 0 }, "\(name)")
    }
  }

  @Test func aHistoryMustBeLongerThanTheHorizon() throws {
    try write(rows(0..<SmallRun.horizon - 2))
    try workspace.expectFailure(
      ["forecast", "sales.csv", "--output", "out"] + SmallRun.options, "(see --horizon)")
  }

  /// Weeks count the holidays in them.
  /// Markdowns that are recorded for the last 29 of 130 weeks.
  @Test func columnsOfTheLastSeasonAreLeftOut() throws {
    let weeks = (0..<130).map { week in
      [
        "a", dates.date(week * 7), "\(dates.value(0, week))", "\(week < 100 ? 0 : week % 5)",
        week % 9 == 0 ? "1" : "0",
      ]
    }
    try workspace.write(
      SalesTable.csv(weeks, header: "unique_id,ds,y,markdown,promotion"), to: "sales.csv")
    let outcome = try workspace.run(
      [
        "backtest", "sales.csv", "--output", "out", "--horizon", "4", "--windows", "1",
        "--known", "markdown,promotion", "--baselines", "naive",
      ] + SmallRun.network)
    expectSuccess(outcome)
    #expect(
      outcome.output.contains(
        "columns that the network does not see: markdown (each first changes in the last season, so "
          + "its effect can't be told from the season's)\n"))
  }

  @Test func weeksHaveHolidays() throws {
    let weeks = (0..<90).flatMap { week in
      ["a", "b"].map { [$0, dates.date(7 * week), "\(5 + week % 13)"] }
    }
    try workspace.write(SalesTable.csv(weeks), to: "sales.csv")
    let outcome = try workspace.run(
      ["forecast", "sales.csv", "--output", "out", "--country", "gb,us"] + SmallRun.options)
    expectSuccess(outcome)
    #expect(outcome.output.contains("holidays that the network sees: GB, US"))
  }
}
