import Forecasting
import Foundation
import Testing

/// `--network` chooses the architecture, whose name is in every output, and which a model file names.
@Suite(.timeLimit(.minutes(10))) struct NetworkOptionTests {
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
        ["backtest", "sales.csv", "--output", "out", "--windows", "2", "--network", "mlp"]
          + ["--baselines", "naive"] + SmallRun.options))
    let leaderboard = PlainTable(try workspace.text("out/leaderboard.csv"))
    #expect(Set(leaderboard.rows.map { $0[1] }) == ["MLP", "Naive"])
  }

  @Test func theDefaultIsTheLSTM() throws {
    try expectSuccess(workspace.run(SmallRun.arguments("--network", "lstm")))
    let named = try workspace.data("out/model.safetensors")
    try expectSuccess(workspace.run(SmallRun.arguments()))
    #expect(try workspace.data("out/model.safetensors") == named)
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
