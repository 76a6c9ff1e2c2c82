/// A rule that turns zeros on days when the shop was closed into gaps, so that they do not count as
/// days without demand. Sales on such days are kept.
///
/// Future closed days are added to the panel's ``Panel/closing``, so that forecasts are 0 there:
/// given weekdays and dates, and detected weekdays and days of the year.
public struct ClosedDayRule: CleaningRule, Hashable {
  private enum Days: Hashable {
    case given(weekdays: Set<Weekday>, dates: Set<CalendarDate>)
    case found(ClosedDayFinder)
  }

  private let days: Days

  /// Creates a rule for the given weekdays and dates. Dates outside of a panel's calendar are
  /// ignored. If steps are longer than days, a date identifies the step that starts on it. This
  /// rule is causal.
  public init(weekdays: Set<Weekday> = [], dates: Set<CalendarDate> = []) {
    days = .given(weekdays: weekdays, dates: dates)
  }

  /// Creates a rule for the days that a search finds in the panel. This rule uses future values,
  /// because the search considers the whole panel.
  public init(found finder: ClosedDayFinder) { days = .found(finder) }

  public var name: String {
    switch days {
    case .given: "closed days, as given: mask"
    case .found: "closed days, as found: mask"
    }
  }

  public var isCausal: Bool {
    switch days {
    case .given: true
    case .found: false
    }
  }

  /// Returns the panel without the zeros of closed days. Stops the program if weekdays are given
  /// and the panel's steps are longer than a day.
  public func cleaned(_ panel: Panel) -> Panel {
    let (steps, closing) = closedSteps(of: panel)
    let panel = panel.closed(on: panel.closing.union(closing))
    guard !steps.isEmpty else { return panel }
    return panel.mapCells { row in
      for step in steps where row.steps.contains(step) {
        let cell = step - row.steps.lowerBound
        if row.states[cell] == .observed, row.values[cell] == 0 { row.mask(cell) }
      }
    }
  }

  private func closedSteps(of panel: Panel) -> (steps: [Int], closing: ClosingCalendar) {
    switch days {
    case .found(let finder):
      let found = finder.find(in: panel)
      return (found.steps, found.closing)
    case .given(let weekdays, let dates):
      guard weekdays.isEmpty || panel.calendar.frequency.isWithinDay else {
        fatalError(
          "ClosedDayRule: expected a daily panel for weekdays, got steps of "
            + panel.calendar.frequency.withArticle)
      }
      let numbers = Set(weekdays.map(\.rawValue))
      let steps = (0..<panel.calendar.count).filter { step in
        let date = panel.calendar.date(at: step)
        return dates.contains(date) || numbers.contains(date.weekday)
      }
      // A date identifies a step, which can be a week.
      let days = dates.flatMap { date in
        let start = panel.calendar.frequency.start(of: date)
        return start == date
          ? panel.calendar.frequency.days(ofStep: panel.calendar.frequency.number(of: date))
          : date..<date
      }
      return (steps, ClosingCalendar(weekdays: weekdays, dates: Set(days)))
    }
  }
}
