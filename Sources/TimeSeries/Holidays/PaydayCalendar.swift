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
    self.daysOfMonth = daysOfMonth
    self.avoidsWeekends = avoidsWeekends
    checkRange()
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

extension PaydayCalendar: RangeChecked {
  package var fault: String? {
    daysOfMonth.first { $0 == 0 || !(-28...28).contains($0) }.map {
      "expected days of 1 to 28, or -1 to -28, got \($0)"
    }
  }
}
