import Foundation
import Testing

/// `--tensorboard` gives each training of a run a log in a directory of its own.
@Suite(.timeLimit(.minutes(30))) struct TensorBoardOptionTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  /// The options of a short run with two networks and a combination.
  private static let options = [
    "--output", "out", "--horizon", "9", "--input-length", "16", "--network", "lstm,tide",
    "--hidden-size", "4", "--epochs", "2", "--steps-per-epoch", "3", "--baselines", "naive",
    "--tensorboard", "runs",
  ]

  private func runs() throws -> [String] {
    try workspace.contents().filter { $0.hasPrefix("runs/") && $0.contains("tfevents") }
      .map { String($0[..<$0.lastIndex(of: "/")!]) }.sorted()
  }

  @Test func everyTrainingHasALog() throws {
    expectSuccess(try workspace.run(["forecast", "sales.csv"] + Self.options))
    let first = ["evaluation", "final", "weights"].flatMap { purpose in
      ["lstm", "tide"].map { "runs/run-1/\(purpose)/\($0)" }
    }
    #expect(try runs() == first)
    let log = try #require(
      try workspace.contents().first {
        $0.hasPrefix("runs/run-1/final/lstm/") && $0.contains("tfevents")
      })
    let text = String(decoding: try workspace.data(log), as: UTF8.self)
    for part in [
      "| hidden size | 4 |", "| batch size |", "loss/training", "gradients/", "weights/",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    // A second run gets directories of its own, and an ensemble has a log for each network.
    expectSuccess(
      try workspace.run(
        ["forecast", "sales.csv"] + Self.options
          + ["--no-combine", "--network", "tide", "--ensemble", "2", "--quantiles", "0.5"]))
    let second = ["calibration", "evaluation", "final"].flatMap { purpose in
      ["tide", "tide-member-2"].map { "runs/run-2/\(purpose)/\($0)" }
    }
    #expect(try runs() == first + second)
  }

  /// A log changes no forecast, and the trainings of a back-test are named by their history.
  @Test func logsChangeNothing() throws {
    var options = Array(Self.options.dropLast(2))
    expectSuccess(try workspace.run(["forecast", "sales.csv"] + options))
    let without = try workspace.data("out/next.csv")
    options += ["--tensorboard", "deep/runs"]
    expectSuccess(try workspace.run(["forecast", "sales.csv"] + options))
    #expect(try workspace.data("out/next.csv") == without)
    #expect(try workspace.contents().contains("deep/runs/run-1/final/lstm"))
    expectSuccess(
      try workspace.run(
        ["backtest", "sales.csv", "--windows", "2"] + Self.options + ["--network", "lstm"]))
    #expect(
      try runs() == ["2024-03-12", "2024-03-21"].map { "runs/run-1/until-\($0)/lstm" })
  }

  @Test func directoriesThatCannotBeUsed() throws {
    let arguments = ["forecast", "sales.csv", "--output", "out", "--tensorboard"]
    try workspace.expectFailure(
      arguments + ["sales.csv"], "sales.csv: is a file, not a directory; name another directory")
    try workspace.expectFailure(
      arguments + ["sales.csv/runs"], "sales.csv/runs: cannot be written: Not a directory")
    try workspace.expectFailure(
      arguments + ["runs", "--model", "model"], "--tensorboard is for training", isUsage: true)
    try workspace.expectFailure(
      ["backtest", "sales.csv", "--no-network", "--tensorboard", "runs"],
      "--tensorboard is for training a network", isUsage: true)
  }
}
