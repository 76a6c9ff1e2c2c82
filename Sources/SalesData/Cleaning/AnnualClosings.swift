/// A search for the days on which a shop is closed each year.
///
/// A day counts if it occurs in the data at least twice on a weekday on which the shop is open, and
/// the shop was closed each time. Days of a month, such as December 25, are considered first, then
/// days around Easter, and then weekdays of a month, such as the 4th Thursday of November. Weekdays
/// of a month only count if the shop is open on the adjacent days, and outside of the weeks around
/// Christmas, whose holidays move between weekdays.
struct AnnualClosings {
  private let calendar: RegularCalendar
  private let weekdays: Set<Weekday>
  private let isSilent: (Int) -> Bool
  private let expected: (Int) -> Double
  private let leastExpected: Double

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - weekdays: The weekdays on which the shop is always closed.
  ///   - isSilent: Returns a Boolean value that indicates whether (nearly) nothing is sold at a
  ///     step.
  ///   - expected: Returns the expected number of series with sales at a step.
  ///   - leastExpected: The minimum expected number of series with sales, summed over the steps of
  ///     a day of the year.
  init(
    of calendar: RegularCalendar, closedOn weekdays: Set<Weekday>, leastExpected: Double,
    isSilent: @escaping (Int) -> Bool, expected: @escaping (Int) -> Double
  ) {
    self.calendar = calendar
    self.weekdays = weekdays
    self.isSilent = isSilent
    self.expected = expected
    self.leastExpected = leastExpected
  }

  /// Returns the days of the year on which the shop is closed, or none if steps are neither days nor
  /// business days.
  func find() -> Set<AnnualDay> {
    guard [.day, .businessDay].contains(calendar.frequency) else { return [] }
    let silent = (0..<calendar.count).filter { isOpenWeekday($0) && isSilent($0) }
    var found: Set<AnnualDay> = []
    for candidates in [fixed, easter, countedWeekdays, lastWeekdays] {
      let unexplained = silent.filter { step in
        !found.contains { $0.contains(calendar.date(at: step)) }
      }
      for day in Set(unexplained.flatMap(candidates)) where isClosedEachYear(day) {
        found.insert(day)
      }
    }
    return found
  }

  private func fixed(_ step: Int) -> [AnnualDay] {
    let date = calendar.date(at: step)
    return [.fixed(month: date.month, day: date.day)]
  }

  private func easter(_ step: Int) -> [AnnualDay] {
    let date = calendar.date(at: step)
    let days = Easter.western(date.year).distance(to: date)
    return Self.easterDays.contains(days) ? [.easter(days: days)] : []
  }

  private func countedWeekdays(_ step: Int) -> [AnnualDay] {
    let date = calendar.date(at: step)
    let nth = (date.day - 1) / 7 + 1
    guard nth < 5, let weekday = weekdayOfMonth(step) else { return [] }
    return [.weekday(weekday, nth: nth, month: date.month)]
  }

  private func lastWeekdays(_ step: Int) -> [AnnualDay] {
    let date = calendar.date(at: step)
    guard let weekday = weekdayOfMonth(step) else { return [] }
    let last = AnnualDay.weekday(weekday, nth: -1, month: date.month)
    return last.contains(date) ? [last] : []
  }

  /// Returns the weekday of a step, or `nil` if it does not count as a weekday of a month.
  private func weekdayOfMonth(_ step: Int) -> Weekday? {
    let date = calendar.date(at: step)
    guard (2...11).contains(date.month), isOpen(step - 1), isOpen(step + 1) else { return nil }
    return Weekday(rawValue: date.weekday)
  }

  /// Maundy Thursday to Easter Monday, Ascension Day, Whit Sunday and Monday, and Corpus Christi.
  private static let easterDays: Set<Int> = [-3, -2, -1, 0, 1, 39, 49, 50, 60]

  /// Returns a Boolean value that indicates whether the shop was closed on a day of the year at
  /// least twice, and never open.
  private func isClosedEachYear(_ day: AnnualDay) -> Bool {
    let steps = (0..<calendar.count).filter { step in
      isOpenWeekday(step) && expected(step) > 0 && day.contains(calendar.date(at: step))
    }
    return steps.count >= 2 && steps.allSatisfy(isSilent)
      && steps.reduce(0) { $0 + expected($1) } >= leastExpected
  }

  private func isOpenWeekday(_ step: Int) -> Bool {
    let weekday = calendar.date(at: step).weekday
    return !weekdays.contains { $0.rawValue == weekday }
  }

  /// Returns a Boolean value that indicates whether the shop is open on a step, or the step is on a
  /// weekday on which it is always closed.
  private func isOpen(_ step: Int) -> Bool {
    guard (0..<calendar.count).contains(step) else { return true }
    return !isOpenWeekday(step) || !isSilent(step)
  }
}
