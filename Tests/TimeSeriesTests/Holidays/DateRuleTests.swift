import SalesTestSupport
import Testing
import TimeSeries

@Suite struct DateRuleTests {
  /// ```python
  /// from dateutil.easter import easter   # fnv() is that of scripts/holiday-dates.py
  /// hex(fnv(" ".join(str(easter(y, 3)) for y in range(1900, 2100))))
  /// # and with easter(y, 2) for the orthodox churches
  /// ```
  @Test func easterAgreesWithDateutil() {
    let western = (1900..<2100).map { Easter.western($0).description }
    #expect(FNV1a.hash(western.joined(separator: " ").utf8) == 0x5EDF_B964_76E3_0997)
    let orthodox = (1900..<2100).map { Easter.orthodox($0).description }
    #expect(FNV1a.hash(orthodox.joined(separator: " ").utf8) == 0x582A_61E9_4349_1D22)
    #expect(Easter.orthodox(2024) == date(2024, 5, 5))
  }

  /// Against another table than the one that ``ChineseCalendar`` is made from.
  ///
  /// ```python
  /// from holidays.calendars.chinese import _ChineseLunisolar
  /// c = _ChineseLunisolar()
  /// hex(fnv(" ".join(str(f(y)[0]) for y in range(1990, 2051) for f in (
  ///     c.lunar_new_year_date, c.qingming_date, c.buddha_birthday_date,
  ///     c.dragon_boat_date, c.mid_autumn_date, c.double_ninth_date))))
  /// ```
  @Test func chineseDatesAgreeWithThePythonPackage() {
    let dates = ChineseCalendar.years.flatMap { year in
      [
        ChineseCalendar.newYear(in: year), ChineseCalendar.qingming(in: year),
        ChineseCalendar.date(year: year, month: 4, day: 8),
        ChineseCalendar.date(year: year, month: 5, day: 5),
        ChineseCalendar.date(year: year, month: 8, day: 15),
        ChineseCalendar.date(year: year, month: 9, day: 9),
      ]
    }
    let text = dates.map(\.description).joined(separator: " ")
    #expect(FNV1a.hash(text.utf8) == 0x8B6F_2192_143B_A1CF)
    // The year 2033 has a leap month after its eleventh.
    #expect(ChineseCalendar.date(year: 2033, month: 12, day: 29) == date(2034, 2, 17))
  }

  @Test func shopEventsFallOnTheirDays() throws {
    let primeDay = ShopEvent(
      "Prime Day", .dates([date(2023, 7, 11), date(2024, 7, 16)]), dayCount: 2)
    let calendar = ShopCalendar([
      .singlesDay, .sixEighteen, .blackFriday, .cyberMonday, .valentinesDay, .mothersDay,
      .motheringSunday, .qixi, .chineseNewYear, .midAutumn, primeDay,
    ])
    #expect(
      try calendar.holidays(in: 2024).map { "\($0.date) \($0.name)" } == [
        "2024-02-10 Chinese New Year", "2024-02-14 Valentine's Day", "2024-03-10 Mothering Sunday",
        "2024-05-12 Mother's Day",
        "2024-06-18 618", "2024-07-16 Prime Day", "2024-07-17 Prime Day", "2024-08-10 Qixi",
        "2024-09-17 Mid-Autumn Festival",
        "2024-11-11 Singles' Day", "2024-11-29 Black Friday", "2024-12-02 Cyber Monday",
      ])
    let error = HolidayError.yearNotCovered(calendar: "Qixi", year: 2051, covered: 1990...2050)
    #expect(throws: error) { try calendar.holidays(in: 2051) }
  }

  @Test func eventsLastIntoTheNextYear() throws {
    let sale = ShopCalendar([ShopEvent("sale", .fixed(month: 12, day: 30), dayCount: 3)])
    #expect(
      try sale.holidays(in: 2025).map(\.date)
        == [date(2025, 1, 1), date(2025, 12, 30), date(2025, 12, 31)])
  }

  @Test func eventsOfTheNextYearMayBeginInThisOne() throws {
    let eve = ShopEvent("eve", .shifted(.fixed(month: 1, day: 1), days: -1), dayCount: 2)
    #expect(
      try ShopCalendar([eve]).holidays(in: 2025).map(\.date)
        == [date(2025, 1, 1), date(2025, 12, 31)])
  }

  @Test func tablesOfEventsBecomeCalendars() throws {
    let calendar = ShopCalendar(
      names: ["fair", "sale", "fair"],
      dates: [date(2024, 5, 3), date(2024, 5, 3), date(2023, 1, 9)])
    #expect(
      try calendar.holidays(in: 2024)
        == [
          Holiday(date: date(2024, 5, 3), name: "fair"),
          Holiday(date: date(2024, 5, 3), name: "sale"),
        ])
  }

  @Test func paydaysKeepOffWeekends() {
    let paydays = PaydayCalendar([15, -1], avoidsWeekends: true)
    let dates = paydays.holidays(in: 2022).map(\.date)
    // 15 January 2022 was a Saturday, 31 July a Sunday, 31 December a Saturday.
    #expect(dates.count == 24)
    #expect(dates.first == date(2022, 1, 14))
    #expect(dates.contains(date(2022, 7, 29)))
    #expect(dates.last == date(2022, 12, 30))
    // 1 January 2022 is paid on the last Friday of 2021.
    #expect(
      PaydayCalendar([1], avoidsWeekends: true).holidays(in: 2021).last?.date
        == date(2021, 12, 31))
  }

  @Test func weekdaysAreCountedFromEitherEnd() throws {
    func dates(_ rule: DateRule) throws -> [CalendarDate] {
      try ShopCalendar([ShopEvent("event", rule)]).holidays(in: 2024).map(\.date)
    }
    #expect(try dates(.weekday(.thursday, nth: 5, month: 2)) == [date(2024, 2, 29)])
    #expect(try dates(.weekday(.thursday, nth: -5, month: 2)) == [date(2024, 2, 1)])
    #expect(try dates(.weekday(.friday, nth: 5, month: 2)).isEmpty)
    #expect(try dates(.weekdayFrom(.monday, month: 4, day: 30)) == [date(2024, 5, 6)])
    #expect(try dates(.fixed(month: 2, day: 29)) == [date(2024, 2, 29)])
  }
}
