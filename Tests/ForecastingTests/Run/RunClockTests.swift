import Forecasting
import Synchronization
import Testing

/// A forecaster whose training takes all of its time, and records it.
private struct Timed: Forecaster {
  let parts: Parts
  var time: Duration?

  func fit(_ panel: Panel) throws -> NaiveForecaster {
    if let time {
      parts.all.withLock { $0.append(time) }
      try sleep(time)
    }
    return NaiveForecaster().fit(panel)
  }

  func limited(to time: Duration) -> Timed? { Timed(parts: parts, time: time) }
}

/// A forecaster without a limit that takes 60 ms.
private struct Slow: Forecaster {
  func fit(_ panel: Panel) throws -> NaiveForecaster {
    try sleep(.milliseconds(60))
    return NaiveForecaster().fit(panel)
  }
}

private final class Parts: Sendable {
  let all = Mutex<[Duration]>([])
}

private func sleep(_ time: Duration) throws {
  let end = ContinuousClock.now + time
  while ContinuousClock.now < end {}
}

@Suite struct RunClockTests {
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 17),
    series: [Series(id: "a", values: (1...17).map { Double($0) })])

  /// Returns the parts of the time that a model gets next to a slow one, and the time of the run.
  private func parts(
    _ limit: Duration?, _ change: (inout ForecastRun) -> Void
  ) throws -> ([Double], run: Double) {
    let parts = Parts()
    var run = ForecastRun(horizon: 3)
    run.timeLimit = limit
    change(&run)
    let time = try ContinuousClock().measure {
      _ = try run([.untrained(Timed(parts: parts)), .untrained(Slow())], on: Self.panel)
    }
    return (parts.all.withLock { $0.map { $0 / .seconds(1) } }, time / .seconds(1))
  }

  /// Two trainings of the slow model take 0.12 s of the 0.5 s; a third one takes 0.06 s.
  @Test func aModelSharesWhatTheOthersLeave() throws {
    let (refitted, time) = try parts(.milliseconds(500)) { _ in }
    #expect(refitted.count == 2)
    for part in refitted { #expect(part <= 0.19 + 1e-6 && part > 0.1) }
    #expect(time >= 0.45)
    let (combined, whole) = try parts(.milliseconds(500)) { $0.combines = true }
    #expect(combined.count == 3)
    for part in combined { #expect(part <= (0.5 - 0.18) / 3 + 0.001 && part > 0.05) }
    #expect(whole >= 0.45)
    let (single, _) = try parts(.milliseconds(500)) { $0.refits = false }
    #expect(single.count == 1 && single[0] > 0.3)
  }

  @Test func withoutALimitModelsAreAsTheyAre() throws {
    #expect(try parts(nil) { _ in }.0.isEmpty)
  }

  /// The slow model takes longer than the run: the other one still gets a part, which is not positive.
  @Test func aRunThatIsTooShortEnds() throws {
    let (parts, _) = try parts(.milliseconds(50)) { _ in }
    #expect(parts.count == 2 && parts.allSatisfy { $0 <= 0 })
  }
}
