import SalesData
import Testing
import TestSupport

@Suite struct ClosedDayTests {
  /// A shop of some products that is closed on Sundays and on one Thursday, 2024-03-14, and sold
  /// one piece on the Sunday of 2024-03-24. Product `i` sells on all but one in `i + 2` days.
  private static func shop(products: Int, days: Int = 70) -> Panel {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 3, day: 4)!, count: days)
    return Panel(
      calendar: calendar,
      series: (0..<products).map { index in
        Series(
          id: "p\(index)",
          values: (0..<days).map { day in
            let isClosed = day % 7 == 6 || day == 10
            if day == 20, index == 0 { return 1 }
            return isClosed || (day + 3 * index) % (index + 2) == 0 ? 0 : Double(1 + day % 4)
          })
      })
  }

  @Test func findsWeekdaysAndHolidays() {
    let found = ClosedDayFinder(sellingShare: 0.05).find(in: Self.shop(products: 31))
    #expect(found.weekdays == [.sunday])
    #expect(found.dates.map(\.description) == ["2024-03-14"])
    #expect(found.steps == [6, 10, 13, 20, 27, 34, 41, 48, 55, 62, 69])
    // With no sale allowed that Sunday was open, and so the shop is not closed on Sundays as a
    // rule.
    let strict = ClosedDayFinder(sellingShare: 0).find(in: Self.shop(products: 31))
    #expect(strict.weekdays == [])
    #expect(strict.steps == [6, 10, 13, 27, 34, 41, 48, 55, 62, 69])
    #expect(strict.dates.count == 10)
  }

  /// Three products say nothing of one Thursday, but something of ten Sundays.
  @Test func fewProductsShowTheirWeekdays() {
    let found = ClosedDayFinder(sellingShare: 0.1).find(in: Self.shop(products: 3))
    #expect(found.weekdays == [.sunday])
    #expect(found.dates == [])
    #expect(found.steps == [6, 13, 27, 34, 41, 48, 55, 62, 69])
    let empty = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 17), series: [])
    #expect(ClosedDayFinder().find(in: empty).steps == [])
    let unsold = Panel(
      calendar: empty.calendar,
      series: [Series(id: "a", values: Array(repeating: 0, count: 17))])
    #expect(ClosedDayFinder(leastExpected: 0.001).find(in: unsold).steps == [])
  }

  @Test func zerosOfClosedDaysBecomeGaps() {
    let before = Self.shop(products: 31)
    let found = ClosedDayRule(found: ClosedDayFinder(sellingShare: 0.05)).cleaned(before)
    let given = ClosedDayRule(
      weekdays: [.sunday],
      dates: [
        CalendarDate(year: 2024, month: 3, day: 14)!, CalendarDate(year: 2030, month: 1, day: 1)!,
      ]
    ).cleaned(before)
    #expect(found.allSeries == given.allSeries)
    #expect(found.closing == ClosingCalendar(weekdays: [.sunday]))
    #expect(given.closing.dates.count == 2)
    for index in before.ids.indices {
      for day in 0..<70 {
        let isClosed = (day % 7 == 6 || day == 10) && !(day == 20 && index == 0)
        #expect(
          given.series(at: index).value(at: day)
            == (isClosed ? nil : before.series(at: index).value(at: day)))
      }
    }
  }

  /// A date names the month that it is the first day of, and no other.
  @Test func datesNameLongerStepsByTheirFirstDay() {
    let months = Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 3, frequency: .month),
      series: [Series(id: "a", values: [0, 0, 0])])
    let rule = ClosedDayRule(dates: [
      CalendarDate(year: 2024, month: 2, day: 1)!, CalendarDate(year: 2024, month: 3, day: 2)!,
    ])
    #expect(rule.cleaned(months).series(at: 0) == Series(id: "a", values: [0, nil, 0]))
    #expect(ClosedDayFinder().find(in: months).weekdays == [])
  }

  @Test func stopsAtWeekdaysOfMonths() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let months = RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 3, frequency: .month)
      _ = ClosedDayRule(weekdays: [.sunday]).cleaned(Panel(calendar: months, series: []))
    }
    expectStopped(
      result, "ClosedDayRule: expected a daily panel for weekdays, got steps of a month")
  }
}
