import Foundation
import Testing

/// `foresight reconcile` forecasts all levels, so that the forecasts add up.
@Suite(.timeLimit(.minutes(30))) struct ReconcileTests {
  private static let table = SalesTable()

  private static func workspace() throws -> Workspace {
    let regions = ["north", "south", "north"]
    let workspace = try Workspace()
    try workspace.write(
      SalesTable.csv(
        table.rows().enumerated().map { place, row in
          row + [regions[place / table.dayCount], "\(place / table.dayCount + 2)"]
        }, header: "unique_id,ds,y,region,price"), to: "sales.csv")
    return workspace
  }

  private static let options = ["--horizon", "5", "--baselines", "seasonal-naive,ses"]

  @Test func tablesAddUpAndTheScoresAreThoseOfScore() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["reconcile", "sales.csv", "--level", "region", "--method", "mint-shrinkage,top-down"]
        + Self.options + ["--price", "price", "--output", "out"])
    expectSuccess(outcome)
    #expect(outcome.output.contains("levels: Total (1), region (2), series (3)\n"))
    for name in ["MinT shrinkage makes ", "Top-down makes "] {
      #expect(outcome.output.contains(name))
    }
    let coherent = PlainTable(try workspace.text("out/coherent.csv"))
    #expect(
      coherent.header == ["level", "unique_id", "ds", "MinT shrinkage", "Top-down", "Base"])
    #expect(coherent.rows.count == (1 + 2 + 3) * 5)
    for model in [3, 4] {
      for step in 0..<5 {
        let values = (0..<6).map { Double(coherent.rows[$0 * 5 + step][model])! }
        #expect(abs(values[0] - values[1] - values[2]) < 1e-9 * values[0])
        #expect(abs(values[0] - values[3...].reduce(0, +)) < 1e-9 * values[0])
        #expect(abs(values[1] - values[3] - values[5]) < 1e-9 * values[1])
      }
    }
    #expect(PlainTable(try workspace.text("out/next.csv")).rows.count == 15)
    // `foresight score` adds the forecasts of the series up, and finds the same scores.
    expectSuccess(
      try workspace.run([
        "score", "out/forecasts.csv", "sales.csv", "--level", "region", "--price", "price",
        "--output", "scores.csv",
      ]))
    let own = PlainTable(try workspace.text("out/scores.csv"))
    let others = PlainTable(try workspace.text("scores.csv"))
    let (column, other) = (own.numbers("WRMSSE"), others.numbers("WRMSSE"))
    for row in 0..<8 {
      #expect(own.rows[row][..<2] == others.rows[row][..<2])
      #expect(abs(column[row] - other[row]) < 1e-9 * other[row])
    }
  }

  @Test func quantilesOfAllLevels() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["reconcile", "sales.csv", "--level", "region", "--quantiles", "0.9,0.1"] + Self.options)
    expectSuccess(outcome)
    #expect(outcome.output.contains("Within the 80 % interval"))
    let table = PlainTable(try workspace.text("reconcile-output/coherent.csv"))
    #expect(table.header[3...] == ["WLS variance", "WLS variance-q10", "WLS variance-q90", "Base"])
    for row in table.rows { #expect(Double(row[4])! < Double(row[5])!) }
  }

  @Test(arguments: [
    (["--baselines", "none"], "--baselines none leaves no model to forecast with."),
    (["--method", "mint"], "The value 'mint' is invalid for '--method <methods>'"),
    (["--middle-level", "region"], "--middle-level is for --method middle-out."),
    (["--quantiles", "1"], "--quantiles must be levels between 0 and 1"),
    (["--windows", "0"], "--windows must be from 1 to 10000, but is 0."),
  ])
  func badOptions(_ options: [String], _ message: String) throws {
    let outcome = try Self.workspace().run(["reconcile", "sales.csv"] + options)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["--level", "nowhere"], "--level"),
    (
      ["--level", "region", "--method", "middle-out", "--middle-level", "shop"],
      "there is no level \"shop\" among the nested ones; choose one of Total, region (see --middle-level, --level)"
    ),
    (["--windows", "9"], "(see --windows, --horizon, --method)"),
    (["--horizon", "61"], "(see --horizon)"),
  ])
  func badData(_ options: [String], _ message: String) throws {
    let workspace = try Self.workspace()
    let before = try workspace.contents()
    let outcome = try workspace.run(["reconcile", "sales.csv"] + options)
    #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try workspace.contents() == before)
  }
}
