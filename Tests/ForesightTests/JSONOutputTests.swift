import Foundation
import TestSupport
import Testing

/// With `--json`, standard output has the results as JSON and nothing else.
@Suite(.timeLimit(.minutes(30))) struct JSONOutputTests {
  @Test(
    .enabled(if: isOptimized, "takes minutes in debug builds"),
    arguments: [
      ("prepare", ["source", "panel"]),
      ("forecast", ["models", "recommended", "heldOut", "next"]),
      ("auto", ["models", "recommended"]),
      ("backtest", ["models", "windows", "metric"]),
      ("score", ["models", "scored", "series"]),
      ("reconcile", ["models", "levels", "changes"]),
      ("simulate", ["model", "steps", "levels"]),
      ("stock", ["series", "backtest", "model"]),
      ("season", ["levels", "first", "last"]),
      ("explain", ["inputs", "groups", "contributions"]),
      ("what-if", ["series", "units", "cautions"]),
      ("segments", ["segment", "rates"]),
    ])
  func printsNothingElse(_ command: String, _ keys: [String]) throws {
    let workspace = try Workspace.ofConflicts()
    let arguments = ConflictCase.arguments(of: command)
    let outcome = try workspace.run(arguments + ["--json"])
    expectSuccess(outcome)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let results = try #require(object as? [String: Any])
    for key in keys { #expect(results[key] != nil, "\(key) in \(results.keys.sorted())") }
    #expect(outcome.errors.contains("wrote ") || command == "score")
  }

  /// The numbers are those of the tables.
  @Test func scoresAreThoseOfTheTable() throws {
    let workspace = try Workspace.ofConflicts()
    let outcome = try workspace.run([
      "score", "forecasts.csv", "sales.csv", "--output", "scores.csv", "--json",
    ])
    expectSuccess(outcome)
    struct Results: Decodable {
      struct Model: Decodable {
        let model: String
        let scores: [String: Double]
      }
      let models: [Model]
    }
    let results = try JSONDecoder().decode(Results.self, from: Data(outcome.output.utf8))
    let table = PlainTable(try workspace.text("scores.csv"))
    let column = try #require(table.header.firstIndex(of: "MAE"))
    for model in results.models {
      let row = try #require(table.rows.first { $0.contains(model.model) })
      #expect(Double(row[column]) == model.scores["MAE"])
    }
    #expect(!results.models.isEmpty)
  }

  /// An error leaves standard output empty.
  @Test func errorsAreNotJSON() throws {
    let outcome = try Workspace().run(["forecast", "missing.csv", "--json"])
    #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.hasPrefix("Error: "))
  }
}
