/// The length of the steps of a regular calendar. A step is identified by its first day and, if it
/// is an hour, by that hour.
public enum Frequency: Hashable, Sendable {
  /// Steps of one hour. Every day has 24 of them.
  case hour
  /// Steps of one day.
  case day
  /// Steps of one day from Monday to Friday. Saturdays and Sundays are not steps; holidays are.
  case businessDay
  /// Steps of seven days that start on the given weekday. ISO 8601 weeks, and those of most shops,
  /// start on Monday; Walmart's start on Saturday.
  case week(startingOn: Weekday = .monday)
  /// Steps of one calendar month.
  case month
  /// Steps of three months that start in January, April, July, and October.
  case quarter
  /// Steps of one calendar year.
  case year

  /// Returns the first day of the step that contains a date.
  ///
  /// A weekend date belongs to the business day before it. For hours, the result is the date
  /// itself.
  public func start(of date: CalendarDate) -> CalendarDate {
    firstDay(ofStep: number(of: date))
  }

  /// Returns the first day of the step that is `count` steps after the step that contains `date`,
  /// or before it if `count` is negative.
  public func date(_ date: CalendarDate, advancedBy count: Int) -> CalendarDate {
    firstDay(ofStep: number(of: date) + count)
  }

  /// Returns the number of steps from the step that contains `start` to the step that contains
  /// `end`.
  public func steps(from start: CalendarDate, to end: CalendarDate) -> Int {
    number(of: end) - number(of: start)
  }

  /// The main season length of a shop's sales, in steps: the 24 hours of a day, the seven days or
  /// five business days of a week, or else the steps of a year. A year counts as 52 weeks.
  public var seasonLength: Int {
    switch self {
    case .hour: 24
    case .day: 7
    case .businessDay: 5
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .year: 1
    }
  }

  /// The season lengths, in steps and ascending, for models with several seasons. Hourly sales have
  /// a daily and a weekly season.
  public var seasonLengths: [Int] { self == .hour ? [24, 168] : [seasonLength] }

  /// The number of steps after which a year has passed. For hours, days, and weeks, a year is 52 weeks, so
  /// that weekdays meet weekdays.
  public var yearLength: Int {
    switch self {
    case .hour: 8736
    case .day: 364
    case .businessDay: 260
    case .week, .month, .quarter, .year: seasonLength
    }
  }
}

// MARK: - Running numbers

extension Frequency {
  /// Returns the serial number of the step that contains an hour of a date, counted from a step
  /// near year 0 or 1970. The hour matters only for hourly steps.
  package func number(of date: CalendarDate, hour: Int = 0) -> Int {
    switch self {
    case .hour: date.dayNumber * 24 + hour
    case .day: date.dayNumber
    case .businessDay:
      Frequency.week().number(of: date) * 5 + min(date.weekday, 5) - 1
    case .week(let weekday): (date.dayNumber - Self.first(weekday)).floorDivided(by: 7)
    case .month: date.year * 12 + date.month - 1
    case .quarter: date.year * 4 + (date.month - 1) / 3
    case .year: date.year
    }
  }

  /// Returns the serial number of the first step that starts at or after an hour of a date.
  package func number(ofFirstStepFrom date: CalendarDate, hour: Int = 0) -> Int {
    self == .hour
      ? number(of: date, hour: hour) : number(of: date.advanced(by: hour > 0 ? 0 : -1)) + 1
  }

  /// Returns the first day of the step with a serial number.
  package func firstDay(ofStep number: Int) -> CalendarDate {
    switch self {
    case .hour: return CalendarDate(dayNumber: number.floorDivided(by: 24))
    case .day: return CalendarDate(dayNumber: number)
    case .businessDay:
      let week = number.floorDivided(by: 5)
      return Frequency.week().firstDay(ofStep: week).advanced(by: number - week * 5)
    case .week(let weekday): return CalendarDate(dayNumber: number * 7 + Self.first(weekday))
    case .month: return CalendarDate(firstDayOfMonth: number)
    case .quarter: return CalendarDate(firstDayOfMonth: number * 3)
    case .year: return CalendarDate(firstDayOfMonth: number * 12)
    }
  }

  /// Returns the hour of the day at which the step with a serial number starts, or nil unless steps
  /// are hours.
  package func hour(ofStep number: Int) -> Int? {
    self == .hour ? number - number.floorDivided(by: 24) * 24 : nil
  }

  /// Returns the days of the step with a serial number. An hour lies on one day. A business day
  /// that is a Friday does not include the weekend after it.
  package func days(ofStep number: Int) -> Range<CalendarDate> {
    let first = firstDay(ofStep: number)
    switch self {
    case .hour, .businessDay: return first..<first.advanced(by: 1)
    default: return first..<firstDay(ofStep: number + 1)
    }
  }

  /// Returns the day number of a day that is the given weekday: 1969-12-29 was a Monday.
  private static func first(_ weekday: Weekday) -> Int { weekday.rawValue - 4 }
}

extension Frequency {
  /// The plural name of the step, such as `weeks`.
  public var units: String { unit + "s" }

  /// The name of one step, without the day on which weeks start.
  public var unit: String {
    switch self {
    case .hour: "hour"
    case .day: "day"
    case .businessDay: "business day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }
}

extension Frequency {
  /// A Boolean value that indicates whether each step lies within one day.
  package var isWithinDay: Bool { [.hour, .day, .businessDay].contains(self) }

  /// The weekday on which steps start, or nil unless steps are weeks.
  package var weekStart: Weekday? {
    if case .week(let weekday) = self { weekday } else { nil }
  }

  /// The plural name of the step, such as `months` or `weeks from monday`.
  package var plural: String {
    if case .week(let weekday) = self { "weeks from \(weekday)" } else { unit + "s" }
  }
}

extension Frequency {
  /// The name of one step with its article, such as `an hour` or `a week from monday`.
  package var withArticle: String { description.withArticle }

  /// The name of one step with its article, without the day on which weeks start, such as `a week`.
  package var unitWithArticle: String { unit.withArticle }
}

extension Frequency: CustomStringConvertible {
  /// The name of one step, such as `month` or `week from monday`.
  public var description: String {
    if case .week(let weekday) = self { "week from \(weekday)" } else { unit }
  }
}
