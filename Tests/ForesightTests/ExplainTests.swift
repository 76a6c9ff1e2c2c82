import Foundation
import Reporting
import Testing

/// `foresight explain` shows what a model's forecasts depend on.
@Suite(.timeLimit(.minutes(30))) struct ExplainTests {
  /// The table `sales.csv`, whose column `promotion` doubles the sales, and a model of it.
  private static let trained = Result {
    let workspace = try Workspace()
    try workspace.write(table(dayCount: 110), to: "sales.csv")
    expectSuccess(
      try workspace.run([
        "forecast", "sales.csv", "--known", "promotion", "--output", "out", "--horizon", "6",
        "--input-length", "14", "--network", "mlp", "--hidden-size", "8", "--epochs", "4",
        "--steps-per-epoch", "60", "--learning-rate", "0.01", "--no-combine", "--baselines",
        "none", "--no-refit",
      ]))
    return (
      table: try workspace.data("sales.csv"), model: try workspace.data("out/model.safetensors")
    )
  }

  /// Returns a directory with the table, and the model in the directory `out`.
  private static func workspace() throws -> Workspace {
    let (workspace, files) = (try Workspace(), try trained.get())
    try workspace.write(files.table, to: "sales.csv")
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "out"), withIntermediateDirectories: false)
    try workspace.write(files.model, to: "out/model.safetensors")
    return workspace
  }

  /// Six series with a promotion on every fifth day or so, known for 6 days after the end.
  private static func table(dayCount: Int) -> String {
    let sales = SalesTable()
    let rows = (0..<6).flatMap { series in
      (0..<dayCount + 6).map { day -> [String] in
        let promotion = (day * 7 + series * 3) % 11 < 3
        let units = (10 + 5 * series + day % 3) * (promotion ? 2 : 1)
        return [
          "s\(series)", sales.date(day), day < dayCount ? "\(units)" : "", promotion ? "1" : "0",
        ]
      }
    }
    return SalesTable.csv(rows, header: "unique_id,ds,y,promotion")
  }

  @Test func explainsAModelOfADirectory() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run([
      "explain", "out", "sales.csv", "--output", "why", "--series", "s2", "--threads", "1",
    ])
    expectSuccess(outcome)
    for text in [
      "importance measured on 6 windows of 6 series, forecast from 2024-05-13\n",
      "so it has not seen these forecast steps", "Group of inputs", "promotions ",
      "Importance is about the network, not about causes.",
      "Not judged, since they are the same in all windows: ", "day of week",
      "decision tree that imitates the forecasts, R² ",
      "linear model that imitates the forecasts, R² ", "on 6 forecasts that it was not fitted to",
      "forecast of s2, 2024-05-19 to 2024-05-24, sales per day:", "baseline: nothing changes",
      "add up to forecast − baseline within ",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let importances = PlainTable(try workspace.text("why/importances.csv"))
    #expect(importances.rows.contains { $0[0] == "group" && $0[1] == "promotions" })
    #expect(importances.rows.contains { $0[0] == "input" && $0[1] == "promotion" })
    // The contributions of a step add up to its forecast.
    let contributions = PlainTable(try workspace.text("why/contributions.csv"))
    let steps = Dictionary(grouping: contributions.rows) { $0[1] }
    #expect(steps.count == 6)
    for rows in steps.values {
      let forecast = try #require(Double(rows.last![4]))
      let sum = rows.dropLast().reduce(0) { $0 + Double($1[4])! }
      #expect(rows.last![2] == "forecast" && abs(sum - forecast) < 1e-9 * abs(forecast))
      func value(_ input: String) throws -> Double {
        try #require(rows.first { $0[2] == input }.flatMap { Double($0[4]) })
      }
      #expect(try abs(value("residual")) < 1e-4 * max(abs(forecast), abs(value("baseline"))))
    }
    let dependence = PlainTable(try workspace.text("why/partial_dependence.csv"))
    let means = dependence.rows.filter { $0[2].isEmpty }.map { Double($0[3])! }
    #expect(means.count == 2)
    #expect(means[1] > 1.3 * means[0])
    #expect(dependence.rows.count == 2 * (1 + 6))
    let page = try workspace.text("why/explanation.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("The forecast of s2"))
    let drivers = try JSONDecoder().decode(
      ForecastDrivers.self, from: workspace.data("why/explanation.json"))
    #expect(drivers.model == "MLP" && drivers.basis.areHeldOut && drivers.basis.windows == 6)
    let rows = importances.rows.filter { $0[0] == "group" }
    #expect(drivers.groups.map(\.name) == rows.map { $0[1] })
    #expect(drivers.groups.map(\.increase) == rows.map { Double($0[4]) })
    #expect(drivers.effects.map(\.column) == ["promotion"] && drivers.effects[0].means == means)
    #expect(drivers.tree?.nodes.isEmpty == false)
  }

  @Test func aSeedDeterminesAllFiles() throws {
    let workspace = try Self.workspace()
    for output in ["first", "second"] {
      let outcome = try workspace.run([
        "explain", "out/model.safetensors", "sales.csv", "--output", output, "--seed", "3",
        "--windows", "40",
      ])
      expectSuccess(outcome)
      #expect(outcome.output.contains("forecast of s5, "))
    }
    for file in ["importances.csv", "contributions.csv", "explanation.json", "explanation.html"] {
      #expect(try workspace.text("first/\(file)") == workspace.text("second/\(file)"))
    }
  }

  @Test func badInputsAreErrors() throws {
    let workspace = try Self.workspace()
    let explain = ["explain", "out", "sales.csv", "--output", "none"]
    try workspace.expectFailure(
      explain + ["--series", "tea"],
      "The sales have no series \"tea\"; there are ids such as \"s0\"",
      isUsage: true)
    try workspace.expectFailure(explain + ["--windows", "1"], "--windows must be", isUsage: true)
    try workspace.expectFailure(
      ["explain", "sales.csv", "sales.csv", "--output", "none"], "sales.csv")
    try workspace.expectFailure(
      ["explain", "nowhere", "sales.csv", "--output", "none"], "nowhere")
  }
}
