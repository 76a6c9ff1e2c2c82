import SalesTestSupport
import Testing
import TestSupport
import TimeSeries

@Suite struct BacktestTests {
  private static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 2, 26), count: 23),
    series: [Series(id: "a", values: (0..<23).map { Double($0) })])

  /// ```python
  /// TimeSeriesSplit(n_splits=3, test_size=4, gap=2).split(np.zeros(23))
  /// TimeSeriesSplit(n_splits=2, test_size=5, max_train_size=6).split(np.zeros(23))
  /// ```
  @Test func splitsAreThoseOfScikitLearn() throws {
    let expanding = try Backtest(horizon: 4, count: 3, gap: 2).splits(of: Self.panel)
    #expect(expanding.map(\.training) == [0..<9, 0..<13, 0..<17])
    #expect(expanding.map(\.test) == [11..<15, 15..<19, 19..<23])
    let sliding = try Backtest(horizon: 5, count: 2, window: .sliding(length: 6))
      .splits(of: Self.panel)
    #expect(sliding.map(\.training) == [7..<13, 12..<18])
    #expect(sliding.map(\.test) == [13..<18, 18..<23])
  }

  @Test func stepsMayBeShorterOrLongerThanTheHorizon() throws {
    let splits = try Backtest(horizon: 3, step: 7, minimumHistory: 5).splits(of: Self.panel)
    #expect(splits.map(\.training) == [0..<6, 0..<13, 0..<20])
    #expect(splits.map(\.test) == [6..<9, 13..<16, 20..<23])
    let daily = try Backtest(horizon: 17, step: 1).splits(of: Self.panel)
    #expect(daily.map(\.training.upperBound) == [1, 2, 3, 4, 5, 6])
  }

  @Test func historiesEndBeforeWhatComes() throws {
    for split in try Backtest(horizon: 3, gap: 1, window: .sliding(length: 8))
      .splits(of: Self.panel)
    {
      let (history, actual) = (split.history(of: Self.panel), split.actual(of: Self.panel))
      let last = try #require(history.series(at: 0).values.last)
      #expect(actual.series(at: 0).values.first == last + 2)
      #expect(actual.calendar.count == 3)
      #expect(history.calendar.count <= 8)
    }
  }

  @Test func tooFewStepsAreAnError() {
    #expect(throws: SplitError.tooFewSteps(steps: 23, needed: 24)) {
      try Backtest(horizon: 5, count: 4, gap: 1, minimumHistory: 3).splits(of: Self.panel)
    }
    #expect(throws: Never.self) {
      try Backtest(horizon: 5, count: 4, gap: 1, minimumHistory: 2).splits(of: Self.panel)
    }
  }

  @Test func numbersOutOfTheirRangeStop() async {
    let gap = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Backtest(horizon: 3, gap: -1) }
    expectStopped(gap, "Backtest: a number is out of its range in Backtest(horizon: 3")
    let window = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Backtest(horizon: 5, window: .sliding(length: 7), minimumHistory: 8) }
    expectStopped(window, "Backtest: a number is out of its range in Backtest(horizon: 5")
  }
}
