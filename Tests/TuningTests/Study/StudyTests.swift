import Testing
import Tuning

@Suite struct StudyTests {
  private static let space = SearchSpace([
    .real("x", in: -2...5), .integer("n", in: 1...3), .categorical("kind", ["a", "b"]),
  ])

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  @Test func aFailedTrialDoesNotEndTheStudy() throws {
    var study = Study(Self.space)
    study.budget = .trials(30)
    let results = try study { evaluation in
      if evaluation.values.category("kind") == "a" { throw Failure(description: "no kind a") }
      return evaluation.values.integer("n") == 2 ? .nan : evaluation.values.number("x")!
    }
    #expect(results.trials.count == 30)
    for trial in results.trials {
      if trial.values.category("kind") == "a" {
        #expect(trial.state == .failed("no kind a"))
      } else if trial.values.integer("n") == 2 {
        #expect(trial.state == .failed("the score is nan"))
      } else {
        #expect(!trial.isFailed)
      }
    }
    #expect(results.best?.isFailed == false)
  }

  @Test func cancellationEndsTheStudy() {
    #expect(throws: CancellationError.self) {
      try Study(Self.space)() { _ in throw CancellationError() }
    }
  }

  @Test func aStudyIsReproducibleFromItsSeed() throws {
    func trials(seed: UInt64) throws -> [Trial] {
      var study = Study(Self.space)
      (study.seed, study.budget) = (seed, .trials(25))
      return try study { abs($0.values.number("x")! - 1) }.trials
    }
    let (first, second, other) = try (trials(seed: 4), trials(seed: 4), trials(seed: 5))
    #expect(first.map(\.values) == second.map(\.values))
    #expect(first.map(\.scores) == second.map(\.scores))
    #expect(Set(first.map(\.values)).isDisjoint(with: other.map(\.values)))
  }

  /// A space of six points is exhausted before points repeat.
  @Test func pointsAreOnlyRepeatedIfThereAreNoOthers() throws {
    var study = Study(SearchSpace([.integer("n", in: 1...3), .categorical("kind", ["a", "b"])]))
    (study.sampler, study.scheduler) = (RandomSampler(), FullEvaluation())
    study.budget = .trials(6)
    let results = try study { Double($0.values.integer("n")!) }
    #expect(Set(results.trials.map(\.values)).count == 6)
  }

  @Test func firstTrialsComeFirst() throws {
    var study = Study(Self.space)
    study.first = [["x": 1.5, "n": 3, "kind": "b"], ["x": -1, "n": 1, "kind": "a"]]
    study.budget = .trials(3)
    let results = try study { $0.values.number("x")! }
    #expect(Array(results.trials.map(\.values).prefix(2)) == study.first)
    #expect(results.end == .trials)
  }

  /// The first evaluation takes longer than the time that is left, so no second one is started.
  @Test func aTimeEndsTheStudy() throws {
    var study = Study(Self.space)
    study.budget = .time(.milliseconds(30))
    let clock = ContinuousClock()
    let results = try study { evaluation in
      let end = clock.now + .milliseconds(20)
      while clock.now < end {}
      return evaluation.values.number("x")!
    }
    #expect(results.trials.count == 1 && results.end == .time)
    #expect(results.seconds >= 0.02)
    study.budget = .time(.zero)
    #expect(try study { _ in 0 }.trials.isEmpty)
  }

  /// The score depends on `n` alone. ε² of a grouping that explains all ranks but their ties is near 1.
  @Test func importancesShowWhatMatters() throws {
    var study = Study(Self.space)
    (study.sampler, study.scheduler, study.budget) = (
      RandomSampler(), FullEvaluation(), .trials(60)
    )
    let results = try study {
      Double($0.values.integer("n")!) + 0.001 * $0.values.number("x")!
    }
    let importances = results.importances
    #expect(importances.map(\.dimension).first == "n")
    #expect(importances[0].share > 0.8 && importances[0].count == 60)
    #expect(importances.dropFirst().allSatisfy { $0.share < 0.15 })
    study.budget = .trials(11)
    #expect(try study { _ in 1 }.importances.isEmpty)
  }
}
