import SalesTestSupport
import Testing
import TimeSeries

/// Figures from Python:
///
///     from datetime import date
///     y, w, k = d.isocalendar()
///     (str(d), d.toordinal() - date(1970, 1, 1).toordinal(), k, d.timetuple().tm_yday, y, w)
@Suite struct CalendarDateTests {
  typealias Row = (
    text: String, dayNumber: Int, weekday: Int, dayOfYear: Int, weekYear: Int, week: Int
  )

  static let rows: [Row] = [
    ("1000-01-01", -354285, 3, 1, 1000, 1),
    ("1582-10-15", -141427, 5, 288, 1582, 41),
    ("1600-02-29", -135081, 2, 60, 1600, 9),
    ("1899-12-31", -25568, 7, 365, 1899, 52),
    ("1900-02-28", -25509, 3, 59, 1900, 9),
    ("1900-03-01", -25508, 4, 60, 1900, 9),
    ("1970-01-01", 0, 4, 1, 1970, 1),
    ("2000-02-29", 11016, 2, 60, 2000, 9),
    ("2008-12-29", 14242, 1, 364, 2009, 1),
    ("2010-01-03", 14612, 7, 3, 2009, 53),
    ("2011-12-09", 15317, 5, 343, 2011, 49),
    ("2020-12-31", 18627, 4, 366, 2020, 53),
    ("2100-03-01", 47541, 1, 60, 2100, 9),
    ("9999-12-31", 2_932_896, 5, 365, 9999, 52),
  ]

  @Test(arguments: rows) func agreesWithPython(row: Row) {
    let date = CalendarDate(dayNumber: row.dayNumber)
    #expect(date.description == row.text)
    #expect(date.weekday == row.weekday)
    #expect(date.dayOfYear == row.dayOfYear)
    #expect(date.week == (row.weekYear, row.week))
    #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
  }

  @Test func everyDayOfEightCenturiesFollowsTheOneBefore() {
    // Day by day from 1600 to 2400, by the rules of the calendar and by nothing else.
    var year = 1600
    var month = 1
    var day = 1
    let first = CalendarDate(year: 1600, month: 1, day: 1)!
    for number in 0..<292_194 {
      let date = first.advanced(by: number)
      guard date.components == (year, month, day) else {
        Issue.record("day \(number): expected \((year, month, day)), got \(date)")
        return
      }
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (2400, 1, 1))
  }

  @Test(arguments: [
    (2011, 2, 29), (1900, 2, 29), (2011, 4, 31), (2011, 0, 1), (2011, 13, 1), (2011, 1, 0),
    (2011, 1, 32),
  ])
  func refusesDaysThatAreNone(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test func countsInStepsOfDays() {
    let start = CalendarDate(year: 2011, month: 12, day: 24)!
    let end = CalendarDate(year: 2012, month: 3, day: 1)!
    #expect(start.distance(to: end) == 68)
    #expect(start.advanced(by: 68) == end)
    #expect(start < end)
    #expect(Frequency.day.steps(from: start, to: end) == 68)
    #expect(Frequency.day.date(end, advancedBy: -68) == start)
  }

  @Test func calendarsKnowTheirSteps() {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2011, month: 12, day: 30)!, count: 3)
    #expect(calendar.dates.map(\.description) == ["2011-12-30", "2011-12-31", "2012-01-01"])
    #expect(calendar.end.description == "2012-01-02")
    #expect(calendar.step(of: calendar.date(at: 2)) == 2)
    #expect(calendar.step(of: calendar.date(at: 3)) == nil)
    #expect(calendar.step(of: calendar.date(at: -1)) == nil)
  }
}
