import Foundation
import Testing
import Tuning

/// A baseline that takes a given time for each forecast.
private struct SlowForecaster: LocalForecaster {
  let name = "Slow"
  let quantileLevels: [Double] = []
  let time: Duration

  func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let end = ContinuousClock.now + time
    while ContinuousClock.now < end {}
    return NaiveForecaster().forecast(history, horizon: horizon)
  }
}

@Suite(.timeLimit(.minutes(30))) struct AffordableWindowTests {
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 30)!, count: 61),
    series: [
      Series(id: "a", values: (0..<61).map { Double($0 * 7 % 5) }),
      Series(id: "b", values: (0..<61).map { Double($0 * 3 % 4 + 1) }),
    ])

  private static func run(limit: Duration?) -> AutomaticRun {
    var run = AutomaticRun(horizon: 5)
    run.architectures = [MLPArchitecture.self]
    // Two series on one thread or two take at least 50 ms.
    run.baselines = [SlowForecaster(time: .milliseconds(50))]
    run.timeLimit = limit
    return run
  }

  /// Three windows of at least 50 ms are more than a fifth of 0.5 s.
  @Test func slowBaselinesHaveFewerWindows() throws {
    let run = Self.run(limit: .milliseconds(500))
    let (count, note) = try run.affordableWindows(in: Self.panel, nil)
    #expect(count < 3)
    let text = try #require(note)
    #expect(text.contains("instead of 3, since forecasts of the baselines take about"))
  }

  @Test func thereIsAlwaysOneWindow() throws {
    let (count, _) = try Self.run(limit: .milliseconds(1)).affordableWindows(in: Self.panel, nil)
    #expect(count == 1)
  }

  @Test func timeForAllWindowsChangesNothing() throws {
    for limit in [nil, Duration.seconds(3600)] {
      let (count, note) = try Self.run(limit: limit).affordableWindows(in: Self.panel, nil)
      #expect(count == 3 && note == nil)
    }
  }

  /// A run that resumes has the windows of its journal, whatever the time of the baselines is.
  @Test func aJournalDecidesTheNumber() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "windows-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let journal = StudyJournal(path: file.path, resumes: true)
    var first = Self.run(limit: nil)
    first.trialLimit = 1
    first.windowCount = 2
    _ = try first(on: Self.panel, journal: journal)
    for limit in [Duration.milliseconds(1), .seconds(3600)] {
      let (count, note) = try Self.run(limit: limit).affordableWindows(in: Self.panel, journal)
      #expect(count == 2 && note == "2 windows instead of 3, as in the journal.")
    }
  }
}
