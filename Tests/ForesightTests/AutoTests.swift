import Foundation
import TestSupport
import Testing

/// `foresight auto` from end to end.
@Suite(.timeLimit(.minutes(30))) struct AutoTests {
  /// The options of a search that takes a moment.
  static let options = [
    "--horizon", "5", "--trials", "2", "--network", "mlp", "--baselines", "seasonal-naive",
  ]

  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
  }

  private func run(_ more: String...) throws -> Workspace.Outcome {
    try workspace.run(["auto", "sales.csv", "--output", "out"] + Self.options + more)
  }

  @Test func searchesCombinesAndForecasts() throws {
    let outcome = try run()
    expectSuccess(outcome)
    #expect(
      try workspace.contents() == [
        "out", "out/forecast.html", "out/forecasts.csv", "out/model.safetensors", "out/next.csv",
        "out/trials.csv", "out/trials.jsonl", "sales.csv",
      ])
    let output = outcome.output
    #expect(output.contains("Search: 2 trials, 2 complete\n"))
    #expect(output.contains("Chosen: ") && output.contains("MLP 0: network mlp, hiddenSize 64, "))
    #expect(output.contains("Neither the search nor the weights have seen the held-out steps."))
    #expect(output.hasSuffix("wrote out/trials.csv\nwrote out/trials.jsonl\n"))
    #expect(outcome.errors.contains("trial 0, rung 3, mlp: RMSSE "))

    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(output.contains("Recommended: \(next.header[2]), the first model in next.csv."))
    #expect(
      Set(next.header.dropFirst(2)) == ["MLP 0", "MLP 1", "Seasonal naive", "Combination"])
    #expect(next.rows.count == 15)
    let trials = PlainTable(try workspace.text("out/trials.csv"))
    #expect(trials.header.prefix(4) == ["trial", "state", "network", "hiddenSize"])
    #expect(
      trials.rows.map { Array($0[..<3]) } == [["0", "complete", "mlp"], ["1", "complete", "mlp"]])
    #expect(try workspace.text("out/trials.jsonl").split(separator: "\n").count == 5)
  }

  /// A journal is resumed only if that is asked for, and gives the same files.
  @Test func resumesAKilledSearch() throws {
    expectSuccess(try run())
    let files = ["out/forecasts.csv", "out/next.csv", "out/model.safetensors"]
    let before = try files.map { try workspace.data($0) }
    let journal = try workspace.data("out/trials.jsonl")
    try workspace.write(journal.prefix(journal.count - 30), to: "out/trials.jsonl")
    try workspace.expectFailure(
      ["auto", "sales.csv", "--output", "out"] + Self.options,
      "out/trials.jsonl: is the journal of an earlier search; resume it, or name another file (see "
        + "--resume, --output)")
    let outcome = try run("--resume", "--threads", "1")
    expectSuccess(outcome)
    #expect(outcome.output.contains("out/trials.jsonl:5: dropped an incomplete last line"))
    #expect(outcome.output.contains("3 evaluations from the journal"))
    #expect(try files.map { try workspace.data($0) } == before)
    try workspace.expectFailure(
      ["auto", "sales.csv", "--output", "out", "--resume"] + Self.options + ["--seed", "3"],
      "out/trials.jsonl: belongs to another search: its seed is 0, but here it is 3; use the same data "
        + "and settings to resume it, or name another file (see --output)")
  }

  /// A process that is killed during the search keeps its trials.
  @Test func aKilledProcessKeepsItsTrials() throws {
    let arguments = ["auto", "sales.csv", "--output", "out"] + Self.options
    let run = try workspace.start(arguments + ["--trials", "1000"])
    try run.waitForError("trial 1, rung 1")
    run.interrupt()
    let outcome = try run.outcome()
    #expect(!outcome.hasExited && outcome.status == SIGINT)
    #expect(outcome.errors.hasSuffix("Interrupted: --resume continues the search.\n"))
    #expect(try workspace.contents() == ["out", "out/trials.jsonl", "sales.csv"])
    let resumed = try workspace.run(arguments + ["--resume"])
    expectSuccess(resumed)
    #expect(resumed.output.contains("evaluations from the journal"))
  }

  @Test(.enabled(if: !isOptimized, "the shortest budget has time for a search in release builds"))
  func aTinyBudgetLeavesNoTimeForASearch() throws {
    let outcome = try workspace.run([
      "auto", "sales.csv", "--output", "out", "--horizon", "5", "--budget", "1s", "--network",
      "lstm",
      "--baselines", "naive", "--threads", "1",
    ])
    expectSuccess(outcome)
    #expect(outcome.output.contains("There was no search: the budget leaves no time for one."))
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(Set(next.header.dropFirst(2)) == ["LSTM", "Naive", "Combination"])
    #expect(try workspace.text("out/trials.csv").split(separator: "\n").count == 1)
  }
}
