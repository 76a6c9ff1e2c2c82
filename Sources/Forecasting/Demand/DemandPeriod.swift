/// The length of time over which order lines are summed.
public enum DemandPeriod: Hashable, Sendable {
  /// A day of the calendar.
  case day
  /// Seven days; `firstWeekday` is the first of them, by ISO 8601: Monday is 1, Sunday is 7.
  case week(firstWeekday: Int)
  /// A month of the calendar.
  case month

  /// Seven days from Monday, as ISO 8601 has them.
  public static let week = DemandPeriod.week(firstWeekday: 1)

  /// The first day of the period that a day is in.
  public func start(of date: CalendarDate) -> CalendarDate {
    start(ofPeriod: number(ofDay: date.dayNumber))
  }

  /// The running number of the period that a day is in, of which 1970-01-01 has about 0.
  func number(ofDay day: Int) -> Int {
    switch self {
    case .day: return day
    case .week(let firstWeekday):
      // 1970-01-01 was a Thursday, the fourth day of its week.
      let shifted = day + 4 - firstWeekday
      return (shifted >= 0 ? shifted : shifted - 6) / 7
    case .month:
      let (year, month, _) = CalendarDate(dayNumber: day).components
      return (year - 1970) * 12 + month - 1
    }
  }

  /// The first day of a period of a running number.
  func start(ofPeriod number: Int) -> CalendarDate {
    switch self {
    case .day: return CalendarDate(dayNumber: number)
    case .week(let firstWeekday): return CalendarDate(dayNumber: number * 7 + firstWeekday - 4)
    case .month:
      let year = 1970 + (number >= 0 ? number : number - 11) / 12
      return CalendarDate(year: year, month: number - (year - 1970) * 12 + 1, day: 1)!
    }
  }

  /// A first day of the week that is none stops the program.
  func check(_ operation: String) {
    if case .week(let firstWeekday) = self, !(1...7).contains(firstWeekday) {
      fatalError("\(operation): expected a first weekday in 1...7, got \(firstWeekday)")
    }
  }
}
