/// The days of each month on which wages are paid.
public struct PaydayCalendar: EventCalendar {
  /// The days of the month, from 1. Negative values count from the end of the month: −1 is the last
  /// day.
  public let daysOfMonth: [Int]
  /// A Boolean value that indicates whether a payday on a weekend moves to the Friday before.
  public let avoidsWeekends: Bool

  /// Creates a calendar of paydays on the given days of each month. Stops the program if a day is 0
  /// or outside of −28 to 28, because not every month has it.
  public init(_ daysOfMonth: [Int], avoidsWeekends: Bool = false) {
    self.daysOfMonth = daysOfMonth
    self.avoidsWeekends = avoidsWeekends
    checkRange()
  }

  /// The calendar's name, `payday`.
  public var name: String { "payday" }

  public func holidays(in year: Int) -> [Holiday] {
    // A payday on the first of January can move to a Friday of the previous year.
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

extension PaydayCalendar: RangeChecked {
  package var fault: String? {
    daysOfMonth.first { $0 == 0 || !(-28...28).contains($0) }.map {
      "expected days of 1 to 28, or -1 to -28, got \($0)"
    }
  }
}
