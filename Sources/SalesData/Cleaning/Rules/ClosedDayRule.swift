/// Makes gaps of the zeros on days on which the shop was closed, so that they do not count as days
/// without demand. What was sold there all the same stays.
///
/// The days to come on which the shop is closed are added to the panel's ``Panel/closing``, so that
/// forecasts are 0 there: given weekdays and dates, and found weekdays and days of the year.
public struct ClosedDayRule: CleaningRule, Hashable {
  private enum Days: Hashable {
    case given(weekdays: Set<Weekday>, dates: Set<CalendarDate>)
    case found(ClosedDayFinder)
  }

  private let days: Days

  /// The shop is closed on these weekdays and dates. Dates outside of a panel's calendar are no
  /// fault; where steps are longer than days, a date names the step that it is the first day of.
  /// Causal.
  public init(weekdays: Set<Weekday> = [], dates: Set<CalendarDate> = []) {
    days = .given(weekdays: weekdays, dates: dates)
  }

  /// The shop is closed on days that are found in the panel itself. Looks ahead: what is usual is
  /// taken from all of the panel.
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

  /// The panel without the zeros of closed days. Weekdays in a panel whose steps are longer than a
  /// day stop the program.
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
      guard weekdays.isEmpty || panel.calendar.frequency == .day else {
        fatalError(
          "ClosedDayRule: expected a daily panel for weekdays, got steps of a "
            + "\(panel.calendar.frequency)")
      }
      let numbers = Set(weekdays.map(\.rawValue))
      let steps = (0..<panel.calendar.count).filter { step in
        let date = panel.calendar.date(at: step)
        return dates.contains(date) || numbers.contains(date.weekday)
      }
      // A date names a step, which may be a week.
      let days = dates.flatMap { date in
        let start = panel.calendar.frequency.start(of: date)
        return start == date
          ? start..<panel.calendar.frequency.date(date, advancedBy: 1) : date..<date
      }
      return (steps, ClosingCalendar(weekdays: weekdays, dates: Set(days)))
    }
  }
}
