import Forecasting
import Synchronization
import Testing

@Suite struct BacktestRunTests {
  /// Forecasts the mean of the panel that it was fitted to, and records the end of that panel.
  private struct Mean: Forecaster {
    struct Fitted: FittedForecaster {
      let name = "Mean"
      let mean: Double

      func demand(from history: Panel, horizon: Int) throws -> Forecast {
        try Forecast(
          ids: history.ids, calendar: history.calendar(ofNext: horizon),
          values: Array(repeating: mean, count: history.seriesCount * horizon))
      }
    }

    let log: Log<Int>

    func fit(_ panel: Panel) -> Fitted {
      log.add(panel.calendar.count)
      let values = panel.allSeries.flatMap { $0.values }
      return Fitted(mean: values.reduce(0, +) / Double(values.count))
    }
  }

  private final class Log<Value: Sendable>: Sendable {
    private let mutex = Mutex<[Value]>([])
    var values: [Value] { mutex.withLock { $0 } }
    func add(_ value: Value) { mutex.withLock { $0.append(value) } }
  }

  /// Two series over 17 days: the day's number, and twice it from day 3 on.
  private static func panel(changingFrom first: Int = 17) -> Panel {
    func value(_ day: Int) -> Double { day >= first ? 100 : Double(day) }
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 17),
      series: [
        Series(id: "a", values: (0..<17).map { value($0) }),
        Series(id: "b", start: 3, values: (3..<17).map { 2 * value($0) }),
      ]
    ).adding(level: "color", ["red", "blue"])
  }

  @Test func windowsAreForecastFromWhatCameBefore() throws {
    let log = Log<Int>()
    let results = try BacktestRun(horizon: 3, windowCount: 4, step: 2)(
      [.untrained(Mean(log: log)), .untrained(NaiveForecaster())], on: Self.panel())
    #expect(log.values == [8, 10, 12, 14])
    #expect(results.windows.map(\.historyLength) == [8, 10, 12, 14])
    #expect(
      results.windows.map { $0.calendar.label(at: 0) } == [
        "2024-03-12", "2024-03-14", "2024-03-16", "2024-03-18",
      ])
    let naive = results.models[1]
    // Errors of 1, 2, 3 for the first series, and twice these for the other.
    #expect(naive.windows.map(\.mae) == [3, 3, 3, 3])
    #expect(naive.windows.map(\.bias) == [-3, -3, -3, -3])
    #expect(naive.overall.count == 24 && naive.overall.mae == 3)
    #expect(naive.series.map(\.scores.mae) == [2, 4])
    #expect(naive.steps.map(\.mae) == [1.5, 3, 4.5])
    #expect(naive.levels.map(\.name) == ["Total", "color", "series"])
    #expect(naive.levels.map(\.scores.mae) == [6, 3, 3])
    // The mean of days 0 to 7 and of twice days 3 to 7.
    let mean = (28.0 + 50) / 13
    let actual = [8.0, 9, 10, 16, 18, 20]
    let error = actual.reduce(0) { $0 + abs($1 - mean) } / 6
    #expect(abs(results.models[0].windows[0].mae! - error) < 1e-12)
    #expect(
      results.notes.count == 1 && results.notes[0].contains("every 2 days but are 3 days long"))
  }

  /// Changing the steps from the start of a window on changes nothing that earlier windows
  /// forecast.
  @Test func theFutureDoesNotChangeThePast() throws {
    let forecasts = Log<[Double]>()
    for first in [17, 14, 11] {
      var run = BacktestRun(horizon: 3, windowCount: 2)
      run.progress = { progress in forecasts.add(progress.result.forecast.values) }
      _ = try run([.untrained(Mean(log: Log<Int>()))], on: Self.panel(changingFrom: first))
    }
    let all = forecasts.values
    #expect(all[0] == all[2] && all[1] == all[3])
    #expect(all[4] == all[0] && all[5] != all[1])
  }

  /// Windows of 3 days start every 2 days, so that the third window is the first one that starts after
  /// another has ended. The drift has no error there.
  @Test func theCombinationLearnsFromWindowsThatEndedBefore() throws {
    let forecasts = Log<[Double]>()
    var run = BacktestRun(horizon: 3, windowCount: 4, step: 2)
    run.combines = true
    run.progress = { forecasts.add($0.result.forecast.values) }
    let results = try run(
      [.untrained(NaiveForecaster()), .untrained(DriftForecaster())], on: Self.panel())
    #expect(results.models.map(\.name) == ["Naive", "Drift", "Combination"])
    for window in 0..<4 {
      let (naive, drift) = (forecasts.values[3 * window], forecasts.values[3 * window + 1])
      let expected = window < 2 ? zip(naive, drift).map { ($0 + $1) / 2 } : drift
      for (found, expected) in zip(forecasts.values[3 * window + 2], expected) {
        #expect(abs(found - expected) < 1e-9)
      }
    }
  }

  /// The means of two forecasts of white noise, one of which is too wide, cover too much until they are
  /// calibrated.
  @Test func theQuantilesOfTheCombinationAreCalibratedOnEarlierWindows() throws {
    var generator = Xoshiro256(seed: 4)
    let noise = NormalDistribution(mean: 50, standardDeviation: 5)
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 120),
      series: (0..<210).map { index in
        Series(id: "s\(index)", values: (0..<120).map { _ in noise.sample(using: &generator) })
      })
    var run = BacktestRun(horizon: 6, windowCount: 3)
    run.combines = true
    let levels = [0.1, 0.9]
    let results = try run(
      [
        .untrained(HistoricMeanForecaster(quantileLevels: levels)),
        .untrained(NaiveForecaster(quantileLevels: levels)),
      ], on: panel)
    let coverage = results.models[2].windows.map { $0.coverage(of: 0.8) ?? .nan }
    #expect(coverage[0] > 0.87)
    for calibrated in coverage.dropFirst() { #expect((0.77...0.83).contains(calibrated)) }
  }

  @Test func modelsAreFittedAgainAfterSomeWindows() throws {
    let log = Log<Int>()
    var run = BacktestRun(horizon: 2, windowCount: 5)
    run.refitInterval = 2
    let results = try run([.untrained(Mean(log: log))], on: Self.panel())
    #expect(log.values == [7, 11, 15])
    #expect(results.windows.map(\.isRefitted) == [true, false, true, false, true])
    run.refitInterval = 1
    run.history = .sliding(length: 6)
    run.windowCount = 2
    _ = try run([.untrained(Mean(log: log))], on: Self.panel())
    #expect(log.values.suffix(2) == [6, 6])
  }

  /// Closed days are detected in the history of each window.
  @Test func oneWindowIsThatOfAForecastRun() throws {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2022, month: 1, day: 3)!, count: 120)
    // On Sundays the shop is closed, and from the last ones on open.
    let panel = Panel(
      calendar: calendar,
      series: (0..<11).map { index in
        Series(
          id: "p\(index)",
          values: calendar.dates.enumerated().map { day, date in
            date.weekday == 7 && day < 112 ? 0 : Double(index + 2 + day % 3)
          })
      })
    let models: [ForecastRun.Model] = [
      .untrained(NaiveForecaster()), .untrained(SeasonalNaiveForecaster()),
    ]
    var run = ForecastRun(horizon: 9)
    run.closings = .sales
    let expected = try run(models, on: panel)
    var backtest = BacktestRun(horizon: 9, windowCount: 1)
    backtest.closings = .sales
    let sundays = Log<Double>()
    backtest.progress = { progress in
      sundays.add(progress.result.forecast.values(at: 4)[4 * 9 + 7])
    }
    let results = try backtest(models, on: panel)
    #expect(sundays.values == [0, 0])
    for (model, result) in zip(expected.models, results.models) {
      #expect(model.heldOut.evaluation?.series == result.series)
      #expect(model.heldOut.evaluation?.overall.rmsse == result.overall.rmsse)
    }
    #expect(results.leaderboard.rows[0].place == expected.recommended)
    #expect(results.notes == ["One window shows no uncertainty: differences have no interval."])
  }

  @Test func theLeaderboardComparesModelsInTheSameWindows() throws {
    let results = try BacktestRun(horizon: 3, windowCount: 3)(
      [
        .untrained(Mean(log: Log<Int>())), .untrained(DriftForecaster()),
        .untrained(NaiveForecaster()),
      ], on: Self.panel())
    let rows = results.leaderboard.rows
    #expect(rows.map(\.model) == ["Drift", "Naive", "Mean"] && rows.map(\.place) == [1, 2, 0])
    #expect(rows[0].difference == nil)
    let metric = results.leaderboard.metric
    for row in rows.dropFirst() {
      let difference = try #require(row.difference)
      let expected = PairedDifference(
        zip(results.models[row.place].windows, results.models[1].windows).map {
          metric.value(of: $0)! - metric.value(of: $1)!
        })
      #expect(difference == expected && difference.count == 3)
    }
    var byBias = results
    byBias.rankingMetric = .bias
    #expect(byBias.leaderboard.rows.last?.model == "Mean")
    #expect(byBias.leaderboard.rows.last!.difference!.mean > 0)
    let text = results.leaderboard.description
    #expect(text.hasPrefix("Model"))
    #expect(text.contains("\(metric.name) above Drift"))
  }

  @Test func seriesThatAreTooShortFollowThePolicy() throws {
    let panel = Panel(
      calendar: Self.panel().calendar,
      series: Self.panel().allSeries + [Series(id: "late", start: 12, values: [1, 2, 3, 4, 5])])
    var run = BacktestRun(horizon: 3, windowCount: 2)
    let models: [ForecastRun.Model] = [.untrained(NaiveForecaster())]
    #expect(try run(models, on: panel).models[0].fallbackCounts == [1, 0])
    run.shortSeries = .leaveOut
    #expect(try run(models, on: panel).leftOut == ["late"])
    run.shortSeries = .reject
    #expect(throws: ForecastError.nothingObserved(id: "late")) { try run(models, on: panel) }
  }

  @Test func aPanelThatIsTooShortForTheWindowsIsAnError() {
    #expect(throws: SplitError.tooFewSteps(steps: 17, needed: 19)) {
      try BacktestRun(horizon: 3, windowCount: 6)(
        [.untrained(NaiveForecaster())], on: Self.panel())
    }
  }

  @Test func aCanceledTaskEndsTheRun() async {
    let log = Log<String>()
    let run = Task {
      var backtest = BacktestRun(horizon: 2, windowCount: 5)
      backtest.progress = { progress in
        log.add(progress.result.name)
        withUnsafeCurrentTask { $0?.cancel() }
      }
      return try backtest([.untrained(NaiveForecaster())], on: Self.panel())
    }
    await #expect(throws: CancellationError.self) { try await run.value }
    #expect(log.values == ["Naive"])
  }

  @Test func tablesHaveARowForEachModelAndPart() throws {
    let results = try BacktestRun(horizon: 3, windowCount: 4)(
      [.untrained(NaiveForecaster()), .untrained(DriftForecaster())], on: Self.panel())
    func lines(_ table: EvaluationTable) -> [[Substring]] {
      table.csv().split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let leaderboard = lines(results.leaderboardTable)
    #expect(
      leaderboard[0].prefix(9) == [
        "rank", "model", "metric", "windows", "difference", "standard-error", "lower-95",
        "upper-95",
        "steps",
      ])
    #expect(leaderboard.dropFirst().map { $0[1] } == ["Drift", "Naive"])
    // The history of the first window is shorter than a season, so its scales are changes from day to day.
    #expect(leaderboard[1][4] == "" && Double(leaderboard[2][4])! > 0)
    #expect(leaderboard.map { $0[3] } == ["windows", "", "4"])
    #expect(results.windows.map(\.isScaledByStep) == [true, false, false, false])
    #expect(
      results.notes == [
        "In 1 of 4 windows, no series is longer than a season of 7 days: MASE and RMSSE are relative to "
          + "the change from day to day."
      ])
    let windows = lines(results.windowTable)
    #expect(windows.count == 1 + 2 * 4)
    #expect(
      windows[1].prefix(7) == [
        "Naive", "1", "2024-03-09", "2024-03-11", "yes", "0", "6",
      ])
    #expect(
      lines(results.seriesTable(idColumn: "sku")).map { $0[1] } == ["sku", "a", "b", "a", "b"])
    #expect(lines(results.stepTable).map { $0[1] } == ["step", "1", "2", "3", "1", "2", "3"])
    #expect(lines(results.groupTable)[2].prefix(4) == ["Naive", "color", "blue", "12"])
    #expect(lines(results.levelTable)[1].prefix(3) == ["Naive", "Total", "12"])
    let tables = [results.leaderboardTable, results.stepTable, results.groupTable]
    #expect(Set(tables.map { lines($0)[0].suffix(3) }).count == 1)
  }

  /// Figures of SciPy 1.17:
  ///
  ///     for d in ([0.3, -0.1, 0.45, 0.2, 0.05], [0.5, 1.25]):
  ///         m, s = np.mean(d), stats.sem(d)
  ///         [stats.t.interval(c, len(d) - 1, m, s) for c in (0.95, 0.8)]
  @Test func differencesHaveStudentsInterval() throws {
    func expect(
      _ difference: PairedDifference, _ confidence: Double, _ lower: Double, _ upper: Double,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let interval = try #require(difference.interval(confidence: confidence))
      #expect(abs(interval.lowerBound - lower) < 1e-9, sourceLocation: sourceLocation)
      #expect(abs(interval.upperBound - upper) < 1e-9, sourceLocation: sourceLocation)
    }
    let five = PairedDifference([0.3, -0.1, 0.45, 0.2, 0.05])
    #expect(abs(five.mean - 0.18) < 1e-12)
    #expect(abs(five.standardError! - 0.09565563234854496) < 1e-12)
    try expect(five, 0.95, -0.08558261221871735, 0.4455826122187174)
    try expect(five, 0.8, 0.033340184334135214, 0.32665981566586483)
    let two = PairedDifference([0.5, 1.25])
    try expect(two, 0.95, -3.88982677606551, 5.63982677606551)
    try expect(two, 0.8, -0.27913132644072025, 2.0291313264407203)
    let one = PairedDifference([0.5])
    #expect(one.mean == 0.5 && one.standardError == nil && one.interval() == nil)
  }
}
