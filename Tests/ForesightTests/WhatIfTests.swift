import Foundation
import Testing

/// `foresight what-if` compares the forecast of a plan with that of another one.
@Suite(.timeLimit(.minutes(30))) struct WhatIfTests {
  private static let dayCount = 100
  private static let horizon = 6

  /// The table `sales.csv`, whose sales fall with the price and double with promotions, and a model of it.
  private static let trained = Result {
    let workspace = try Workspace()
    try workspace.write(table, to: "sales.csv")
    expectSuccess(
      try workspace.run([
        "forecast", "sales.csv", "--known", "promotion,price", "--output", "out", "--horizon",
        "\(horizon)", "--input-length", "14", "--network", "mlp", "--hidden-size", "8", "--epochs",
        "4", "--steps-per-epoch", "60", "--learning-rate", "0.01", "--no-combine", "--baselines",
        "none", "--no-refit",
      ]))
    return try workspace.data("out/model.safetensors")
  }

  /// Returns a directory with the table, and the model in the directory `out`.
  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(table, to: "sales.csv")
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "out"), withIntermediateDirectories: false)
    try workspace.write(trained.get(), to: "out/model.safetensors")
    return workspace
  }

  private static func price(_ series: Int, _ day: Int) -> Double {
    series == 3 ? 2 : [2, 2.5, 3, 4][(day / 11 + series) % 4]
  }

  /// Five series, the fourth of which never changes its price, with plans for the days after the end.
  private static let table: String = {
    let sales = SalesTable()
    let rows = (0..<5).flatMap { series in
      (0..<dayCount + horizon).map { day -> [String] in
        let promotion = (day * 7 + series * 3) % 11 < 3
        let units =
          Double(40 + 10 * series + day % 3) * (promotion ? 2 : 1) / price(series, day)
        return [
          "s\(series)", sales.date(day), day < dayCount ? "\(Int(units))" : "",
          promotion ? "1" : "0", "\(price(series, day))",
        ]
      }
    }
    return SalesTable.csv(rows, header: "unique_id,ds,y,promotion,price")
  }()

  @Test func aPriceCutSideBySide() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run([
      "what-if", "out", "sales.csv", "--set", "price-20%", "--output", "if", "--threads", "1",
    ])
    expectSuccess(outcome)
    for text in [
      "what if price × 0.8, 2024-05-09 to 2024-05-14\nprice: 30 values changed, of 5 series\n",
      "All series", "units ", "revenue ", "price elasticity: ",
      "in past sales, the mean of 4 series",
      "1 series have no estimate of their own: 1 × the price never changed",
      "price never changed in the history of 1 series, such as \"s3\"",
      "in the model's forecasts of all series together",
    ] {
      #expect(outcome.output.contains(text), "\(text) in \(outcome.output)")
    }
    let steps = PlainTable(try workspace.text("if/scenario.csv"))
    #expect(
      steps.header == [
        "unique_id", "ds", "plan", "scenario", "change", "plan-price", "scenario-price",
      ])
    #expect(steps.rows.count == 30)
    for (before, after) in zip(steps.numbers("plan-price"), steps.numbers("scenario-price")) {
      let difference: Double = after - 0.8 * before
      #expect(abs(difference) < 1e-6)
    }
    let series = PlainTable(try workspace.text("if/series.csv"))
    let plan: Double = series.numbers("plan").reduce(0, +)
    let scenario: Double = series.numbers("scenario").reduce(0, +)
    #expect(series.rows.count == 5)
    // The plan is the forecast of the same model.
    expectSuccess(
      try workspace.run([
        "forecast", "sales.csv", "--model", "out/model.safetensors", "--output", "plan",
      ]))
    let forecast: Double = PlainTable(try workspace.text("plan/next.csv")).numbers("MLP")
      .reduce(0, +)
    #expect(abs(forecast - plan) < 1e-3 * plan)
    // Cheaper goods sell more.
    #expect(scenario > 1.02 * plan)
    let elasticities = PlainTable(try workspace.text("if/elasticities.csv"))
    let own = try #require(elasticities.rows.first { $0[0] == "s1" })
    let elasticity = try #require(Double(own[2]))
    #expect(abs(elasticity + 1) < 0.15)
    #expect(try workspace.text("if/scenario.html").contains("<svg"))
  }

  @Test func aTableOfChanges() throws {
    let workspace = try Self.workspace()
    try workspace.write(
      "unique_id,ds,price,promotion\ns1,2024-05-10,1.5,\ns1,2024-05-11,,1\n", to: "changes.csv")
    let outcome = try workspace.run([
      "what-if", "out/model.safetensors", "sales.csv", "--changes", "changes.csv", "--output",
      "if", "--price-column", "none",
    ])
    expectSuccess(outcome)
    #expect(outcome.output.contains("price: 1 value changed, of 1 series"), "\(outcome.output)")
    #expect(!outcome.output.contains("elasticity"))
    let steps = PlainTable(try workspace.text("if/scenario.csv"))
    let changed = steps.rows.filter { Double($0[4]) != 0 }.map { Array($0[0...1]) }
    #expect(changed.allSatisfy { $0[0] == "s1" } && !changed.isEmpty)
    #expect(try !workspace.contents().contains("if/elasticities.csv"))
  }

  @Test func someSeriesAndDays() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run([
      "what-if", "out", "sales.csv", "--set", "promotion=1", "--series", "s0", "--series", "s4",
      "--from", "2024-05-10", "--to", "2024-05-12", "--output", "if",
    ])
    expectSuccess(outcome)
    #expect(outcome.output.contains("of 2 series"), "\(outcome.output)")
    let steps = PlainTable(try workspace.text("if/scenario.csv"))
    let changed = Set(steps.rows.filter { Double($0[4]) != 0 }.map { $0[0] })
    #expect(changed.isSubset(of: ["s0", "s4"]))
  }

  @Test(arguments: [
    (["--set", "price"], 64, "is no change of a column; write it like price*0.9"),
    (["--set", "cost*2"], 64, "It sees \"promotion\", \"price\"."),
    (["--set", "price*1"], 1, "the changes leave every value of the plan as it is"),
    (["--set", "price=low"], 1, "\"low\" is none; write numbers like 3.99 (see --set)"),
    (["--set", "price*2", "--series", "s9"], 1, "has no series \"s9\""),
    (["--set", "price*2", "--from", "2024-06-10"], 64, "the forecast has 2024-05-09 to"),
    (["--set", "price*2", "--horizon", "9"], 1, "(see --horizon)"),
    (["--set", "price=0"], 0, "price"),
    (["--to", "2024-06-10"], 64, "Name a change"),
    (["--changes", "sales.csv", "--to", "2024-06-10"], 64, "--to is for --set"),
  ])
  func errors(_ options: [String], _ status: Int32, _ message: String) throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(["what-if", "out", "sales.csv", "--output", "if"] + options)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect((outcome.errors + outcome.output).contains(message), "\(outcome.errors)")
    if status != 0 { #expect(try !workspace.contents().contains("if")) }
  }
}
