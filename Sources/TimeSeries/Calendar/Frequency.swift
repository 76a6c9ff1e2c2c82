/// The step of a regular calendar. A step is named by its first day and, if it is an hour, by that hour.
public enum Frequency: Hashable, Sendable {
  /// One step is one hour of the clock. Every day has 24 of them.
  case hour
  /// One step is one day.
  case day
  /// One step is one day from Monday to Friday. Saturdays and Sundays are no steps; holidays are.
  case businessDay
  /// One step is seven days from one such weekday to the next. ISO 8601's weeks, and those of most
  /// shops, start on Monday; Walmart's start on Saturday.
  case week(startingOn: Weekday = .monday)
  /// One step is one calendar month.
  case month
  /// One step is three months, from January, April, July or October on.
  case quarter
  /// One step is one calendar year.
  case year

  /// Returns the first day of the step that holds a date.
  ///
  /// A date of a weekend belongs to the business day before it, and a date to the first of its hours.
  public func start(of date: CalendarDate) -> CalendarDate {
    firstDay(ofStep: number(of: date))
  }

  /// Returns the first day of the step that is `count` steps after the one that holds `date`, or before it
  /// if `count` is negative.
  public func date(_ date: CalendarDate, advancedBy count: Int) -> CalendarDate {
    firstDay(ofStep: number(of: date) + count)
  }

  /// Returns the number of steps from the one that holds `start` to the one that holds `end`.
  public func steps(from start: CalendarDate, to end: CalendarDate) -> Int {
    number(of: end) - number(of: start)
  }

  /// The number of steps after which sales of a shop most plainly repeat: the 24 hours of a day, the
  /// seven days or five business days of a week, else the steps of a year. A year has 52 weeks and a day
  /// or two.
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

  /// The numbers of steps after which sales repeat, ascending, for models of several seasons: hours repeat
  /// after a day and after a week.
  public var seasonLengths: [Int] { self == .hour ? [24, 168] : [seasonLength] }
}

// MARK: - Running numbers

extension Frequency {
  /// Returns the running number of the step that holds an hour of a date, counted from a step around the
  /// year 0 or 1970. Only steps of hours depend on the hour.
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

  /// Returns the running number of the first step that begins at an hour of a date or later.
  package func number(ofFirstStepFrom date: CalendarDate, hour: Int = 0) -> Int {
    self == .hour
      ? number(of: date, hour: hour) : number(of: date.advanced(by: hour > 0 ? 0 : -1)) + 1
  }

  /// Returns the first day of the step of a running number.
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

  /// Returns the hour of the day at which the step of a running number begins; nil unless steps are hours.
  package func hour(ofStep number: Int) -> Int? {
    self == .hour ? number - number.floorDivided(by: 24) * 24 : nil
  }

  /// Returns the days on which the step of a running number lies: of an hour its day, and of a Friday that
  /// is a business day not the weekend after it.
  package func days(ofStep number: Int) -> Range<CalendarDate> {
    let first = firstDay(ofStep: number)
    switch self {
    case .hour, .businessDay: return first..<first.advanced(by: 1)
    default: return first..<firstDay(ofStep: number + 1)
    }
  }

  /// The number of a day that is such a weekday: 1969-12-29 was a Monday.
  private static func first(_ weekday: Weekday) -> Int { weekday.rawValue - 4 }
}

extension Frequency {
  /// The name of several steps, such as `weeks`.
  public var units: String { unit + "s" }

  /// The name of one step, wherever weeks start.
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
  /// A Boolean value that indicates whether a step lies on one day.
  package var isWithinDay: Bool { [.hour, .day, .businessDay].contains(self) }

  /// The weekday on which steps start, if they are weeks.
  package var weekStart: Weekday? {
    if case .week(let weekday) = self { weekday } else { nil }
  }

  /// The name of several steps, such as `months` or `weeks from monday`.
  package var plural: String {
    if case .week(let weekday) = self { "weeks from \(weekday)" } else { unit + "s" }
  }
}

extension Frequency {
  /// One step with its article, such as `an hour` or `a week from monday`.
  package var withArticle: String { description.withArticle }

  /// One step with its article, wherever weeks start, such as `a week`.
  package var unitWithArticle: String { unit.withArticle }
}

extension Frequency: CustomStringConvertible {
  /// Such as `month` or `week from monday`.
  public var description: String {
    if case .week(let weekday) = self { "week from \(weekday)" } else { unit }
  }
}
