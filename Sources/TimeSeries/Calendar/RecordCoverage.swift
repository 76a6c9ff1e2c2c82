/// The range of days that the records of a table cover completely.
///
/// An export rarely starts and ends at a week or month boundary. In a period that the export covers
/// only in part, the recorded sales are only part of the actual sales.
public struct RecordCoverage: Sendable, Equatable {
  /// The days from the first to the last that the records cover completely.
  public let days: Range<CalendarDate>
  /// The days on which the shop is closed, for which no records are expected.
  public let closing: ClosingCalendar

  /// Creates the coverage of a range of days.
  public init(_ days: Range<CalendarDate>, closing: ClosingCalendar = ClosingCalendar()) {
    self.days = days
    self.closing = closing
  }

  /// Creates the coverage of the steps of a calendar. Weekends next to business days need no
  /// records.
  init(of calendar: RegularCalendar, closing: ClosingCalendar) {
    let weekend = ClosingCalendar(weekdays: [.saturday, .sunday])
    self.init(
      calendar.coveredDays,
      closing: calendar.frequency == .businessDay ? closing.union(weekend) : closing)
  }

  /// Returns the range of steps of a calendar that are covered completely.
  public func wholeSteps(of calendar: RegularCalendar) -> Range<Int> {
    let first = (0..<calendar.count).first { isWhole($0, of: calendar) } ?? calendar.count
    let last = (first..<calendar.count).last { isWhole($0, of: calendar) }
    return first..<(last.map { $0 + 1 } ?? first)
  }

  /// Returns the steps of a calendar that are covered only in part, before and after those covered
  /// completely.
  public func partialPeriods(of calendar: RegularCalendar) -> [PartialPeriod] {
    let whole = wholeSteps(of: calendar)
    return (0..<calendar.count).filter { !whole.contains($0) }.map { step in
      let period = calendar.days(of: step)
      return PartialPeriod(
        start: period.lowerBound, frequency: calendar.frequency, days: period.count,
        coveredDays: period.count { days.contains($0) })
    }
  }

  private func isWhole(_ step: Int, of calendar: RegularCalendar) -> Bool {
    let period = calendar.days(of: step)
    if period.clamped(to: days) == period { return true }
    return period.allSatisfy { days.contains($0) || closing.contains($0) }
      && period.contains { days.contains($0) }
  }
}

/// A day, week, month, quarter, or year that the records of a table cover only in part.
public struct PartialPeriod: Sendable, Equatable, Codable {
  /// The first day of the period.
  public let start: CalendarDate
  /// The name of the period, such as `week`.
  public let unit: String
  /// The number of days in the period.
  public let days: Int
  /// The number of days that the records cover completely.
  public let coveredDays: Int

  init(start: CalendarDate, frequency: Frequency, days: Int, coveredDays: Int) {
    self.start = start
    unit = frequency.unit
    self.days = days
    self.coveredDays = coveredDays
  }
}

extension PartialPeriod: CustomStringConvertible {
  /// A description, such as `the week from 2024-05-20: the records cover 2 of its 7 days`.
  public var description: String {
    days == 1
      ? "\(start): the records cover a part of the day"
      : "the \(unit) from \(start): the records cover \(coveredDays) of its \(days) days"
  }
}
