/// A day on which a named event falls, such as a public holiday or a sale.
public struct Holiday: Hashable, Sendable {
  /// The day.
  public let date: CalendarDate
  /// The event's name. The names of public holidays are in English.
  public let name: String
  /// A Boolean value that indicates whether the country's rules make this day off in place of, or
  /// in addition to, the holiday itself.
  public let isObserved: Bool

  /// Creates an event on a day.
  public init(date: CalendarDate, name: String, isObserved: Bool = false) {
    self.date = date
    self.name = name
    self.isObserved = isObserved
  }
}

/// A type that provides the days of events, such as a country's public holidays or a shop's own
/// events.
public protocol EventCalendar: Sendable, Codable {
  /// The name of the calendar, such as `US`, which is part of feature names.
  var name: String { get }

  /// Returns the events of a year, sorted by date. Several events can fall on one day.
  ///
  /// - Throws: A `HolidayError` if the days of that year are not known.
  func holidays(in year: Int) throws(HolidayError) -> [Holiday]
}

/// An error that occurs when a calendar cannot determine its days.
public enum HolidayError: Error, Equatable {
  /// The calendar does not know the days of a year, because they are not yet announced or are
  /// outside of its table.
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
