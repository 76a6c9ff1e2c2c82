/// The days on which a shop is closed, in the past and in the future.
///
/// The calendar also applies to the future: a panel passes it to its forecasts, which are 0 on
/// closed days.
public struct ClosingCalendar: Sendable, Hashable, Codable {
  /// The weekdays on which the shop is closed.
  public var weekdays: Set<Weekday>
  /// The days on which the shop is closed every year.
  public var annualDays: Set<AnnualDay>
  /// Individual dates on which the shop is closed.
  public var dates: Set<CalendarDate>

  /// Creates a calendar with the given closed days. Without any, the shop is always open.
  public init(
    weekdays: Set<Weekday> = [], annualDays: Set<AnnualDay> = [], dates: Set<CalendarDate> = []
  ) {
    self.weekdays = weekdays
    self.annualDays = annualDays
    self.dates = dates
  }

  /// A Boolean value that indicates whether the shop is never closed.
  public var isEmpty: Bool { weekdays.isEmpty && annualDays.isEmpty && dates.isEmpty }

  /// Returns a Boolean value that indicates whether the shop is closed on a day.
  public func contains(_ date: CalendarDate) -> Bool {
    weekdays.contains { $0.rawValue == date.weekday } || dates.contains(date)
      || annualDays.contains { $0.contains(date) }
  }

  /// Returns a Boolean value that indicates whether the shop is closed on all days of a step of a
  /// calendar. The step may lie after the calendar's end.
  public func isClosed(_ step: Int, of calendar: RegularCalendar) -> Bool {
    !isEmpty && calendar.days(of: step).allSatisfy(contains)
  }

  /// Returns the closed days of both calendars.
  public func union(_ other: ClosingCalendar) -> ClosingCalendar {
    ClosingCalendar(
      weekdays: weekdays.union(other.weekdays), annualDays: annualDays.union(other.annualDays),
      dates: dates.union(other.dates))
  }
}

/// A day that occurs once a year.
public enum AnnualDay: Sendable, Hashable, Codable {
  /// A fixed day of a month.
  case fixed(month: Int, day: Int)
  /// A number of days after Western Easter Sunday, or before it if negative.
  case easter(days: Int)
  /// The n-th weekday of a month, starting at 1, or the last one if `nth` is −1.
  case weekday(Weekday, nth: Int, month: Int)

  /// Returns a Boolean value that indicates whether a date is this day of its year.
  public func contains(_ date: CalendarDate) -> Bool {
    let (year, month, day) = date.components
    switch self {
    case .fixed(let ownMonth, let ownDay): return month == ownMonth && day == ownDay
    case .easter(let days): return Easter.western(year).advanced(by: days) == date
    case .weekday(let weekday, let nth, let ownMonth):
      guard month == ownMonth, date.weekday == weekday.rawValue else { return false }
      return nth > 0
        ? (day - 1) / 7 + 1 == nth : day + 7 > CalendarDate.dayCount(ofMonth: month, year: year)
    }
  }
}

extension ClosingCalendar {
  private enum CodingKeys: CodingKey { case weekdays, annualDays, dates }

  /// Decodes a calendar.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      weekdays: Set(try values.decode([Weekday].self, forKey: .weekdays)),
      annualDays: Set(try values.decode([AnnualDay].self, forKey: .annualDays)),
      dates: Set(try values.decode([CalendarDate].self, forKey: .dates)))
  }

  /// Encodes the days in a fixed order.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(weekdays.sorted { $0.rawValue < $1.rawValue }, forKey: .weekdays)
    try values.encode(
      annualDays.sorted { "\($0)" < "\($1)" }, forKey: .annualDays)
    try values.encode(dates.sorted(), forKey: .dates)
  }
}

extension Weekday: Codable {}

extension ClosingCalendar: CustomStringConvertible {
  /// A description of the closed days, such as `every saturday, 25 December each year`.
  public var description: String {
    let texts =
      weekdays.sorted { $0.rawValue < $1.rawValue }.map { "every \($0)" }
      + annualDays.map { "\($0) each year" }.sorted()
      + dates.sorted().prefix(12).map(\.description)
      + (dates.count > 12 ? ["\(dates.count - 12) more"] : [])
    return texts.isEmpty ? "never" : texts.joined(separator: ", ")
  }
}

extension AnnualDay: CustomStringConvertible {
  /// A description of the day, such as `25 December`, `Easter Sunday + 1`, or `4th thursday of
  /// November`.
  public var description: String {
    switch self {
    case .fixed(let month, let day): "\(day) \(Self.months[month - 1])"
    case .easter(let days):
      "Easter Sunday" + (days == 0 ? "" : days > 0 ? " + \(days)" : " − \(-days)")
    case .weekday(let weekday, let nth, let month):
      (nth > 0 ? Self.ordinals[nth - 1] : "last") + " \(weekday) of \(Self.months[month - 1])"
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let ordinals = ["1st", "2nd", "3rd", "4th", "5th"]
}

extension AnnualDay {
  /// A Boolean value that indicates whether the day exists. A value decoded from a file may not.
  var isValid: Bool {
    switch self {
    case .fixed(let month, let day): CalendarDate(year: 2024, month: month, day: day) != nil
    case .easter(let days): abs(days) <= 366
    case .weekday(_, let nth, let month):
      (1...12).contains(month) && (nth == -1 || (1...5).contains(nth))
    }
  }
}
