import Foundation
import Testing

/// `foresight backtest` scores models on several windows.
@Suite(.timeLimit(.minutes(30))) struct BacktestTests {
  private static let files = [
    "backtest.html", "backtest.json", "groups.csv", "leaderboard.csv", "levels.csv", "series.csv",
    "steps.csv",
    "windows.csv",
  ]

  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    return workspace
  }

  private static func arguments(_ more: String...) -> [String] {
    ["backtest", "sales.csv", "--output", "out"] + more
  }

  @Test func baselinesAreRankedWithTheirDifferences() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments(
        "--no-network", "--baselines", "naive,seasonal-naive", "--horizon", "6", "--windows", "3",
        "--refit-every", "2"))
    expectSuccess(outcome)
    // 61 days from 2024-01-30.
    for line in [
      "frequency: day, 61 days from 2024-01-30 to 2024-03-30", "horizon: 6 days",
      "window 1: 2024-03-13 to 2024-03-18, from 43 days of history",
      "window 2: 2024-03-19 to 2024-03-24, from 49 days of history, models of an earlier window",
      "window 3: 2024-03-25 to 2024-03-30, from 55 days of history",
    ] {
      #expect(outcome.output.split(separator: "\n").contains { $0 == line }, "\(line)")
    }
    #expect(outcome.output.contains("RMSSE above "))
    #expect(outcome.errors.contains("window 3 of 3: Seasonal naive"))
    #expect(try workspace.contents() == ["out"] + Self.files.map { "out/\($0)" } + ["sales.csv"])

    let windows = PlainTable(try workspace.text("out/windows.csv"))
    // Three windows of two models and of their combination.
    #expect(windows.rows.count == 9)
    let expected = Self.naiveErrors(series: 3, horizon: 6, ends: [43, 49, 55])
    let found = windows.rows.prefix(3).map {
      Double($0[windows.header.firstIndex(of: "MAE")!])!
    }
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
    let leaderboard = PlainTable(try workspace.text("out/leaderboard.csv"))
    #expect(leaderboard.rows.map { $0[0] } == ["1", "2", "3"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: workspace.data("out/backtest.json"))
        as? [String: Any])
    #expect((json["windows"] as? [Any])?.count == 3)
    #expect(json["metric"] as? String == "RMSSE")
    let models = try #require(json["models"] as? [[String: Any]])
    #expect(models.map { $0["model"] as? String } == leaderboard.rows.map { $0[1] })
    #expect((models[1]["difference"] as? [String: Double])?["mean"] ?? -1 > 0)
  }

  @Test func aNetworkIsTrainedInEachWindow() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments(
        "--windows", "2", "--horizon", "9", "--baselines", "naive", "--metric", "mae",
        "--network", "lstm", "--input-length", "16", "--hidden-size", "4", "--epochs", "1",
        "--steps-per-epoch", "2"))
    expectSuccess(outcome)
    let leaderboard = PlainTable(try workspace.text("out/leaderboard.csv"))
    #expect(Set(leaderboard.rows.map { $0[1] }) == ["LSTM", "Naive", "Combination"])
    #expect(leaderboard.rows.map { $0[2] } == ["MAE", "MAE", "MAE"])
  }

  @Test func quantilesAreScored() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments(
        "--no-network", "--windows", "2", "--horizon", "5", "--baselines", "naive,ets",
        "--quantiles", "0.9,0.1", "--no-combine"))
    expectSuccess(outcome)
    let leaderboard = PlainTable(try workspace.text("out/leaderboard.csv"))
    #expect(Set(leaderboard.rows.map { $0[1] }) == ["Naive", "ETS"])
    for coverage in leaderboard.numbers("Coverage 80") { #expect((0.2...1).contains(coverage)) }
    #expect(leaderboard.numbers("WQL").allSatisfy { $0 > 0 })
  }

  @Test func optionsThatLeaveNothingToDoAreErrors() throws {
    let workspace = try Self.workspace()
    func expectError(_ arguments: [String], _ text: String, status: Int32) throws {
      let outcome = try workspace.run(arguments)
      #expect(outcome.status == status)
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
    try expectError(
      Self.arguments("--no-network", "--baselines", "none"), "leave no model to score", status: 64)
    try expectError(
      Self.arguments("--no-network", "--epochs", "3"), "--no-network trains none", status: 64)
    try expectError(
      Self.arguments("--windows", "0"), "--windows must be from 1 to", status: 64)
    try expectError(
      Self.arguments("--no-network", "--windows", "9", "--horizon", "7"),
      "the data span 61 steps, but these splits need 64; use fewer splits, or shorten the "
        + "horizon (see --windows, --step, --horizon)", status: 1)
    #expect(try workspace.contents() == ["sales.csv"])
  }

  /// The mean absolute errors of the naive forecast in each window.
  private static func naiveErrors(series: Int, horizon: Int, ends: [Int]) -> [Double] {
    let table = SalesTable()
    return ends.map { end in
      let errors = (0..<series).flatMap { index in
        (end..<end + horizon).map { abs(table.value(index, $0) - table.value(index, end - 1)) }
      }
      return Double(errors.reduce(0, +)) / Double(errors.count)
    }
  }
}
