/// A run of `count` steps of one frequency, such as days or months, without a hole.
public struct RegularCalendar: Hashable, Sendable {
  /// The first day of step 0.
  public let start: CalendarDate
  /// The number of steps, which may be 0.
  public let count: Int
  /// The length of a step.
  public let frequency: Frequency
  /// The dates that name the steps, and the way they are written.
  public let labels: StepLabels

  /// A calendar of `count` steps from `start`.
  ///
  /// Stops the program at a negative count, and at a start that is not a step's first day, such as
  /// the 15th for months; ``Frequency/start(of:)`` gives it.
  public init(
    start: CalendarDate, count: Int, frequency: Frequency = .day,
    labels: StepLabels = .firstDays
  ) {
    guard count >= 0 else {
      fatalError("RegularCalendar: expected a count of at least 0, got \(count)")
    }
    guard frequency.start(of: start) == start else {
      fatalError(
        "RegularCalendar: expected the first day of a \(frequency) as start, such as "
          + "\(frequency.start(of: start)), got \(start)")
    }
    self.start = start
    self.count = count
    self.frequency = frequency
    self.labels = labels
  }

  /// The first day of a step. Steps outside of the calendar have dates, too: step `count` is the
  /// first one after it.
  public func date(at step: Int) -> CalendarDate {
    frequency.date(start, advancedBy: step)
  }

  /// Returns the date that names a step, which is the first day unless ``labels`` say another.
  public func labelDate(at step: Int) -> CalendarDate {
    labels.date(ofStepFrom: date(at: step))
  }

  /// Returns the text that names a step, as the table that the calendar is from writes it.
  public func label(at step: Int) -> String { labels.text(ofStepFrom: date(at: step)) }

  /// The step that holds a date, or nil where the date lies outside of the calendar.
  public func step(of date: CalendarDate) -> Int? {
    let step = frequency.steps(from: start, to: date)
    return step >= 0 && step < count ? step : nil
  }

  /// The first day after the last step: that of the first step that a forecast is for.
  public var end: CalendarDate { date(at: count) }

  /// The first days of all steps, in order.
  public var dates: [CalendarDate] { (0..<count).map(date(at:)) }

  /// The part of the calendar that covers `steps`.
  func slice(_ steps: Range<Int>) -> RegularCalendar {
    RegularCalendar(
      start: date(at: steps.lowerBound), count: steps.count, frequency: frequency, labels: labels)
  }
}
