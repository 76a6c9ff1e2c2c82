import Foundation
import Testing

/// `foresight score` scores forecasts against the sales that followed.
@Suite(.timeLimit(.minutes(30))) struct ScoreTests {
  private static let table = SalesTable()
  /// The first forecast day, and the number of forecast days.
  private static let (start, horizon) = (54, 5)

  /// Sales with a region of each series and a price.
  private static var sales: String {
    let regions = ["north", "south", "north"]
    return SalesTable.csv(
      table.rows().enumerated().map { place, row in
        row + [regions[place / table.dayCount], "\(place / table.dayCount + 2)"]
      }, header: "unique_id,ds,y,region,price")
  }

  /// Forecasts of some series: `High` is one too high, with a quantile, and `Low` three too low.
  private static func forecasts(
    _ ids: [String] = ["c", "a", "b"], firstDay: Int = start,
    header: String = "unique_id,ds,High,High-q90,Low"
  ) -> String {
    let rows = ids.flatMap { id in
      (firstDay..<firstDay + horizon).map { day in
        let actual = table.ids.firstIndex(of: id).map { table.value($0, day) } ?? 0
        return [id, table.date(day), "\(actual + 1)", "\(actual + 2)", "\(actual - 3)"]
      }
    }
    return SalesTable.csv(rows, header: header)
  }

  private static func workspace(_ forecasts: String) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(sales, to: "sales.csv")
    try workspace.write(forecasts, to: "next.csv")
    return workspace
  }

  private static func arguments(_ more: String...) -> [String] {
    ["score", "next.csv", "sales.csv"] + more
  }

  @Test func levelsAreWeightedSumsOfSeries() throws {
    let workspace = try Self.workspace(Self.forecasts())
    let outcome = try workspace.run(
      Self.arguments("--level", "region", "--price", "price", "--output", "scores.csv"))
    expectSuccess(outcome)
    #expect(outcome.output.contains("scored: 3 series, 2024-03-24 to 2024-03-28\n"))
    let scores = PlainTable(try workspace.text("scores.csv"))
    #expect(
      scores.rows.map { "\($0[0]) \($0[1])" } == [
        "High overall", "High Total", "High region", "High series",
        "Low overall", "Low Total", "Low region", "Low series",
      ])
    // Sums of two series are 2 too high, and that of all 3.
    #expect(scores.numbers("Bias").prefix(4).map { ($0 * 1e4).rounded() / 1e4 } == [1, 3, 1.5, 1])
    // The weighted RMSSE by its definition (Makridakis et al. 2022): changes from day to day since the
    // first sale are the scale.
    let expected = Self.weightedErrors(error: -3)
    for (found, expected) in zip(scores.numbers("WRMSSE")[5...], expected) {
      #expect(abs(found - expected) < 1e-6 * expected)
    }
    let mean = expected.reduce(0, +) / 3
    #expect(abs(scores.numbers("WRMSSE")[4] - mean) < 1e-6 * mean)
    #expect(outcome.output.contains("Weighted RMSSE"))
  }

  /// The weighted RMSSE of a constant error of each series: of the total, by region, and by series.
  private static func weightedErrors(error: Double) -> [Double] {
    func sum(_ members: [Int], _ day: Int) -> Double {
      members.reduce(0) { $0 + Double(table.value($1, day)) }
    }
    return [[[0, 1, 2]], [[0, 2], [1]], [[0], [1], [2]]].map { groups in
      let revenues = groups.map { members in
        (start - horizon..<start).reduce(0.0) { sum, day in
          members.reduce(sum) { $0 + Double(table.value($1, day) * ($1 + 2)) }
        }
      }
      return zip(groups, revenues).reduce(0) { result, group in
        let firstSale = (0..<start).first { sum(group.0, $0) > 0 }!
        let squares = (firstSale + 1..<start).map {
          pow(sum(group.0, $0) - sum(group.0, $0 - 1), 2)
        }
        let scale = squares.reduce(0, +) / Double(squares.count)
        let errors = error * Double(group.0.count)
        return result + group.1 / revenues.reduce(0, +) * abs(errors) / scale.squareRoot()
      }
    }
  }

  @Test func whatCannotBeScoredIsStated() throws {
    let workspace = try Self.workspace(Self.forecasts(["a", "b", "new"], firstDay: 58))
    let outcome = try workspace.run(Self.arguments())
    expectSuccess(outcome)
    for line in [
      "scored: 2 series, 2024-03-28 to 2024-03-30",
      "not scored: the last 2 of 5 steps, without sales",
      "not scored: 1 of 3 series, without sales",
    ] { #expect(outcome.output.contains(line + "\n"), "\(line)") }
  }

  @Test(arguments: [
    (
      forecasts(firstDay: 61),
      "the forecasts start at 2024-03-31, but must start after 2024-01-30 and by 2024-03-30"
    ),
    (forecasts(firstDay: 0), "the forecasts start at 2024-01-30, but must start after 2024-01-30"),
    (forecasts(firstDay: -9), "the forecasts start at 2024-01-21, but must start after 2024-01-30"),
    (forecasts(["x", "y"]), "the sales have no series \"x\""),
    ("unique_id,ds\na,2024-03-24\n", "there is no column with forecasts"),
    (
      "unique_id,ds,M\na,2024-03-24,1\na,2024-03-25,1\nb,2024-03-24,2\n",
      "there is no forecast of \"b\" for 2024-03-25"
    ),
  ])
  func faultsAreNamed(_ forecasts: String, _ message: String) throws {
    let outcome = try Self.workspace(forecasts).run(Self.arguments())
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  /// The scores of a run's forecast are those that the run printed.
  @Test func theScoresOfARunAgree() throws {
    let workspace = try Self.workspace("")
    expectSuccess(
      try workspace.run(
        [
          "forecast", "sales.csv", "--baselines", "naive", "--output", "out",
        ] + SmallRun.options))
    let outcome = try workspace.run(["score", "out/forecasts.csv", "sales.csv"])
    expectSuccess(outcome)
    let run = try workspace.run([
      "backtest", "sales.csv", "--no-network", "--baselines", "naive", "--horizon",
      "\(SmallRun.horizon)", "--windows", "1",
    ])
    let row = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("Naive") })
    #expect(outcome.output.contains(row))
  }
}
