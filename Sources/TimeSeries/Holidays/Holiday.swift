/// A day on which a named event falls: a public holiday, a sale.
public struct Holiday: Hashable, Sendable {
  /// The day.
  public let date: CalendarDate
  /// The event's name, in English for public holidays.
  public let name: String
  /// Whether the day is off in place of another, or in addition to it, by the rules of the country.
  public let isObserved: Bool

  /// An event on a day.
  public init(date: CalendarDate, name: String, isObserved: Bool = false) {
    self.date = date
    self.name = name
    self.isObserved = isObserved
  }
}

/// What tells the days of events: a country's public holidays, a shop's own.
public protocol EventCalendar: Sendable, Codable {
  /// What it is of, for the names of features, such as `US`.
  var name: String { get }

  /// The events of a year, by date; several may fall on one day.
  ///
  /// - Throws: `HolidayError` where the days of that year are not known.
  func holidays(in year: Int) throws(HolidayError) -> [Holiday]
}

/// Why a calendar cannot tell its days.
public enum HolidayError: Error, Equatable {
  /// The days of a year are not known to the calendar: they were not yet announced, or lie before
  /// its table.
  case yearNotCovered(calendar: String, year: Int, covered: ClosedRange<Int>)
}

extension HolidayError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .yearNotCovered(let calendar, let year, let covered):
      "the events of \(calendar) are known for \(covered.lowerBound) to \(covered.upperBound), not "
        + "for \(year); slice the panel, or add the days of that year as events of your own"
    }
  }
}
