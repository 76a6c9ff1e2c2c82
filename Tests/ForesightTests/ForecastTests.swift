import Foundation
import Reporting
import Testing

/// The main job from end to end, with a network so small that it takes a moment.
@Suite(.timeLimit(.minutes(30))) struct ForecastTests {
  private let table = SalesTable()
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    try workspace.write(table.csv, to: "sales.csv")
  }

  @Test func forecastsTheHeldOutDaysBesideTheBaselines() throws {
    try expectSuccess(workspace.run(SmallRun.arguments()))
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(
      forecasts.header == [
        "unique_id", "ds", "LSTM", "Naive", "Seasonal naive", "Theta", "ETS", "MSTL", "Ridge",
      ])
    let end = table.dayCount - SmallRun.horizon
    let heldOut = table.ids.indices.flatMap { series in
      (end..<table.dayCount).map { (series: series, day: $0) }
    }
    #expect(
      forecasts.rows.map { Array($0[..<2]) }
        == heldOut.map { [table.ids[$0.series], table.date($0.day)] })
    #expect(
      forecasts.numbers("Naive") == heldOut.map { Double(table.value($0.series, end - 1)) })
    #expect(
      forecasts.numbers("Seasonal naive")
        == heldOut.map { series, day in
          // The latest day of the same weekday that is not held out.
          Double(table.value(series, day - (day < end + 7 ? 7 : 14)))
        })
    #expect(forecasts.numbers("LSTM").allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(Set(forecasts.numbers("LSTM")).count > forecasts.rows.count / 2)
  }

  @Test func saysWhichSeriesHaveNoPartInTheScores() throws {
    let flat = (0..<table.dayCount).map { "flat,\(table.date($0)),5\n" }.joined()
    try workspace.write(table.csv + flat, to: "sales.csv")
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    #expect(outcome.output.contains("1 series has no scale and does not count in MASE and RMSSE."))
  }

  @Test func forecastsTheDaysAfterTheTable() throws {
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    let next = PlainTable(try workspace.text("out/next.csv"))
    // The recommended model is the first one.
    #expect(next.header.prefix(2) == ["unique_id", "ds"])
    #expect(
      Set(next.header.dropFirst(2))
        == ["LSTM", "Naive", "Seasonal naive", "Theta", "ETS", "MSTL", "Ridge"])
    #expect(outcome.output.contains("Recommended: \(next.header[2]), the first model in next.csv"))
    let days = table.dayCount..<table.dayCount + SmallRun.horizon
    #expect(
      next.rows.map { Array($0[..<2]) }
        == table.ids.flatMap { id in days.map { [id, table.date($0)] } })
  }

  @Test func combinesAllModels() throws {
    let outcome = try workspace.run(
      SmallRun.arguments("--combine", "--baselines", "seasonal-naive,ets"))
    expectSuccess(outcome)
    let next = PlainTable(try workspace.text("out/next.csv"))
    #expect(Set(next.header.dropFirst(2)) == ["LSTM", "Seasonal naive", "ETS", "Combination"])
    let models = ["LSTM", "Seasonal naive", "ETS"].map(next.numbers)
    for (row, value) in next.numbers("Combination").enumerated() {
      let values = models.map { $0[row] }
      #expect(value > values.min()! - 1e-9 && value < values.max()! + 1e-9)
    }
  }

  @Test func combinesWithEqualWeights() throws {
    let options = ["--combine", "--equal-weights", "--baselines", "seasonal-naive"]
    let outcome = try workspace.run(SmallRun.arguments() + options)
    expectSuccess(outcome)
    let next = PlainTable(try workspace.text("out/next.csv"))
    let (network, baseline) = (next.numbers("LSTM"), next.numbers("Seasonal naive"))
    for (row, value) in next.numbers("Combination").enumerated() {
      #expect(abs(value - (network[row] + baseline[row]) / 2) < 1e-5 * abs(value))
    }
    try workspace.expectFailure(
      SmallRun.arguments("--equal-weights"),
      "--equal-weights is for the combination, but there is none.", isUsage: true)
  }

  /// The run takes its time. The upper bound allows for other tests that run at the same time.
  @Test func keepsItsBudget() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      try expectSuccess(
        workspace.run([
          "forecast", "sales.csv", "--output", "out", "--horizon", "9", "--hidden-size", "4",
          "--budget", "6s",
        ]))
    }
    #expect(time >= .milliseconds(5_400) && time < .seconds(30), "\(time)")
  }

  @Test func leavesItsResultsAndSaysWhere() throws {
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    #expect(try workspace.contents() == SmallRun.contents)
    let files = ["forecasts.csv", "next.csv", "forecast.html", "model.safetensors"]
    #expect(outcome.output.hasSuffix(files.map { "wrote out/\($0)\n" }.joined()))
    #expect(outcome.output.hasPrefix("183 rows read\n183 rows kept\n"))
    #expect(outcome.errors.hasPrefix("epoch 1/1  loss "))
    let page = try workspace.text("out/forecast.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("Sales forecast: sales.csv"))
    #expect(!page.contains(#""drivers":{"#))
  }

  @Test func explainsTheForecastOnThePageByDefault() throws {
    expectSuccess(try workspace.run(SmallRun.arguments().filter { $0 != "--no-explain" }))
    #expect(try workspace.text("out/forecast.html").contains(#""drivers":{"#))
  }

  @Test func printsTheScoresOfTheForecastsThatItWrites() throws {
    let outcome = try workspace.run(SmallRun.arguments())
    expectSuccess(outcome)
    let printed = outcome.output.split(separator: "\n").map { line in
      line.split(separator: /\s{2,}/).map(String.init)
    }
    let columns = ["MAE", "RMSE", "WAPE", "MASE", "RMSSE", "sMAPE", "Bias"]
    #expect(printed.contains(["Model"] + columns))
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    for model in ["LSTM", "Naive", "Seasonal naive"] {
      let row = try #require(printed.first { $0.first == model }, "no scores of \(model)")
      let scores = scores(of: forecasts.numbers(model))
      for (column, (text, score)) in zip(columns, zip(row.dropFirst(), scores)) {
        #expect(isRounded(text, score), "\(column) of \(model): \(text), expected \(score)")
      }
    }
  }

  @Test func aRunIsTheSameAgainAndWithAnyNumberOfThreads() throws {
    let files = ["forecasts.csv", "next.csv", "forecast.html", "model.safetensors"]
    var first: [Data]?
    for threads in ["1", "1", "2"] {
      try expectSuccess(workspace.run(SmallRun.arguments("--seed", "5", "--threads", threads)))
      let results = try files.map { try workspace.data("out/\($0)") }
      #expect(first == nil || first == results, "with \(threads) threads")
      first = results
    }
    try expectSuccess(workspace.run(SmallRun.arguments("--seed", "6")))
    #expect(try workspace.data("out/forecasts.csv") != first?[0], "another seed")
  }

  @Test(arguments: [
    ("recurrent", "decoder.weight_hh_l0"), ("direct", "decoder.context.weight"),
  ])
  func trainsTheDecoderThatIsAskedFor(_ decoder: String, _ weight: String) throws {
    try expectSuccess(workspace.run(SmallRun.arguments("--decoder", decoder)))
    let model = try workspace.data("out/model.safetensors")
    #expect(model.range(of: Data(weight.utf8)) != nil)
  }

  @Test func aSavedModelForecastsTheSameWithoutTraining() throws {
    try expectSuccess(workspace.run(SmallRun.arguments("--no-refit")))
    let outcome = try workspace.run([
      "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
      "--no-explain",
    ])
    expectSuccess(outcome)
    let advice = D3Library.installed() == nil ? D3Library.advice + "\n" : ""
    #expect(outcome.errors == advice, "nothing is trained")
    for file in ["forecasts.csv", "next.csv", "forecast.html"] {
      #expect(try workspace.data("again/\(file)") == workspace.data("out/\(file)"), "\(file)")
    }
    #expect(
      try workspace.contents().filter { $0.hasPrefix("again/") }
        == ["again/forecast.html", "again/forecasts.csv", "again/next.csv"])
  }

  /// The model that is saved has seen the held-out days, and whoever loads it is told so.
  @Test func theModelThatIsSavedIsTrainedOnAllDays() throws {
    let first = try workspace.run(SmallRun.arguments())
    expectSuccess(first)
    #expect(
      first.output.contains(
        "The forecast beyond the table comes from a model trained on all of it."))
    let again = try workspace.run([
      "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
    ])
    expectSuccess(again)
    #expect(try workspace.data("again/next.csv") == workspace.data("out/next.csv"))
    #expect(try workspace.data("again/forecasts.csv") != workspace.data("out/forecasts.csv"))
    #expect(
      again.output.contains(
        "LSTM was also trained on the held-out steps: its scores are better than its forecasts."))
  }

  @Test func aSavedModelForecastsAShorterHorizon() throws {
    try expectSuccess(workspace.run(SmallRun.arguments()))
    try expectSuccess(
      workspace.run([
        "forecast", "sales.csv", "--output", "again", "--model", "out/model.safetensors",
        "--horizon", "4",
      ]))
    let long = PlainTable(try workspace.text("out/next.csv"))
    let short = PlainTable(try workspace.text("again/next.csv"))
    let firstDays = long.rows.indices.filter { $0 % SmallRun.horizon < 4 }
    let network = long.numbers("LSTM")
    #expect(short.numbers("LSTM") == firstDays.map { network[$0] })
  }

  @Test func interruptingTheTrainingKeepsWhatWasLearned() throws {
    let run = try workspace.start(SmallRun.arguments("--epochs", "1000000"))
    try run.waitForError("epoch 1/1000000")
    run.interrupt()
    let outcome = try run.outcome()
    expectSuccess(outcome)
    #expect(try workspace.contents() == SmallRun.contents)
    let forecasts = PlainTable(try workspace.text("out/forecasts.csv"))
    #expect(forecasts.rows.count == table.ids.count * SmallRun.horizon)
    #expect(try workspace.text("out/forecast.html").hasSuffix("</html>\n"))
  }

  @Test func replacesTheResultsOfAnEarlierRun() throws {
    try expectSuccess(workspace.run(SmallRun.arguments()))
    let first = try workspace.data("out/forecasts.csv")
    try expectSuccess(workspace.run(SmallRun.arguments("--seed", "2")))
    #expect(try workspace.contents() == SmallRun.contents)
    #expect(try workspace.data("out/forecasts.csv") != first)
  }

  /// MAE, RMSE, WAPE, MASE, RMSSE, sMAPE and bias by their definitions; ratios in percent.
  private func scores(of forecasts: [Double]) -> [Double] {
    let end = table.dayCount - SmallRun.horizon
    var all: [(error: Double, forecast: Double, actual: Double)] = []
    var scaled: [Double] = []
    var scaledSquares: [Double] = []
    for series in table.ids.indices {
      let errors = (end..<table.dayCount).map { day in
        let forecast = forecasts[series * SmallRun.horizon + day - end]
        let actual = Double(table.value(series, day))
        return (error: forecast - actual, forecast: forecast, actual: actual)
      }
      let changes = (7..<end).map { Double(table.value(series, $0) - table.value(series, $0 - 7)) }
      scaled.append(mean(errors.map { abs($0.error) }) / mean(changes.map(abs)))
      scaledSquares.append(
        (mean(errors.map { $0.error * $0.error }) / mean(changes.map { $0 * $0 })).squareRoot())
      all += errors
    }
    return [
      mean(all.map { abs($0.error) }), mean(all.map { $0.error * $0.error }).squareRoot(),
      100 * mean(all.map { abs($0.error) }) / mean(all.map(\.actual)), mean(scaled),
      mean(scaledSquares),
      100
        * mean(
          all.map { one in
            one.forecast + one.actual == 0 ? 0 : abs(one.error) / (one.forecast + one.actual)
          }),
      mean(all.map(\.error)),
    ]
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Whether a text such as `12.3` or `12.34 %` is a number rounded to its decimals.
  private func isRounded(_ text: String, _ number: Double) -> Bool {
    let digits = text.hasSuffix(" %") ? text.dropLast(2) : text[...]
    guard let printed = Double(digits), let point = digits.firstIndex(of: ".") else { return false }
    let decimals = digits.distance(from: point, to: digits.endIndex) - 1
    return abs(printed - number) <= 0.5 * pow(10, -Double(decimals)) + 1e-9
  }
}

/// Expects a run to have ended well.
func expectSuccess(
  _ outcome: Workspace.Outcome, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    outcome.hasExited && outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
}
