/// The step of a regular calendar. A step is named by its first day.
///
/// Steps shorter than a day have no place here: a ``CalendarDate`` is a day.
public enum Frequency: Hashable, Sendable {
  /// One step is one day.
  case day
  /// One step is seven days from one such weekday to the next. ISO 8601's weeks, and those of most
  /// shops, start on Monday; Walmart's start on Saturday.
  case week(startingOn: Weekday = .monday)
  /// One step is one calendar month.
  case month
  /// One step is three months, from January, April, July or October on.
  case quarter
  /// One step is one calendar year.
  case year

  /// The first day of the step that holds a date.
  public func start(of date: CalendarDate) -> CalendarDate {
    firstDay(ofStep: number(of: date))
  }

  /// The first day of the step that is `count` steps after the one that holds `date`, or before it
  /// where `count` is negative.
  public func date(_ date: CalendarDate, advancedBy count: Int) -> CalendarDate {
    firstDay(ofStep: number(of: date) + count)
  }

  /// The number of steps from the one that holds `start` to the one that holds `end`.
  public func steps(from start: CalendarDate, to end: CalendarDate) -> Int {
    number(of: end) - number(of: start)
  }

  /// The number of steps after which sales of a shop most plainly repeat: the seven days of a week,
  /// else the steps of a year. A year has 52 weeks and a day or two.
  public var seasonLength: Int {
    switch self {
    case .day: 7
    case .week: 52
    case .month: 12
    case .quarter: 4
    case .year: 1
    }
  }

  /// The running number of the step that holds a date, counted from a step around the year 0 or 1970.
  package func number(of date: CalendarDate) -> Int {
    switch self {
    case .day: date.dayNumber
    case .week(let weekday): (date.dayNumber - Self.first(weekday)).floorDivided(by: 7)
    case .month: date.year * 12 + date.month - 1
    case .quarter: date.year * 4 + (date.month - 1) / 3
    case .year: date.year
    }
  }

  /// The first day of the step of a running number.
  package func firstDay(ofStep number: Int) -> CalendarDate {
    switch self {
    case .day: CalendarDate(dayNumber: number)
    case .week(let weekday): CalendarDate(dayNumber: number * 7 + Self.first(weekday))
    case .month: CalendarDate(firstDayOfMonth: number)
    case .quarter: CalendarDate(firstDayOfMonth: number * 3)
    case .year: CalendarDate(firstDayOfMonth: number * 12)
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
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }
}

extension Frequency {
  /// The weekday on which steps start, if they are weeks.
  package var weekStart: Weekday? {
    if case .week(let weekday) = self { weekday } else { nil }
  }

  /// The name of several steps, such as `months` or `weeks from monday`.
  package var plural: String {
    if case .week(let weekday) = self { "weeks from \(weekday)" } else { unit + "s" }
  }
}

extension Frequency: CustomStringConvertible {
  /// Such as `month` or `week from monday`.
  public var description: String {
    if case .week(let weekday) = self { "week from \(weekday)" } else { unit }
  }
}
