import SalesTestSupport
import Testing
import TestSupport
import TimeSeries

/// Calendars of hours and of business days, against pandas 3.1:
///
///     pd.date_range("2024-01-05 13:00", periods=200, freq="h")
///     pd.bdate_range("2024-01-02", periods=40)
@Suite struct ShortFrequencyTests {
  static let hours = RegularCalendar(
    start: date(2024, 1, 5), startHour: 13, count: 200, frequency: .hour)
  static let businessDays = RegularCalendar(
    start: date(2024, 1, 2), count: 40, frequency: .businessDay)

  /// `pd.offsets.BDay().rollback(d)`, and the business days from it to 2024-05-15.
  static let rolledBack: [(date: (Int, Int, Int), businessDay: String, steps: Int)] = [
    ((1600, 3, 1), "1600-03-01", 110_670), ((1969, 12, 28), "1969-12-26", 14_188),
    ((1970, 1, 1), "1970-01-01", 14_184), ((1999, 12, 31), "1999-12-31", 6358),
    ((2000, 2, 29), "2000-02-29", 6316), ((2024, 1, 6), "2024-01-05", 93),
    ((2024, 12, 29), "2024-12-27", -162), ((2025, 1, 5), "2025-01-03", -167),
  ]

  @Test(arguments: rolledBack) func businessDaysAreThoseOfPandas(
    row: (date: (Int, Int, Int), businessDay: String, steps: Int)
  ) {
    let day = date(row.date.0, row.date.1, row.date.2)
    #expect(Frequency.businessDay.start(of: day).description == row.businessDay)
    #expect(Frequency.businessDay.steps(from: day, to: date(2024, 5, 15)) == row.steps)
  }

  @Test func businessDaysSkipWeekends() {
    let calendar = Self.businessDays
    #expect(calendar.date(at: 39) == date(2024, 2, 26) && calendar.end == date(2024, 2, 27))
    #expect(calendar.step(of: date(2024, 1, 5)) == 3 && calendar.step(of: date(2024, 1, 8)) == 4)
    #expect(
      calendar.step(of: date(2024, 1, 6)) == nil && calendar.step(of: date(2024, 1, 7)) == nil)
    #expect(calendar.dates.allSatisfy { $0.weekday <= 5 })
    #expect(calendar.hour(at: 3) == nil && calendar.label(at: 4) == "2024-01-08")
  }

  @Test func hoursFollowOneAnother() {
    let calendar = Self.hours
    #expect(calendar.date(at: 10) == date(2024, 1, 5) && calendar.hour(at: 10) == 23)
    #expect(calendar.date(at: 11) == date(2024, 1, 6) && calendar.hour(at: 11) == 0)
    #expect(calendar.label(at: 199) == "2024-01-13 20:00")
    #expect(calendar.end == date(2024, 1, 13) && calendar.hour(at: 200) == 21)
    #expect(calendar.step(of: date(2024, 1, 13), hour: 20) == 199)
    #expect(calendar.step(of: date(2024, 1, 13), hour: 21) == nil)
    #expect(calendar.step(of: date(2024, 1, 5), hour: 12) == nil)
    let before = RegularCalendar(
      start: date(1969, 12, 31), startHour: 22, count: 5, frequency: .hour)
    #expect(
      (0..<5).map(before.label(at:)) == [
        "1969-12-31 22:00", "1969-12-31 23:00", "1970-01-01 00:00", "1970-01-01 01:00",
        "1970-01-01 02:00",
      ])
  }

  @Test func seasonsAreADayOfHoursAndAWeekOfBusinessDays() {
    #expect(Frequency.hour.seasonLength == 24 && Frequency.businessDay.seasonLength == 5)
    #expect(Frequency.hour.units == "hours" && Frequency.businessDay.units == "business days")
  }

  @Test func shorterStepsNestInLongerOnes() {
    for frequency in [Frequency.day, .week(startingOn: .saturday), .month, .quarter, .year] {
      #expect(Frequency.hour.nests(in: frequency))
      #expect(Frequency.businessDay.nests(in: frequency) == (frequency != .day))
      #expect(!frequency.nests(in: .hour) && !frequency.nests(in: .businessDay))
    }
    #expect(!Frequency.hour.nests(in: .businessDay) && !Frequency.businessDay.nests(in: .hour))
  }

  /// `pd.Series(range(200), index=hours).resample("D").sum()`, less the first and the last day, which the
  /// hours cover in part.
  @Test func hoursAreSummedToWholeDays() throws {
    let panel = Panel(
      calendar: Self.hours,
      series: [
        Series(id: "a", values: (0..<200).map(Double.init)),
        Series(id: "b", start: 30, values: [5]),
      ])
    let sums = try panel.aggregated(to: .day).panel
    #expect(sums.calendar == RegularCalendar(start: date(2024, 1, 6), count: 7))
    #expect(Array(sums.series(at: 0).values) == [540, 1116, 1692, 2268, 2844, 3420, 3996])
    #expect(sums.steps(at: 1) == 0..<1 && sums.series(at: 1).value(at: 0) == 5)
    let all = try panel.aggregated(to: .day, keepsPartial: true).panel
    #expect(Array(all.series(at: 0).values) == [55, 540, 1116, 1692, 2268, 2844, 3420, 3996, 3969])
    #expect(
      panel.partialPeriods(of: .day).map(\.description) == [
        "2024-01-05: the records cover a part of the day",
        "2024-01-13: the records cover a part of the day",
      ])
    let weeks = try panel.aggregated(to: .week(), keepsPartial: true).panel
    #expect(Array(weeks.series(at: 0).values) == [1711, 18189])
    #expect(try panel.aggregated(to: .hour).panel == panel)
  }

  /// `pd.Series(range(40), index=days).resample("MS").sum()` and `("W-SUN")`.
  @Test func businessDaysAreSummedToWeeksAndMonths() throws {
    let panel = Panel(
      calendar: Self.businessDays, series: [Series(id: "a", values: (0..<40).map(Double.init))])
    let weeks = try panel.aggregated(to: .week()).panel
    #expect(weeks.calendar.start == date(2024, 1, 8))
    #expect(Array(weeks.series(at: 0).values) == [30, 55, 80, 105, 130, 155, 180])
    let all = try panel.aggregated(to: .month, keepsPartial: true).panel
    #expect(Array(all.series(at: 0).values) == [231, 549])
  }

  /// June 2024 begins on a Saturday, which no business day of May may take.
  @Test func aMonthThatBeginsOnAWeekendIsWhole() throws {
    let calendar = RegularCalendar(start: date(2024, 5, 27), count: 30, frequency: .businessDay)
    let panel = Panel(
      calendar: calendar, series: [Series(id: "a", values: [Double](repeating: 1, count: 30))])
    let months = try panel.aggregated(to: .month).panel
    #expect(months.calendar.start == date(2024, 6, 1) && months.calendar.count == 1)
    #expect(Array(months.series(at: 0).values) == [20])
  }

  @Test func panelFilesKeepTheHour() throws {
    let directory = try TemporaryDirectory()
    for calendar in [Self.hours, Self.businessDays] {
      let panel = Panel(
        calendar: calendar, series: [Series(id: "a", start: 7, values: [1, 2, 3])])
      let path = directory.path("panel-\(calendar.count)")
      try panel.write(to: path)
      #expect(try Panel(contentsOf: path) == panel)
    }
  }

  @Test func closedDaysAreClosedForAllHours() {
    let closing = ClosingCalendar(weekdays: [.saturday])
    #expect((11..<35).allSatisfy { closing.isClosed($0, of: Self.hours) })
    #expect(!closing.isClosed(10, of: Self.hours) && !closing.isClosed(35, of: Self.hours))
    let fridays = ClosingCalendar(weekdays: [.friday])
    #expect(fridays.isClosed(3, of: Self.businessDays))
  }

  @Test func stopsAtAStartHourOfDays() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RegularCalendar(start: CalendarDate(dayNumber: 0), startHour: 7, count: 3)
    }
    expectStopped(
      result, "RegularCalendar: expected a start hour of 0 for steps of a day, got 7")
  }
}
