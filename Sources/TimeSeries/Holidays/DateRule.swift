/// Which days of a year an event falls on.
///
/// A rule is data: it can be compared and listed, and the calendars of countries are tables of them.
public indirect enum DateRule: Hashable, Sendable, Codable {
  /// The same day each year; none in a year that lacks it.
  case fixed(month: Int, day: Int)
  /// The n-th such weekday of a month, from 1; counted from the month's end where negative, so that
  /// −1 is the last.
  case weekday(Weekday, nth: Int, month: Int)
  /// The first such weekday on a day of a month or after it.
  case weekdayFrom(Weekday, month: Int, day: Int)
  /// So many days after Easter Sunday of the western churches, or before where negative.
  case easter(Int)
  /// So many days after Easter Sunday of the orthodox churches, or before where negative.
  case orthodoxEaster(Int)
  /// A day of the Chinese lunisolar calendar, of an ordinary and no leap month. Month 1, day 0 is
  /// New Year's Eve.
  case chinese(month: Int, day: Int)
  /// The Chinese day of clear brightness, on which graves are swept: 4 or 5 April.
  case qingming
  /// The day of the March equinox in Japan.
  case japaneseVernalEquinox
  /// The day of the September equinox in Japan.
  case japaneseAutumnalEquinox
  /// Days that were announced or computed elsewhere; none in other years.
  case dates([CalendarDate])
  /// So many days after another rule's, or before where negative.
  case shifted(DateRule, days: Int)

  /// The rule of announced days that are written as numbers, such as 20151111.
  static func on(_ dates: Int...) -> DateRule {
    .dates(
      dates.map { CalendarDate(year: $0 / 10_000, month: $0 / 100 % 100, day: $0 % 100)! })
  }

  /// The years that the rule can tell the days of; nil stands for any.
  ///
  /// Chinese dates are known for ``ChineseCalendar/years``, and Japan's equinoxes by formula from
  /// 1980 to 2099.
  var years: ClosedRange<Int>? {
    switch self {
    case .chinese, .qingming: ChineseCalendar.years
    case .japaneseVernalEquinox, .japaneseAutumnalEquinox: 1980...2099
    case .shifted(let rule, _): rule.years
    case .fixed, .weekday, .weekdayFrom, .easter, .orthodoxEaster, .dates: nil
    }
  }

  /// The days of a year, in no particular order. The year must be among ``years``.
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

  /// The formula of the almanac of Shinkō Nagasawa, good for 1980 to 2099: the equinox moves by
  /// 0.242194 days a year, and back by one with each leap day.
  private func equinox(_ year: Int, month: Int, dayIn1980: Double) -> CalendarDate {
    let elapsed = year - 1980
    let day = Int(dayIn1980 + 0.242194 * Double(elapsed)) - elapsed / 4
    return CalendarDate(year: year, month: month, day: day)!
  }
}

extension CalendarDate {
  /// The first such weekday on this day or after it.
  func onOrAfter(_ other: Weekday) -> CalendarDate {
    advanced(by: (other.rawValue - weekday + 7) % 7)
  }
}
