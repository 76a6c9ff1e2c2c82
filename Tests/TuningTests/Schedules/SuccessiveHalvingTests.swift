import Testing
import Tuning

@Suite struct SuccessiveHalvingTests {
  /// Runs a scheduler with scores by trial and rung, and returns the evaluations.
  private static func evaluations(
    _ scheduler: SuccessiveHalving, limit: Int, failing: Set<Int> = [],
    score: @escaping (Int, Int) -> Double
  ) throws -> [[Int]] {
    var study = Study(SearchSpace([.real("x", in: 0...1)]))
    (study.scheduler, study.budget) = (scheduler, .trials(limit))
    var order: [[Int]] = []
    struct Failure: Error {}
    _ = try study { evaluation in
      order.append([evaluation.trial, evaluation.rung])
      if failing.contains(evaluation.trial) { throw Failure() }
      return score(evaluation.trial, evaluation.rung)
    }
    return order
  }

  /// By hand: η = 2 and three rungs have brackets of four. The best two of 5, 3, 8, 4 are the trials 1 and 3,
  /// of which 3 is better at the next rung.
  @Test func promotesTheBestOfEachRung() throws {
    let scheduler = SuccessiveHalving(rungCount: 3, reductionFactor: 2)
    #expect(scheduler.resources == [0.25, 0.5, 1])
    let scores: [[Double]] = [[5], [3, 2.5], [8], [4, 2, 1]]
    let order = try Self.evaluations(scheduler, limit: 4) { scores[$0][$1] }
    #expect(order == [[0, 0], [1, 0], [2, 0], [3, 0], [1, 1], [3, 1], [3, 2]])
  }

  /// Trial 0 is exempt. The best trial is promoted first. The second bracket has room for two
  /// trials, of which one is promoted twice.
  @Test func exemptTrialsAndAShortLastBracket() throws {
    let scheduler = SuccessiveHalving(rungCount: 3, reductionFactor: 2, exemptTrials: 1)
    let order = try Self.evaluations(scheduler, limit: 7) { trial, _ in Double(10 - trial) }
    #expect(
      order == [
        [0, 2], [1, 0], [2, 0], [3, 0], [4, 0], [4, 1], [3, 1], [4, 2], [5, 0], [6, 0], [6, 1],
        [6, 2],
      ])
  }

  /// Failed trials are not promoted. Of nine trials, three are promoted, unless fewer are left.
  @Test func failedTrialsAreNotPromoted() throws {
    let scheduler = SuccessiveHalving(rungCount: 2, reductionFactor: 3)
    let order = try Self.evaluations(scheduler, limit: 6, failing: [1, 3, 4, 5]) { trial, _ in
      Double(trial)
    }
    #expect(order == [[0, 0], [1, 0], [2, 0], [0, 1], [3, 0], [4, 0], [5, 0]])
  }

  @Test func onlyTheLastRungIsComplete() throws {
    var study = Study(SearchSpace([.real("x", in: 0...1)]))
    study.budget = .trials(9)
    let results = try study { $0.values.number("x")! }
    #expect(results.trials.count { $0.state == .complete } == 1)
    #expect(results.trials.count { $0.rung == 1 } == 2)
    #expect(
      results.best!.values.number("x")! == results.trials.map { $0.values.number("x")! }.min())
  }
}
