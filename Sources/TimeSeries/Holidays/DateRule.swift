/// A rule that determines the days of a year on which an event falls.
///
/// Rules are values: they can be compared and listed. The country calendars are tables of rules.
public indirect enum DateRule: Hashable, Sendable, Codable {
  /// The same day each year. A year without that day has no event.
  case fixed(month: Int, day: Int)
  /// The n-th occurrence of a weekday in a month, counting from 1. Negative values count from the
  /// end of the month: −1 is the last occurrence.
  case weekday(Weekday, nth: Int, month: Int)
  /// The first occurrence of a weekday on or after a day of a month.
  case weekdayFrom(Weekday, month: Int, day: Int)
  /// A number of days after Easter Sunday of the Western churches. Negative values are before it.
  case easter(Int)
  /// A number of days after Easter Sunday of the Orthodox churches. Negative values are before it.
  case orthodoxEaster(Int)
  /// A day of a regular (not a leap) month of the Chinese lunisolar calendar. Month 1, day 0 is New
  /// Year's Eve.
  case chinese(month: Int, day: Int)
  /// The Chinese Qingming (Tomb-Sweeping) Festival, on April 4 or 5.
  case qingming
  /// The day of the March equinox in Japan.
  case japaneseVernalEquinox
  /// The day of the September equinox in Japan.
  case japaneseAutumnalEquinox
  /// A list of dates. Years without a date in the list have no event.
  case dates([CalendarDate])
  /// A number of days after the days of another rule. Negative values are before them.
  case shifted(DateRule, days: Int)

  /// Creates a rule from dates that are written as numbers, such as 20151111.
  static func on(_ dates: Int...) -> DateRule {
    .dates(
      dates.map { CalendarDate(year: $0 / 10_000, month: $0 / 100 % 100, day: $0 % 100)! })
  }

  /// The years for which the rule can determine days, or `nil` for all years.
  ///
  /// Chinese dates are known for ``ChineseCalendar/years``. The formula for Japan's equinoxes
  /// covers 1980 to 2099.
  var years: ClosedRange<Int>? {
    switch self {
    case .chinese, .qingming: ChineseCalendar.years
    case .japaneseVernalEquinox, .japaneseAutumnalEquinox: 1980...2099
    case .shifted(let rule, _): rule.years
    case .fixed, .weekday, .weekdayFrom, .easter, .orthodoxEaster, .dates: nil
    }
  }

  /// Returns the days of a year, in no particular order. The year must be in ``years``.
  func days(in year: Int) -> [CalendarDate] {
    switch self {
    case .fixed(let month, let day):
      return CalendarDate(year: year, month: month, day: day).map { [$0] } ?? []
    case .weekday(let weekday, let nth, let month):
      return nthWeekday(weekday, nth, month, year).map { [$0] } ?? []
    case .weekdayFrom(let weekday, let month, let day):
      return CalendarDate(year: year, month: month, day: day).map { [$0.onOrAfter(weekday)] } ?? []
    case .easter(let days): return [Easter.western(year).advanced(by: days)]
    case .orthodoxEaster(let days): return [Easter.orthodox(year).advanced(by: days)]
    case .chinese(let month, let day):
      return [ChineseCalendar.date(year: year, month: month, day: day)]
    case .qingming: return [ChineseCalendar.qingming(in: year)]
    case .japaneseVernalEquinox: return [equinox(year, month: 3, dayIn1980: 20.8431)]
    case .japaneseAutumnalEquinox: return [equinox(year, month: 9, dayIn1980: 23.2488)]
    case .dates(let dates): return dates.filter { $0.year == year }
    case .shifted(let rule, let shift): return rule.days(in: year).map { $0.advanced(by: shift) }
    }
  }

  private func nthWeekday(
    _ weekday: Weekday, _ nth: Int, _ month: Int, _ year: Int
  ) -> CalendarDate? {
    guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
    let length = CalendarDate.dayCount(ofMonth: month, year: year)
    let earliest = first.onOrAfter(weekday)
    let count = (length - earliest.day) / 7 + 1
    let place = nth > 0 ? nth - 1 : count + nth
    return nth != 0 && (0..<count).contains(place) ? earliest.advanced(by: 7 * place) : nil
  }

  /// Returns the day of an equinox by the almanac formula of Shinkō Nagasawa, valid for 1980 to
  /// 2099. The equinox moves forward 0.242194 days a year and back one day with each leap day.
  private func equinox(_ year: Int, month: Int, dayIn1980: Double) -> CalendarDate {
    let elapsed = year - 1980
    let day = Int(dayIn1980 + 0.242194 * Double(elapsed)) - elapsed / 4
    return CalendarDate(year: year, month: month, day: day)!
  }
}

extension CalendarDate {
  /// Returns the first occurrence of a weekday on or after this day.
  func onOrAfter(_ other: Weekday) -> CalendarDate {
    advanced(by: (other.rawValue - weekday + 7) % 7)
  }
}
