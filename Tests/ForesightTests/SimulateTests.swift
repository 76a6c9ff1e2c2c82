import Foundation
import Testing

/// `foresight simulate` adds quantiles to forecasts from the errors of past ones.
@Suite(.timeLimit(.minutes(30))) struct SimulateTests {
  private static let table = SalesTable()
  private static let horizon = 5
  /// The first days of the past forecasts and of the forecasts.
  private static let (first, second, start) = (44, 49, 54)

  /// Sales with a region of each series.
  private static func sales(until end: Int) -> String {
    let regions = ["north", "south", "north"]
    return SalesTable.csv(
      table.rows().enumerated().filter { $0.offset % table.dayCount < end }.map { place, row in
        row + [regions[place / table.dayCount]]
      }, header: "unique_id,ds,y,region")
  }

  /// Forecasts of a model that is a quarter too high, and of one that is constant.
  private static func forecasts(from firstDay: Int) -> String {
    let rows = table.ids.indices.flatMap { index in
      (firstDay..<firstDay + horizon).map { day in
        let actual = Double(table.value(index, day))
        return [table.ids[index], table.date(day), "\(1.25 * actual + 1)", "7"]
      }
    }
    return SalesTable.csv(rows, header: "unique_id,ds,High,Constant")
  }

  private static func workspace(salesEnd: Int = start) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(sales(until: salesEnd), to: "sales.csv")
    try workspace.write(forecasts(from: first), to: "first.csv")
    try workspace.write(forecasts(from: second), to: "second.csv")
    try workspace.write(forecasts(from: start), to: "next.csv")
    return workspace
  }

  private static let arguments = [
    "simulate", "next.csv", "sales.csv", "--past", "first.csv", "--past", "second.csv",
    "--group", "region", "--level", "region", "--paths", "40",
  ]

  @Test func quantilesOfAllLevels() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(Self.arguments + ["--quantiles", "0.9,0.1"])
    expectSuccess(outcome)
    #expect(
      outcome.output.contains(
        "High: 40 paths of all series, from the errors of 2 past windows\n"
          + "levels: Total (1), region (2), series (3)\n"))
    let table = PlainTable(try workspace.text("simulated.csv"))
    #expect(
      table.header == ["level", "unique_id", "ds", "High", "High-q10", "High-q90"])
    #expect(table.rows.count == 6 * Self.horizon)
    func rows(_ level: String) -> [[String]] { table.rows.filter { $0[0] == level } }
    for (day, total) in rows("Total").enumerated() {
      let parts = rows("series").filter { $0[2] == total[2] }
      #expect(parts.count == 3)
      let sum = parts.reduce(0) { $0 + Double($1[3])! }
      #expect(abs(Double(total[3])! - sum) < 1e-9, "day \(day)")
      #expect(Double(total[4])! <= Double(total[5])!)
      // Quantiles of a sum are closer than the sums of quantiles.
      let lowest = parts.reduce(0) { $0 + Double($1[4])! }
      #expect(Double(total[4])! >= lowest)
    }
    // Past forecasts were too high, so the spread is wide: a path can be lower than the forecast.
    #expect(rows("series").contains { Double($0[4])! < Double($0[3])! })
  }

  @Test func quantilesAreScoredWhereThereAreSales() throws {
    let workspace = try Self.workspace(salesEnd: Self.start + Self.horizon)
    let outcome = try workspace.run(Self.arguments + ["--model", "Constant", "--json"])
    expectSuccess(outcome)
    struct Results: Decodable {
      struct Level: Decodable {
        let level: String
        let scores: [String: Double]
      }
      let model: String
      let levels: [Level]
      let scores: [String: Double]
    }
    let results = try JSONDecoder().decode(Results.self, from: Data(outcome.output.utf8))
    #expect(results.model == "Constant")
    #expect(results.levels.map(\.level) == ["Total", "region", "series"])
    let losses = try results.levels.map { try #require($0.scores["WSPL"]) }
    let mean = losses.reduce(0, +) / 3
    #expect(abs(try #require(results.scores["WSPL"]) - mean) < 1e-9)
    #expect(outcome.errors.contains("Within 80 %"))
  }

  /// The same seed draws the same paths.
  @Test func aSeedDeterminesTheQuantiles() throws {
    let workspace = try Self.workspace()
    var tables: [String] = []
    for options in [["--threads", "1"], ["--threads", "2"], ["--seed", "3"]] {
      expectSuccess(try workspace.run(Self.arguments + options))
      tables.append(try workspace.text("simulated.csv"))
    }
    #expect(tables[0] == tables[1])
    #expect(tables[0] != tables[2])
  }

  @Test(arguments: [
    (["--quantiles", "0"], "--quantiles must be levels between 0 and 1"),
    (["--paths", "1"], "--paths must be from 2 to 100000, but is 1."),
    (["--past", "./first.csv"], "./first.csv is the same as first.csv"),
  ])
  func badOptions(_ options: [String], _ message: String) throws {
    let outcome = try Self.workspace().run(Self.arguments + options)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["--model", "Low"], "there is no model \"Low\"; choose one of High, Constant"),
    (["--past", "third.csv"], "the sales end at 2024-03-23 or start later"),
    (["--group", "nowhere"], "--group"),
    (["--past", "short.csv"], "one has 2, and another 5"),
  ])
  func badData(_ options: [String], _ message: String) throws {
    let workspace = try Self.workspace()
    try workspace.write(Self.forecasts(from: 52), to: "third.csv")
    try workspace.write(
      "unique_id,ds,High\na,2024-03-01,2\na,2024-03-02,2\n", to: "short.csv")
    let before = try workspace.contents()
    let outcome = try workspace.run(Self.arguments + options)
    #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try workspace.contents() == before)
  }
}
