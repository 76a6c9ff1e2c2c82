/// The step of a regular calendar.
public enum Frequency: String, Sendable, CaseIterable {
  /// One step is one day.
  case day

  /// The date that is `count` steps after `date`, or before it where `count` is negative.
  public func date(_ date: CalendarDate, advancedBy count: Int) -> CalendarDate {
    switch self {
    case .day: date.advanced(by: count)
    }
  }

  /// The number of whole steps from `start` to `end`.
  public func steps(from start: CalendarDate, to end: CalendarDate) -> Int {
    switch self {
    case .day: start.distance(to: end)
    }
  }

  /// The number of steps after which sales of a shop most plainly repeat: the seven days of a week.
  public var seasonLength: Int {
    switch self {
    case .day: 7
    }
  }
}
