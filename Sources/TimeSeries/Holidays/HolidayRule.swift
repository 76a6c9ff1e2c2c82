/// A public holiday of a country: its date rule, the years in which it applies, and the observance
/// when it falls on a weekend.
struct HolidayRule: Sendable {
  let name: String
  let rule: DateRule
  let years: ClosedRange<Int>
  let observance: Observance

  init(
    _ name: String, _ rule: DateRule, since first: Int = Int.min, until last: Int = Int.max,
    _ observance: Observance = .none
  ) {
    self.name = name
    self.rule = rule
    years = first...last
    self.observance = observance
  }
}

/// The observance of a holiday that falls on a weekend.
enum Observance: Sendable {
  /// No change.
  case none
  /// The Friday before is off for a holiday on a Saturday, and the Monday after for one on a
  /// Sunday.
  case nearestWeekday
  /// The next weekday that is not already off is off for a holiday on a Saturday or Sunday.
  case nextFreeWeekday
  /// The next day that is not already off is off for a holiday on a Sunday.
  case nextFreeDayAfterSunday
  /// A holiday on a Sunday moves to the Saturday before.
  case movesFromSundayToSaturday
  /// A holiday on a Sunday is canceled.
  case lapsesOnSunday
}

/// The public holidays of a country, as data.
struct HolidayTable: Sendable {
  /// The years for which the table is correct.
  let years: ClosedRange<Int>
  let rules: [HolidayRule]
  /// The name for a day that is off because the days before and after it are holidays, or `nil` if
  /// the country has no such rule.
  var bridge: String?

  /// Returns the holidays of a year, sorted by date. The year must be in ``years``.
  func holidays(in year: Int) -> [Holiday] {
    // Substitute days and bridge days can cross into the adjacent year.
    var holidays = (year - 1...year + 1).flatMap(namedDays)
    var taken = Set(holidays.map(\.holiday.date))
    for (holiday, observance) in holidays {
      guard let date = observance.dayOff(for: holiday.date, taken) else { continue }
      taken.insert(date)
      holidays.append((Holiday(date: date, name: holiday.name, isObserved: true), .none))
    }
    return (holidays.map(\.holiday) + bridgeDays(holidays.map(\.holiday), taken))
      .filter { $0.date.year == year }
      .sorted { ($0.date, $0.name) < ($1.date, $1.name) }
  }

  /// Returns the holidays of a year on the days that their rules specify, sorted by date.
  private func namedDays(_ year: Int) -> [(holiday: Holiday, observance: Observance)] {
    rules.filter { $0.years.contains(year) && $0.rule.years?.contains(year) != false }
      .flatMap { rule in
        rule.rule.days(in: year).compactMap { date in
          rule.observance.day(of: date).map {
            (Holiday(date: $0, name: rule.name), rule.observance)
          }
        }
      }
      .sorted { $0.0.date < $1.0.date }
  }

  /// Returns the days between two holidays that are not holidays themselves.
  private func bridgeDays(_ holidays: [Holiday], _ taken: Set<CalendarDate>) -> [Holiday] {
    guard let bridge else { return [] }
    let named = Set(holidays.lazy.filter { !$0.isObserved }.map(\.date))
    return named.compactMap { date in
      let between = date.advanced(by: 1)
      guard named.contains(date.advanced(by: 2)), !taken.contains(between) else { return nil }
      return Holiday(date: between, name: bridge, isObserved: true)
    }
  }
}

extension Observance {
  /// Returns the day on which a holiday takes place whose rule specifies `date`, or `nil` if it is
  /// canceled.
  fileprivate func day(of date: CalendarDate) -> CalendarDate? {
    guard date.isOn(.sunday) else { return date }
    return switch self {
    case .movesFromSundayToSaturday: date.advanced(by: -1)
    case .lapsesOnSunday: nil
    case .none, .nearestWeekday, .nextFreeWeekday, .nextFreeDayAfterSunday: date
    }
  }

  /// Returns the day that is off in addition to the holiday itself, or `nil` if there is none.
  fileprivate func dayOff(for date: CalendarDate, _ taken: Set<CalendarDate>) -> CalendarDate? {
    switch self {
    case .none, .movesFromSundayToSaturday, .lapsesOnSunday:
      return nil
    case .nearestWeekday:
      if date.isOn(.saturday) { return date.advanced(by: -1) }
      return date.isOn(.sunday) ? date.advanced(by: 1) : nil
    case .nextFreeWeekday:
      guard date.isOnWeekend else { return nil }
      return following(date) { !$0.isOnWeekend && !taken.contains($0) }
    case .nextFreeDayAfterSunday:
      guard date.isOn(.sunday) else { return nil }
      return following(date) { !taken.contains($0) }
    }
  }

  private func following(
    _ date: CalendarDate, where isFree: (CalendarDate) -> Bool
  ) -> CalendarDate {
    var next = date.advanced(by: 1)
    while !isFree(next) { next = next.advanced(by: 1) }
    return next
  }
}

extension CalendarDate {
  fileprivate func isOn(_ other: Weekday) -> Bool { weekday == other.rawValue }
  fileprivate var isOnWeekend: Bool { isOn(.saturday) || isOn(.sunday) }
}
