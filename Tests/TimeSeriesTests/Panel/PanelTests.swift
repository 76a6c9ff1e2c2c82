import Testing
import TestSupport
import TimeSeries

@Suite struct PanelTests {
  static let start = CalendarDate(year: 2024, month: 1, day: 1)!

  /// Three series on seven days: whole, launched late and discontinued early.
  static let panel = Panel(
    calendar: RegularCalendar(start: start, count: 7),
    series: [
      Series(id: "whole", values: [1, 2, nil, 4, 5, 6, 7]),
      Series(id: "late", start: 4, values: [10, nil, 30]),
      Series(id: "early", start: 1, values: [100, 200]),
    ])

  @Test func keepsValuesMaskAndRanges() {
    let late = Self.panel.series(at: 1)
    #expect(late.id == "late")
    #expect(late.steps == 4..<7)
    #expect(Array(late.values) == [10, 0, 30])
    #expect(Array(late.observed) == [true, false, true])
    #expect(late.observedCount == 2)
    #expect((3..<8).map(late.value(at:)) == [nil, 10, nil, 30, nil])
    #expect(Self.panel.index(of: "early") == 2)
    #expect(Self.panel.index(of: "none") == nil)
  }

  @Test func slicesByTimeAndKeepsEverySeries() {
    let history = Self.panel.dropping(last: 3)
    let last = Self.panel.suffix(3)
    #expect(history.calendar == RegularCalendar(start: Self.start, count: 4))
    #expect(last.calendar == RegularCalendar(start: Self.start.advanced(by: 4), count: 3))
    #expect(history.ids == Self.panel.ids)
    #expect(history.series(at: 1).steps.isEmpty)
    #expect(Array(last.series(at: 1).values) == [10, 0, 30])
    #expect(last.series(at: 2).steps.isEmpty)
    #expect((0..<3).map(last.series(at: 0).value(at:)) == [5, 6, 7])
    #expect(history.slice(1..<3) == Self.panel.slice(1..<3))
    #expect(Self.panel.dropping(last: 7).calendar.count == 0)
    #expect(Self.panel.suffix(7) == Self.panel)
  }

  @Test(arguments: [0, 1, 3, 6, 7])
  func aHoldOutAndItsHistoryMakeUpTheWhole(horizon: Int) {
    let history = Self.panel.dropping(last: horizon)
    let held = Self.panel.suffix(horizon)
    #expect(held.calendar.start == history.calendar.end)
    for index in Self.panel.ids.indices {
      let joined =
        (0..<history.calendar.count).map(history.series(at: index).value(at:))
        + (0..<horizon).map(held.series(at: index).value(at:))
      #expect(joined == (0..<7).map(Self.panel.series(at: index).value(at:)))
    }
  }

  @Test func totalsSumWhatIsObserved() {
    let total = Self.panel.total(id: "sum")
    #expect(total.ids == ["sum"])
    #expect((0..<7).map(total.series(at: 0).value(at:)) == [1, 102, 200, 4, 15, 6, 37])
    // A day on which nothing is observed is a gap of the total, too.
    let gap = Panel(
      calendar: RegularCalendar(start: Self.start, count: 2),
      series: [Series(id: "a", values: [nil, 3])])
    #expect((0..<2).map(gap.total().series(at: 0).value(at:)) == [nil, 3])
  }

  @Test func totalsStayFinite() {
    let huge = Double(Float.greatestFiniteMagnitude)
    let panel = Panel(
      calendar: RegularCalendar(start: Self.start, count: 1),
      series: [Series(id: "a", values: [huge]), Series(id: "b", values: [huge])])
    #expect(panel.total().series(at: 0).value(at: 0) == huge)
  }

  /// A stock-out keeps what was sold as a lower bound, and is otherwise like a gap.
  @Test func stockOutsAreNeitherObservedNorGapsNorZeros() {
    let panel = Panel(
      calendar: RegularCalendar(start: Self.start, count: 5),
      series: [
        Series(
          id: "a", values: [3, 0, 2, 9, 7],
          states: [.observed, .observed, .stockOut, .gap, .stockOut])
      ])
    let series = panel.series(at: 0)
    #expect(
      (-1..<6).map(series.state(at:)) == [
        .gap, .observed, .observed, .stockOut, .gap, .stockOut, .gap,
      ])
    #expect((0..<5).map(series.value(at:)) == [3, 0, nil, nil, nil])
    #expect(Array(series.values) == [3, 0, 2, 0, 7])
    #expect(Array(series.observed) == [true, true, false, false, false])
    #expect(series.observedCount == 2)
  }

  @Test func windowsPadWithGaps() {
    let late = Self.panel.series(at: 1)
    #expect(late.window(2..<6).values == [0, 0, 10, 0])
    #expect(late.window(2..<6).states == [.gap, .gap, .observed, .gap])
    #expect(late.window(-2..<1).states == [.gap, .gap, .gap])
    #expect(late.window(6..<9).values == [30, 0, 0])
    // Also of a slice, whose cells do not begin where its storage does.
    #expect(Self.panel.suffix(2).series(at: 0).window(-1..<2).values == [0, 6, 7])
  }

  @Test func selectsSeriesInTheOrderAsked() {
    let selected = Self.panel.suffix(4).selecting([2, 0])
    #expect(selected.ids == ["early", "whole"])
    #expect(selected.series(at: 1) == Self.panel.suffix(4).series(at: 0))
  }

  @Test func equalityComparesWhatIsSeenAndNotWhereItLies() {
    let same = Panel(
      calendar: RegularCalendar(start: Self.start.advanced(by: 5), count: 2),
      series: [
        Series(id: "whole", values: [6, 7]), Series(id: "late", values: [nil, 30]),
        Series(id: "early", values: []),
      ])
    #expect(Self.panel.suffix(2) == same)
    #expect(Self.panel.suffix(2) != Self.panel.suffix(3))
  }

  @Test func stopsAtASeriesThatReachesOutOfTheCalendar() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 2),
        series: [Series(id: "a", start: 1, values: [1, 2])])
    }
    expectStopped(
      result, "Panel: expected series \"a\" within steps 0..<2 of the calendar, got 1..<3")
  }

  @Test func stopsAtAnIdThatAppearsTwice() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 1),
        series: [Series(id: "a", values: [1]), Series(id: "a", values: [2])])
    }
    expectStopped(result, "Panel: expected ids that differ, got \"a\" twice")
  }

  @Test func stopsAtAValueThatIsNotFinite() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Series(id: "a", values: [1, .infinity])
    }
    expectStopped(result, "Series: expected finite values in \"a\", got inf at 1")
  }

  @Test func stopsAtAHoldOutLongerThanTheCalendar() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PanelTests.panel.dropping(last: 8)
    }
    expectStopped(result, "Panel.dropping: expected 0 to 7 steps, got 8")
  }
}
