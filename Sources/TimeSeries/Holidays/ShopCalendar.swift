/// A calendar of the events of a shop and its market.
///
/// ```swift
/// let primeDay = ShopEvent(
///   "Prime Day", .dates([CalendarDate(year: 2026, month: 7, day: 7)!]), dayCount: 4)
/// let events = ShopCalendar([.blackFriday, .cyberMonday, .singlesDay, primeDay])
/// ```
public struct ShopCalendar: EventCalendar {
  /// The calendar's name, which is part of feature names.
  public let name: String
  /// The events.
  public let events: [ShopEvent]

  /// Creates a calendar of the given events.
  public init(_ events: [ShopEvent], name: String = "shop") {
    self.name = name
    self.events = events
  }

  /// Creates a calendar from a table with one row for each event and day.
  ///
  /// Years without a row have no events. Stops the program if the numbers of names and dates
  /// differ.
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
      // An event of the previous year can last into this one, and an event that precedes a day of
      // the next year can begin in this one.
      let known = (year - 1...year + 1).filter { event.rule.years?.contains($0) != false }
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

extension ShopCalendar: RangeChecked {
  package var fault: String? {
    events.first { $0.dayCount < 1 }.map {
      "expected a dayCount of at least 1 for \($0.name.debugDescription), got \($0.dayCount)"
    }
  }
}
