/// A run of `count` dates, one frequency step apart.
public struct RegularCalendar: Hashable, Sendable {
  /// The date of step 0.
  public let start: CalendarDate
  /// The number of steps, which may be 0.
  public let count: Int
  /// The length of a step.
  public let frequency: Frequency

  /// A calendar of `count` steps from `start`. A negative count stops the program.
  public init(start: CalendarDate, count: Int, frequency: Frequency = .day) {
    guard count >= 0 else {
      fatalError("RegularCalendar: expected a count of at least 0, got \(count)")
    }
    self.start = start
    self.count = count
    self.frequency = frequency
  }

  /// The date of a step. Steps outside of the calendar have dates, too: step `count` is the first
  /// one after it.
  public func date(at step: Int) -> CalendarDate {
    frequency.date(start, advancedBy: step)
  }

  /// The step of a date, or nil where the date lies outside of the calendar.
  public func step(of date: CalendarDate) -> Int? {
    let step = frequency.steps(from: start, to: date)
    return step >= 0 && step < count ? step : nil
  }

  /// The date after the last step: the first one that a forecast from this calendar is for.
  public var end: CalendarDate { date(at: count) }

  /// The dates of all steps, in order.
  public var dates: [CalendarDate] { (0..<count).map(date(at:)) }

  /// The part of the calendar that covers `steps`.
  func slice(_ steps: Range<Int>) -> RegularCalendar {
    RegularCalendar(start: date(at: steps.lowerBound), count: steps.count, frequency: frequency)
  }
}
