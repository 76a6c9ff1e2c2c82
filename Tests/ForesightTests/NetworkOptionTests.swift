import Forecasting
import Foundation
import Testing

/// `--network` chooses the architecture, whose name is in every output, and which a model file names.
@Suite(.timeLimit(.minutes(30))) struct NetworkOptionTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  @Test(arguments: KnownTypes.builtIn.architectures.map { $0.name })
  func trainsTheNetworkAndReadsItAgain(name: String) throws {
    let first = try workspace.run(
      SmallRun.arguments("--network", name.lowercased(), "--baselines", "naive"))
    expectSuccess(first)
    #expect(first.output.contains("\n\(name): the forecast is a mean; "))
    #expect(first.output.contains("\n\(name)  "))
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(forecasts.header == ["unique_id", "ds", name, "Naive"])
    #expect(try workspace.text("out/forecast.html").contains(name))
    let again = try workspace.run([
      "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
      "--baselines", "naive",
    ])
    expectSuccess(again)
    #expect(again.output.contains("\n\(name) was also trained on the held-out steps: "))
    #expect(try workspace.data("again/next.csv") == workspace.data("out/next.csv"))
  }

  @Test func aBacktestScoresTheNetwork() throws {
    try expectSuccess(
      workspace.run(
        ["backtest", "sales.csv", "--output", "out", "--windows", "2"] + SmallRun.options
          + ["--baselines", "naive", "--network", "mlp"]))
    let leaderboard = PlainTable(try workspace.text("out/leaderboard.csv"))
    #expect(Set(leaderboard.rows.map { $0[1] }) == ["MLP", "Naive"])
  }

  /// Several networks are models of their own, and the better one is saved.
  @Test func trainsSeveralNetworks() throws {
    let outcome = try workspace.run(
      SmallRun.arguments("--network", "tcn,mlp", "--baselines", "naive"))
    expectSuccess(outcome)
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(forecasts.header == ["unique_id", "ds", "TCN", "MLP", "Naive"])
    let next = PlainTable(try workspace.text("out/next.csv"))
    let again = try workspace.run([
      "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
      "--baselines", "none",
    ])
    expectSuccess(again)
    let saved = PlainTable(try workspace.text("again/next.csv"))
    let scores = try workspace.run(["score", "out/forecasts.csv", "sales.csv", "--output", "s.csv"])
    expectSuccess(scores)
    let table = PlainTable(try workspace.text("s.csv"))
    let errors = zip(table.rows, table.numbers("RMSSE")).filter { $0.0[1] == "overall" }
    let best = try #require(
      errors.filter { ["TCN", "MLP"].contains($0.0[0]) }.min { $0.1 < $1.1 }?.0[0])
    #expect(saved.header[2] == best)
    #expect(saved.numbers(best) == next.numbers(best))
  }

  /// A column of the stock marks stock-outs, which are left out of the loss or are lower bounds in it.
  @Test func stockOutsAreMaskedOrCensored() throws {
    let table = SalesTable()
    let rows = (0..<70).map { day in
      let left = day % 9 == 4 ? 0 : 5
      return ["a", table.date(day), "\(day % 9 == 4 ? 40 : 6 + day % 7)", "\(left)"]
    }
    try workspace.write(SalesTable.csv(rows, header: "unique_id,ds,y,left"), to: "one.csv")
    try workspace.write(
      """
      {"identity": "unique_id", "time": "ds", "target": "y",
       "covariates": [{"column": "left", "role": "past", "kind": "numeric"}]}
      """, to: "schema.json")
    let prepared = try workspace.run([
      "prepare", "one.csv", "--schema", "schema.json", "--stock-column", "left", "--output",
      "panel",
    ])
    expectSuccess(prepared)
    #expect(prepared.errors.contains("stock-outs: mark steps with left of at most 0"))
    func forecast(_ more: String...) throws -> String {
      try expectSuccess(
        workspace.run(
          ["forecast", "panel", "--output", "out", "--baselines", "none"] + SmallRun.options
            + more))
      return try workspace.text("out/next.csv")
    }
    let (standard, masked) = (try forecast(), try forecast("--stock-out-loss", "masked"))
    #expect(standard == masked)
    #expect(try forecast("--stock-out-loss", "censored") != masked)
    try workspace.expectFailure(
      ["forecast", "panel", "--output", "out", "--stock-out-loss", "no"],
      "The value 'no' is invalid for '--stock-out-loss", isUsage: true)
  }

  @Test func theDefaultIsTwoNetworks() throws {
    let short = SmallRun.arguments().filter { !["--network", "lstm"].contains($0) }
    try expectSuccess(workspace.run(short + ["--network", "lstm,tide"]))
    let named = try workspace.text("out/next.csv")
    #expect(Set(PlainTable(named).header).isSuperset(of: ["LSTM", "TiDE"]))
    try expectSuccess(workspace.run(short))
    #expect(try workspace.text("out/next.csv") == named)
  }

  @Test func aNetworkThatThereIsNot() throws {
    try workspace.expectFailure(
      SmallRun.arguments("--network", "LSTM"), "The value 'LSTM' is invalid for '--network",
      isUsage: true)
    try workspace.expectFailure(
      SmallRun.arguments("--network", "mlp", "--decoder", "direct"),
      "--decoder is for lstm, gru, rnn, but the network is mlp.", isUsage: true)
    try workspace.expectFailure(
      ["forecast", "sales.csv", "--model", "model.safetensors", "--network", "mlp"],
      "--network is for training, but --model forecasts without it.", isUsage: true)
  }
}
