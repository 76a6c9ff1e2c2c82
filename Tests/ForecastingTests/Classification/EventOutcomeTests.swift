import Forecasting
import SalesTestSupport
import Testing

/// The outcomes of events in panels that are written by hand.
@Suite struct EventOutcomeTests {
  /// Returns the outcome of an event in each window of `length` steps of the first series.
  private static func outcomes(
    _ event: SalesEvent, _ panel: Panel, length: Int
  ) throws -> [Bool?] {
    let steps = panel.steps(at: 0)
    let found = try EventOutcomes(
      of: event, in: panel, at: 0, ClosedSteps(of: panel, over: 0..<panel.calendar.count))
    return (steps.lowerBound...steps.upperBound - length).map {
      found.happens(in: $0..<$0 + length)
    }
  }

  /// A series from the second day of the calendar on. `?` is a gap, and `!` a stock-out without a
  /// sale.
  private static func panel(_ cells: String, closed: ClosingCalendar = .init()) -> Panel {
    let states = cells.map { $0 == "?" ? CellState.gap : $0 == "!" ? .stockOut : .observed }
    return Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: cells.count + 1),
      series: [
        Series(
          id: "a", start: 1, values: cells.map { Double(String($0)) ?? 0 }, states: states)
      ]
    ).closed(on: closed)
  }

  @Test func noSalesNeedsEveryOpenDayToBeObserved() throws {
    let outcomes = try Self.outcomes(.noSales, Self.panel("2000?0300!0"), length: 3)
    //   200    000   00?  0?0  ?03    030    300    00!  0!0
    #expect(outcomes == [false, true, nil, nil, false, false, false, nil, nil])
  }

  @Test func stockOutNeedsOneDay() throws {
    let outcomes = try Self.outcomes(.stockOut, Self.panel("20?0000!03"), length: 3)
    //                  20? 0?0  ?00  000   000    00!   0!0   !03
    #expect(outcomes == [nil, nil, nil, false, false, true, true, true])
  }

  /// 2024-01-04 is a Thursday, so that the fourth and the fifth day are the weekend.
  @Test func closedDaysDoNotCount() throws {
    let weekend = ClosingCalendar(weekdays: [.saturday, .sunday])
    let panel = Self.panel("00??0001", closed: weekend)
    //                     Thu Fri Sat Sun Mon …
    #expect(
      try Self.outcomes(.noSales, panel, length: 2)
        == [true, true, nil, true, true, true, false])
    // A sale on a closed day is a sale.
    #expect(
      try Self.outcomes(.noSales, Self.panel("00?1", closed: weekend), length: 2)
        == [true, true, false])
    // A stock-out is one.
    #expect(
      try Self.outcomes(.stockOut, Self.panel("00?!?", closed: weekend), length: 2)
        == [false, false, true, true])
  }

  @Test func columnsAndFunctionsDecide() throws {
    let panel = Self.panel("12034").adding(
      past: "left", .numbers(NumberColumn([0, 0, 1, 0, 0])))
    #expect(
      try Self.outcomes(.column("left"), panel, length: 2) == [false, true, true, false])
    let isLarge = SalesEvent.custom("large") { window in
      window.id == "a" && window.states.contains(.gap) ? nil : window.values.reduce(0, +) > 4
    }
    #expect(try Self.outcomes(isLarge, panel, length: 2) == [false, false, false, true])
    #expect(throws: CovariateError.self) {
      try Self.outcomes(.column("right"), panel, length: 2)
    }
  }
}
