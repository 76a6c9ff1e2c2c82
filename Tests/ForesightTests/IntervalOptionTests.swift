import Foundation
import Reporting
import Testing

/// Quantiles and sums at the command line.
@Suite(.timeLimit(.minutes(30))) struct IntervalOptionTests {
  private let workspace: Workspace
  private static let models = ["LSTM", "Naive", "ETS", "Combination"]

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  private func header(_ file: String) throws -> [String] {
    try workspace.text(file).prefix { $0 != "\n" }.split(separator: ",").map(String.init)
  }

  @Test func quantilesOfEveryModelAreColumns() throws {
    let outcome = try workspace.run(
      SmallRun.arguments(
        "--combine", "--quantiles", "0.9,0.1,0.5", "--baselines", "naive,ets", "--sum-lengths",
        "3,9"))
    expectSuccess(outcome)
    let files = ["forecasts.csv", "next.csv", "sums.csv", "forecast.html", "model.safetensors"]
    #expect(outcome.output.hasSuffix(files.map { "wrote out/\($0)\n" }.joined()))
    let columns = Self.models.map { [$0, "\($0)-q10", "\($0)-q50", "\($0)-q90"] }
    #expect(try header("out/forecasts.csv") == ["unique_id", "ds"] + columns.flatMap { $0 })
    #expect(try Set(header("out/next.csv")) == Set(header("out/forecasts.csv")))
    #expect(
      try Set(header("out/sums.csv")) == Set(header("out/forecasts.csv") + ["steps"]))
    #expect(outcome.output.contains("\nWithin the interval of"))
    #expect(outcome.output.contains("\n  sums of 3 "))
    let page = try workspace.text("out/forecast.html")
    // The script of a page with D3 draws the quantiles in its data.
    #expect(
      D3Library.installed() == nil
        ? page.contains("80 % interval of ") && page.contains("class=\"band\"")
        : page.contains("\"seriesLevels\":[0.1,0.5,0.9]"))

    for file in ["out/forecasts.csv", "out/next.csv", "out/sums.csv"] {
      let table = PlainTable(try workspace.text(file))
      for model in Self.models {
        let quantiles = ["q10", "q50", "q90"].map { table.numbers("\(model)-\($0)") }
        for (low, (middle, high)) in zip(quantiles[0], zip(quantiles[1], quantiles[2])) {
          #expect(0 <= low && low <= middle && middle <= high, "\(file) \(model)")
        }
      }
    }
  }

  @Test func withoutTheOptionThereAreNone() throws {
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    #expect(!outcome.output.contains("nterval"))
    #expect(try !workspace.text("out/next.csv").contains("-q"))
  }

  @Test(arguments: [
    (
      ["--quantiles", "80"], "--quantiles must be levels between 0 and 1, such as 0.1,0.5,0.9, but"
    ),
    (["--quantiles", "0.1,1"], "but has 1.0."),
    (["--quantiles", "nan"], "but has nan."),
    (["--quantiles", "0.1,0.1"], "The value '0.1,0.1' is invalid for '--quantiles <levels>'"),
    (["--quantiles", "0.1,,0.9"], "is invalid for '--quantiles <levels>'"),
    (
      ["--quantiles", "0.1", "--sum-lengths", "0"],
      "--sum-lengths must be from 1 to 36525, but is 0."
    ),
    (["--quantiles", "0.1", "--sum-lengths", "7.5"], "is invalid for '--sum-lengths <steps>'"),
    (
      ["--sum-lengths", "7"],
      "--sum-lengths needs levels for its quantiles, such as --quantiles 0.1,0.9."
    ),
    (
      ["--horizon", "5", "--quantiles", "0.1", "--sum-lengths", "3,7"],
      "--sum-lengths must be at most the horizon of 5 steps, but has 7."
    ),
    (
      ["--quantiles", "0.1", "--sum-lengths", "300"],
      "--sum-lengths must be at most the horizon of 20 steps, but has 300."
    ),
  ])
  func anOptionOutOfItsRange(_ options: [String], _ message: String) throws {
    try workspace.expectFailure(
      ["forecast", "sales.csv", "--output", "out"] + options, message, isUsage: true)
  }
}
