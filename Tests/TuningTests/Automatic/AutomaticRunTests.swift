import Foundation
import Tensor
import Testing
import Tuning

@Suite(.serialized, .timeLimit(.minutes(30))) struct AutomaticRunTests {
  /// Three series over 61 days with a weekly season.
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 30)!, count: 61),
    series: (0..<3).map { series in
      Series(
        id: "series \(series)",
        values: (0..<61).map { units(series, $0) })
    })

  private static func units(_ series: Int, _ day: Int) -> Double {
    let (weekday, other) = (day % 7, (day * day + 5 * series) % 11)
    return Double(weekday * (series + 2) + other)
  }

  private static func run(trials: Int?, time: Duration? = nil) -> AutomaticRun {
    var run = AutomaticRun(horizon: 5)
    run.architectures = [MLPArchitecture.self]
    run.baselines = [SeasonalNaiveForecaster(), ThetaForecaster()]
    (run.trialLimit, run.timeLimit) = (trials, time)
    return run
  }

  private func withThreads<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    Parallelism.threadCount = count
    return try body()
  }

  private static func summary(_ results: AutomaticResults) -> [String] {
    results.study.trials.map { "\($0.values) \($0.scores.sorted { $0.key < $1.key }) \($0.state)" }
      + results.candidates.map { "\($0.name) \($0.weight)" } + ["\(results.method)"]
      + results.forecast.models.map { "\($0.next.name) \($0.next.forecast.values)" }
  }

  /// The acceptance of the search: killed at any point, and on one thread or two, it ends with the same trials
  /// and forecasts.
  @Test func resumesToTheSameResultAtAnyThreadCount() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "auto-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: "trials.jsonl")
    let journal = StudyJournal(path: file.path, resumes: true)
    let whole = try withThreads(1) { try Self.run(trials: 3)(on: Self.panel, journal: journal) }
    let expected = Self.summary(whole)
    let bytes = try Data(contentsOf: file)
    try bytes.prefix(bytes.count - 300).write(to: file)
    let resumed = try withThreads(2) { try Self.run(trials: 3)(on: Self.panel, journal: journal) }
    #expect(Self.summary(resumed) == expected)
    #expect(resumed.study.resumedCount > 0)

    let names = whole.forecast.models.map(\.heldOut.name)
    #expect(
      names.contains("MLP 0") && names.suffix(3) == ["Seasonal naive", "Theta", "Combination"])
    #expect(Set(names).count == names.count)
    #expect(abs(whole.candidates.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    #expect(whole.methodCosts.map(\.method) == EnsembleMethod.allCases)
    let recommended = names[whole.forecast.recommended]
    if whole.method != .single { #expect(recommended == "Combination") }
    #expect(whole.report.contains("Search: 3 trials"))
    #expect(whole.report.contains("Chosen: \(whole.method.rawValue)."))

    // Other sales have another fingerprint.
    let other = Self.panel.mapSeries { series in
      Series(id: series.id, values: series.values.map { $0 + 1 })
    }
    #expect(throws: StudyJournalError.self) {
      try Self.run(trials: 3)(on: other, journal: journal)
    }
  }

  /// The search and the weights see nothing of the held-out steps.
  @Test func theHeldOutStepsChangeNothingBefore() throws {
    let changed = Self.panel.mapSeries { series in
      Series(
        id: series.id,
        values: series.values.enumerated().map { $0 < 56 ? $1 : 3 * $1 + 7 })
    }
    let results = try [Self.panel, changed].map { try Self.run(trials: 1)(on: $0) }
    #expect(results[0].study.trials.map(\.scores) == results[1].study.trials.map(\.scores))
    #expect(results[0].candidates.map(\.weight) == results[1].candidates.map(\.weight))
    let heldOut = results.map { $0.forecast.models.map(\.heldOut.forecast.values) }
    #expect(heldOut[0] == heldOut[1])
  }

  @Test func forecastsWithoutTimeForASearch() throws {
    let results = try Self.run(trials: nil, time: .milliseconds(1))(on: Self.panel)
    #expect(results.study.trials.isEmpty && results.reasonOfNoSearch != nil)
    #expect(
      results.forecast.models.map(\.heldOut.name)
        == ["MLP", "Seasonal naive", "Theta", "Combination"])
    #expect(results.report.hasPrefix("There was no search: the budget leaves no time for one."))
    #expect(TrialTable(results.study).csv().hasPrefix("trial,state,network,hiddenSize,layers,"))
  }

  @Test func forecastsAShortHistory() throws {
    var run = Self.run(trials: 2)
    run.horizon = 20
    let results = try run(on: Self.panel)
    #expect(results.reasonOfNoSearch == "the history is too short for a window")
    #expect(results.forecast.models.count == 4)
  }

  @Test func quantilesAndSums() throws {
    var run = Self.run(trials: 1)
    run.quantileLevels = [0.1, 0.9]
    run.modelLevels = Quantiles.standardLevels(including: [0.1, 0.9])
    run.baselines = [SeasonalNaiveForecaster(quantileLevels: run.modelLevels)]
    run.sumLengths = [5]
    let results = try run(on: Self.panel)
    let next = results.forecast.recommendedFirst[0].next
    #expect(next.forecast.quantiles?.levels == [0.1, 0.9] && next.sums.map(\.length) == [5])
  }
}
