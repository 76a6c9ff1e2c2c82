import Testing
import TestSupport
import TimeSeries

/// Figures from pandas, whose W-SUN are the weeks that end on Sunday:
///
///     for f in ("W-SUN", "W-FRI", "M", "Q", "Y"): pd.Period(d, f).start_time.date()
///     for f in ("W-SUN", "M", "Q", "Y"): (pd.Period("2024-05-15", f) - pd.Period(d, f)).n
@Suite struct FrequencyTests {
  typealias Row = (
    date: (Int, Int, Int), week: String, saturdayWeek: String, month: String, quarter: String,
    year: String, weeks: Int, months: Int, quarters: Int, years: Int
  )

  static let rows: [Row] = [
    (
      (1600, 3, 1), "1600-02-28", "1600-02-26", "1600-03-01", "1600-01-01", "1600-01-01", 22134,
      5090, 1697, 424
    ),
    (
      (1969, 12, 28), "1969-12-22", "1969-12-27", "1969-12-01", "1969-10-01", "1969-01-01", 2838,
      653, 218, 55
    ),
    (
      (1970, 1, 1), "1969-12-29", "1969-12-27", "1970-01-01", "1970-01-01", "1970-01-01", 2837,
      652, 217, 54
    ),
    (
      (1999, 12, 31), "1999-12-27", "1999-12-25", "1999-12-01", "1999-10-01", "1999-01-01", 1272,
      293, 98, 25
    ),
    (
      (2000, 2, 29), "2000-02-28", "2000-02-26", "2000-02-01", "2000-01-01", "2000-01-01", 1263,
      291, 97, 24
    ),
    (
      (2024, 1, 1), "2024-01-01", "2023-12-30", "2024-01-01", "2024-01-01", "2024-01-01", 19, 4, 1,
      0
    ),
    (
      (2024, 12, 30), "2024-12-30", "2024-12-28", "2024-12-01", "2024-10-01", "2024-01-01", -33,
      -7, -2, 0
    ),
    (
      (2025, 1, 5), "2024-12-30", "2025-01-04", "2025-01-01", "2025-01-01", "2025-01-01", -33, -8,
      -3, -1
    ),
  ]

  @Test(arguments: rows) func agreesWithPandas(row: Row) {
    let date = CalendarDate(year: row.date.0, month: row.date.1, day: row.date.2)!
    let other = CalendarDate(year: 2024, month: 5, day: 15)!
    #expect(Frequency.week().start(of: date).description == row.week)
    #expect(Frequency.week(startingOn: .saturday).start(of: date).description == row.saturdayWeek)
    #expect(Frequency.month.start(of: date).description == row.month)
    #expect(Frequency.quarter.start(of: date).description == row.quarter)
    #expect(Frequency.year.start(of: date).description == row.year)
    #expect(Frequency.week().steps(from: date, to: other) == row.weeks)
    #expect(Frequency.month.steps(from: date, to: other) == row.months)
    #expect(Frequency.quarter.steps(from: date, to: other) == row.quarters)
    #expect(Frequency.year.steps(from: date, to: other) == row.years)
  }

  static let all =
    [Frequency.day, .month, .quarter, .year] + Weekday.allCases.map { .week(startingOn: $0) }

  @Test(arguments: all) func stepsFollowOneAnother(frequency: Frequency) {
    let start = frequency.start(of: CalendarDate(year: 1896, month: 2, day: 29)!)
    let calendar = RegularCalendar(start: start, count: 65, frequency: frequency)
    var date = start
    for step in 0..<65 {
      let next = calendar.date(at: step + 1)
      #expect(calendar.date(at: step) == date)
      // Every day of the step belongs to it, and the next day does not.
      #expect(calendar.step(of: date) == step)
      #expect(calendar.step(of: next.advanced(by: -1)) == step)
      #expect(frequency.start(of: next) == next)
      date = next
    }
    #expect(calendar.end == date)
    #expect(calendar.step(of: start.advanced(by: -1)) == nil)
    if case .week(let weekday) = frequency { #expect(date.weekday == weekday.rawValue) }
  }

  @Test func seasonsAreAWeekOfDaysAndAYearOfTheRest() {
    #expect(
      [.day, .week(), .month, .quarter, .year].map { (one: Frequency) in one.seasonLength }
        == [7, 52, 12, 4, 1])
  }

  @Test func stopsAtAStartThatIsNotThatOfAStep() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RegularCalendar(
        start: CalendarDate(year: 2024, month: 5, day: 15)!, count: 3,
        frequency: .week(startingOn: .sunday))
    }
    expectStopped(
      result,
      "RegularCalendar: expected the first day of a week from sunday as start, such as 2024-05-12, "
        + "got 2024-05-15")
  }
}
