/// Finds the days on which a shop is closed each year.
///
/// A day counts if it lies in the data at least twice on a weekday on which the shop is open, and the
/// shop was closed each time. Days of a month come first, such as 25 December, then days around
/// Easter, then weekdays of a month, such as the 4th Thursday of November: these only where the shop is
/// open on the days around, and not in the weeks around Christmas, whose holidays move between
/// weekdays.
struct AnnualClosings {
  private let calendar: RegularCalendar
  private let weekdays: Set<Weekday>
  private let isSilent: (Int) -> Bool
  private let expected: (Int) -> Double
  private let leastExpected: Double

  /// - Parameters:
  ///   - weekdays: The weekdays on which the shop is closed anyway.
  ///   - isSilent: Whether (nearly) nothing is sold at a step.
  ///   - expected: The number of series that should sell at a step.
  ///   - leastExpected: What the steps of a day of the year expect together at least.
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

  /// The days of the year on which the shop is closed; none where steps are no days.
  func find() -> Set<AnnualDay> {
    guard calendar.frequency == .day else { return [] }
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

  /// The weekday of a step, nil where it counts for no weekday of a month.
  private func weekdayOfMonth(_ step: Int) -> Weekday? {
    let date = calendar.date(at: step)
    guard (2...11).contains(date.month), isOpen(step - 1), isOpen(step + 1) else { return nil }
    return Weekday(rawValue: date.weekday)
  }

  /// Maundy Thursday to Easter Monday, Ascension Day, Whit Sunday and Monday, and Corpus Christi.
  private static let easterDays: Set<Int> = [-3, -2, -1, 0, 1, 39, 49, 50, 60]

  /// Returns whether the shop was closed on a day of the year at least twice, and never open.
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

  /// Returns whether the shop is open on a step, or on a weekday on which it is closed anyway.
  private func isOpen(_ step: Int) -> Bool {
    guard (0..<calendar.count).contains(step) else { return true }
    return !isOpenWeekday(step) || !isSilent(step)
  }
}
