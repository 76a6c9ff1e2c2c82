// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Foundation
import Testing
import Tuning

/// The examples of the module Tuning.
@Suite struct TuningSnippets {
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 100),
    series: [Series(id: "tea", values: (0..<100).map { units(on: $0) })])

  private static func units(on day: Int) -> Double {
    let (weekday, other) = (day % 7, day * 5 % 11)
    return Double(4 + weekday + other)
  }

  private func backtestedError(of values: TrialValues, over share: Double) throws -> Double {
    (values.number("alpha") ?? 0.5) + Double(values.integer("length") ?? 3) * share
  }

  @Test func searchingForHyperparameters() throws {
    // begin
    var study = Study(
      SearchSpace([
        .categorical("model", ["ses", "window"]),
        .real("alpha", in: 0.01...1, isLogarithmic: true, when: .init("model", among: ["ses"])),
        .integer("length", in: 1...60, when: .init("model", among: ["window"])),
      ]))
    study.budget = .trials(40)
    study.seed = 7
    let results = try study { evaluation in
      try backtestedError(of: evaluation.values, over: evaluation.resource)
    }
    for trial in results.ranked.prefix(3) {
      print(trial.number, study.space.text(of: trial.values), trial.score ?? .nan)
    }
    // end
    #expect(results.trials.count == 40)
  }

  @Test func findingAMinimum() throws {
    // begin
    var study = Study(SearchSpace([.real("x", in: -2...5), .real("y", in: -3...4)]))
    study.scheduler = FullEvaluation()
    study.budget = .trials(60)
    let results = try study { evaluation in
      let (x, y) = (evaluation.values.number("x")!, evaluation.values.number("y")!)
      return (x - 1) * (x - 1) + (y + 2) * (y + 2)
    }
    print(results.best!.values)
    // end
    #expect(results.best!.score! < 0.5)
  }

  @Test func declaringASpace() {
    // begin
    let space = SearchSpace([
      .categorical("network", ["lstm", "tide"]),
      .integer("hiddenSize", in: 16...256, isLogarithmic: true),
      .real("learningRate", in: 0.0005...0.01, isLogarithmic: true),
      .categorical("decoder", ["direct", "recurrent"], when: .init("network", among: ["lstm"])),
    ])
    // end
    #expect(space.dimensions.count == 4)
  }

  @Test func forecastingAutomatically() throws {
    let panel = Self.panel
    // begin
    var run = AutomaticRun(horizon: 14)
    run.architectures = [MLPArchitecture.self]
    run.baselines = [SeasonalNaiveForecaster(), ThetaForecaster()]
    run.trialLimit = 2
    let results = try run(on: panel)
    print(results.report)
    let forecast = results.forecast.recommendedFirst[0].next.forecast
    // end
    #expect(forecast.horizon == 14)
  }

  private func forecastingWithinATime(_ panel: Panel) throws {
    // begin
    var run = AutomaticRun(horizon: 28)
    run.timeLimit = .seconds(600)
    let results = try run(on: panel, journal: StudyJournal(path: "trials.jsonl", resumes: true))
    print(results.report)
    // end
  }
}
