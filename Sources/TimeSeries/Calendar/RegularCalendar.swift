/// A sequence of `count` consecutive steps of one frequency, such as days or months.
public struct RegularCalendar: Hashable, Sendable {
  /// The first day of step 0.
  public let start: CalendarDate
  /// The hour of the day at which step 0 starts, 0 to 23. It is 0 unless steps are hours.
  public let startHour: Int
  /// The number of steps, which may be 0.
  public let count: Int
  /// The length of the steps.
  public let frequency: Frequency
  /// The dates that label the steps, and their format.
  public let labels: StepLabels

  /// Creates a calendar of `count` steps that starts at `start`.
  ///
  /// Stops the program if the count is negative, if `start` isn't the first day of a step, such as
  /// the 15th for months (use ``Frequency/start(of:)``), if the start hour isn't 0 to 23, or if it
  /// isn't 0 although steps aren't hours.
  public init(
    start: CalendarDate, startHour: Int = 0, count: Int, frequency: Frequency = .day,
    labels: StepLabels = .firstDays
  ) {
    guard count >= 0 else {
      fatalError("RegularCalendar: expected a count of at least 0, got \(count)")
    }
    guard frequency.start(of: start) == start else {
      fatalError(
        "RegularCalendar: expected the first day of \(frequency.withArticle) as start, such as "
          + "\(frequency.start(of: start)), got \(start)")
    }
    guard (frequency == .hour ? 0..<24 : 0..<1).contains(startHour) else {
      fatalError(
        "RegularCalendar: expected a start hour "
          + (frequency == .hour ? "in 0..<24" : "of 0 for steps of \(frequency.withArticle)")
          + ", got \(startHour)")
    }
    self.start = start
    self.startHour = startHour
    self.count = count
    self.frequency = frequency
    self.labels = labels
  }

  /// Creates a calendar from the serial number of its first step.
  package init(
    firstNumber: Int, count: Int, frequency: Frequency, labels: StepLabels = .firstDays
  ) {
    self.init(
      start: frequency.firstDay(ofStep: firstNumber),
      startHour: frequency.hour(ofStep: firstNumber) ?? 0, count: count, frequency: frequency,
      labels: labels)
  }

  /// The serial number of step 0.
  package var firstNumber: Int { frequency.number(of: start, hour: startHour) }

  /// Returns the first day of a step. The step may lie outside the calendar: step `count` is the
  /// first one after it.
  public func date(at step: Int) -> CalendarDate {
    frequency.firstDay(ofStep: firstNumber + step)
  }

  /// Returns the hour of the day, 0 to 23, at which a step starts, or nil unless steps are hours.
  public func hour(at step: Int) -> Int? { frequency.hour(ofStep: firstNumber + step) }

  /// Returns the date that labels a step: its first day, unless ``labels`` specifies another.
  public func labelDate(at step: Int) -> CalendarDate {
    labels.date(ofStepFrom: date(at: step))
  }

  /// Returns the label of a step, in the format of the table that the calendar was read from.
  public func label(at step: Int) -> String {
    labels.text(ofStepFrom: date(at: step), hour: hour(at: step))
  }

  /// Returns the step that contains a date, or nil if the date lies outside the calendar or is a
  /// weekend date in a calendar of business days.
  ///
  /// - Parameter hour: The hour of the day, 0 to 23. It matters only for hourly steps.
  public func step(of date: CalendarDate, hour: Int = 0) -> Int? {
    let number = frequency.number(of: date, hour: hour)
    let step = number - firstNumber
    guard step >= 0, step < count, frequency.days(ofStep: number).contains(date) else {
      return nil
    }
    return step
  }

  /// The first day after the last step, which is the first day of a forecast. A calendar of hours
  /// may end during this day, at the hour of step `count`.
  public var end: CalendarDate { date(at: count) }

  /// The first days of all steps, in order.
  public var dates: [CalendarDate] { (0..<count).map(date(at:)) }
}

extension RegularCalendar {
  /// Returns the calendar of a range of steps, which may extend beyond this calendar's end.
  package func slice(_ steps: Range<Int>) -> RegularCalendar {
    RegularCalendar(
      firstNumber: firstNumber + steps.lowerBound, count: steps.count, frequency: frequency,
      labels: labels)
  }

  /// Returns the number of steps that end before a day. A step that the day is part of is not one.
  package func stepCount(before day: CalendarDate) -> Int {
    (0..<count).prefix { days(of: $0).upperBound <= day }.count
  }

  /// Returns a Boolean value that indicates whether the calendar starts right after the last step
  /// of another calendar.
  package func follows(_ other: RegularCalendar) -> Bool {
    frequency == other.frequency && firstNumber == other.firstNumber + other.count
  }

  /// Returns the first step that starts at or after an hour of a date. It may lie outside the
  /// calendar.
  package func firstStep(from date: CalendarDate, hour: Int = 0) -> Int {
    frequency.number(ofFirstStepFrom: date, hour: hour) - firstNumber
  }

  /// Returns the steps that lie on a date or contain it: 24 for hours, none on a weekend for
  /// business days. They may lie outside the calendar.
  package func steps(on date: CalendarDate) -> Range<Int> {
    let number = frequency.number(of: date)
    let count = frequency == .hour ? 24 : frequency.days(ofStep: number).contains(date) ? 1 : 0
    return number - firstNumber..<number - firstNumber + count
  }

  /// Returns the days of a step.
  package func days(of step: Int) -> Range<CalendarDate> {
    frequency.days(ofStep: firstNumber + step)
  }

  /// The range of days that the steps cover from hour 0 through hour 23. Weekends between business
  /// days count.
  package var coveredDays: Range<CalendarDate> {
    let first = startHour == 0 ? start : start.advanced(by: 1)
    return first..<max(first, end)
  }
}

extension CalendarDate {
  /// Returns the date with an hour, such as `2024-01-05 13:00`, or without one if `hour` is nil.
  package func text(hour: Int?) -> String {
    guard let hour else { return description }
    return "\(self) \(hour < 10 ? "0" : "")\(hour):00"
  }
}
