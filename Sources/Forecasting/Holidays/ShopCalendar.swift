/// An event of a shop or of its market that moves sales: a sale, a day of gifts, a campaign.
public struct ShopEvent: Hashable, Sendable {
  /// The event's name.
  public let name: String
  /// The days on which it begins.
  public let rule: DateRule
  /// The number of days that it lasts.
  public let dayCount: Int

  /// An event that begins on the days of a rule. A `dayCount` below 1 stops the program.
  public init(_ name: String, _ rule: DateRule, dayCount: Int = 1) {
    guard dayCount >= 1 else {
      fatalError("ShopEvent: expected a dayCount of at least 1, got \(dayCount)")
    }
    self.name = name
    self.rule = rule
    self.dayCount = dayCount
  }

  /// The Friday after Thanksgiving Day of the United States.
  public static let blackFriday = ShopEvent(
    "Black Friday", .shifted(.weekday(.thursday, nth: 4, month: 11), days: 1))
  /// The Monday after Thanksgiving Day of the United States.
  public static let cyberMonday = ShopEvent(
    "Cyber Monday", .shifted(.weekday(.thursday, nth: 4, month: 11), days: 4))
  /// The sale of 11 November, 11-11.
  public static let singlesDay = ShopEvent("Singles' Day", .fixed(month: 11, day: 11))
  /// The sale of 12 December, 12-12.
  public static let doubleTwelve = ShopEvent("Double Twelve", .fixed(month: 12, day: 12))
  /// The Chinese sale of 18 June, 618.
  public static let sixEighteen = ShopEvent("618", .fixed(month: 6, day: 18))
  /// The Chinese day of lovers, on the seventh day of the seventh month.
  public static let qixi = ShopEvent("Qixi", .chinese(month: 7, day: 7))
  /// 14 February.
  public static let valentinesDay = ShopEvent("Valentine's Day", .fixed(month: 2, day: 14))
  /// International Women's Day, 8 March.
  public static let womensDay = ShopEvent("Women's Day", .fixed(month: 3, day: 8))
  /// The second Sunday of May, as in the Americas, Australia, China, Germany, Italy and Japan.
  public static let mothersDay = ShopEvent(
    "Mother's Day", .weekday(.sunday, nth: 2, month: 5))
  /// The fourth Sunday of Lent, as in the United Kingdom.
  public static let motheringSunday = ShopEvent("Mothering Sunday", .easter(-21))
  /// The third Sunday of June.
  public static let fathersDay = ShopEvent(
    "Father's Day", .weekday(.sunday, nth: 3, month: 6))
  /// 31 October.
  public static let halloween = ShopEvent("Halloween", .fixed(month: 10, day: 31))
  /// 24 December.
  public static let christmasEve = ShopEvent("Christmas Eve", .fixed(month: 12, day: 24))
}

/// The events of a shop: the market's, and its own.
///
/// ```swift
/// let primeDay = ShopEvent(
///   "Prime Day", .dates([CalendarDate(year: 2026, month: 7, day: 7)!]), dayCount: 4)
/// let events = ShopCalendar([.blackFriday, .cyberMonday, .singlesDay, primeDay])
/// ```
public struct ShopCalendar: EventCalendar {
  public let name: String
  /// The events.
  public let events: [ShopEvent]

  /// A calendar of some events.
  public init(_ events: [ShopEvent], name: String = "shop") {
    self.name = name
    self.events = events
  }

  /// The events of a table: what falls on each day, a row for each.
  ///
  /// Years without a row have no event. Stops the program unless there is a name for each date.
  public init(names: [String], dates: [CalendarDate], name: String = "shop") {
    guard names.count == dates.count else {
      fatalError(
        "ShopCalendar: expected a name for each of \(dates.count) dates, got \(names.count)")
    }
    let rows = Dictionary(grouping: zip(names, dates), by: \.0)
    self.init(
      rows.keys.sorted().map { ShopEvent($0, .dates(rows[$0]!.map(\.1).sorted())) }, name: name)
  }

  public func holidays(in year: Int) throws(HolidayError) -> [Holiday] {
    var holidays: [Holiday] = []
    for event in events {
      if let covered = event.rule.years, !covered.contains(year) {
        throw .yearNotCovered(calendar: event.name, year: year, covered: covered)
      }
      // An event of the year before may last into this one.
      let known = [year - 1, year].filter { event.rule.years?.contains($0) != false }
      for first in known.flatMap(event.rule.days) {
        holidays += (0..<event.dayCount).map {
          Holiday(date: first.advanced(by: $0), name: event.name)
        }
      }
    }
    return holidays.filter { $0.date.year == year }
      .sorted { ($0.date, $0.name) < ($1.date, $1.name) }
  }
}

/// The days on which wages are paid, month for month.
public struct PaydayCalendar: EventCalendar {
  /// The days of the month, from 1; counted from the month's end where negative, so that −1 is its
  /// last day.
  public let daysOfMonth: [Int]
  /// Whether wages that would be paid on a weekend come on the Friday before.
  public let avoidsWeekends: Bool

  /// Paydays on some days of each month. Stops the program at a day outside of −28 to 28, or at 0:
  /// not every month has it.
  public init(_ daysOfMonth: [Int], avoidsWeekends: Bool = false) {
    if let day = daysOfMonth.first(where: { $0 == 0 || abs($0) > 28 }) {
      fatalError("PaydayCalendar: expected days of 1 to 28, or -1 to -28, got \(day)")
    }
    self.daysOfMonth = daysOfMonth
    self.avoidsWeekends = avoidsWeekends
  }

  public var name: String { "payday" }

  public func holidays(in year: Int) -> [Holiday] {
    // The Friday before the first of January is of the year before.
    (0...12).flatMap { month in
      daysOfMonth.map { day in
        let first = CalendarDate(firstDayOfMonth: year * 12 + month)
        let next = CalendarDate(firstDayOfMonth: year * 12 + month + 1)
        return payday(day > 0 ? first.advanced(by: day - 1) : next.advanced(by: day))
      }
    }
    .filter { $0.year == year }.sorted().map { Holiday(date: $0, name: name) }
  }

  private func payday(_ date: CalendarDate) -> CalendarDate {
    avoidsWeekends ? date.advanced(by: min(0, Weekday.friday.rawValue - date.weekday)) : date
  }
}
