/// A run of `count` steps of one frequency, such as days or months, without a hole.
public struct RegularCalendar: Hashable, Sendable {
  /// The first day of step 0.
  public let start: CalendarDate
  /// The hour of the day at which step 0 begins, 0 to 23; 0 unless steps are hours.
  public let startHour: Int
  /// The number of steps, which may be 0.
  public let count: Int
  /// The length of a step.
  public let frequency: Frequency
  /// The dates that name the steps, and the way they are written.
  public let labels: StepLabels

  /// Creates a calendar of `count` steps from `start`.
  ///
  /// Stops the program at a negative count, at a start that is not a step's first day, such as
  /// the 15th for months (``Frequency/start(of:)`` returns it), and at a start hour that is not 0 to 23 or,
  /// unless steps are hours, not 0.
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

  /// Creates a calendar from the running number of its first step.
  package init(
    firstNumber: Int, count: Int, frequency: Frequency, labels: StepLabels = .firstDays
  ) {
    self.init(
      start: frequency.firstDay(ofStep: firstNumber),
      startHour: frequency.hour(ofStep: firstNumber) ?? 0, count: count, frequency: frequency,
      labels: labels)
  }

  /// The running number of step 0.
  package var firstNumber: Int { frequency.number(of: start, hour: startHour) }

  /// Returns the first day of a step. Steps outside of the calendar have dates, too: step `count` is the
  /// first one after it.
  public func date(at step: Int) -> CalendarDate {
    frequency.firstDay(ofStep: firstNumber + step)
  }

  /// Returns the hour of the day, 0 to 23, at which a step begins; nil unless steps are hours.
  public func hour(at step: Int) -> Int? { frequency.hour(ofStep: firstNumber + step) }

  /// Returns the date that names a step, which is the first day unless ``labels`` say another.
  public func labelDate(at step: Int) -> CalendarDate {
    labels.date(ofStepFrom: date(at: step))
  }

  /// Returns the text that names a step, as the table that the calendar is from writes it.
  public func label(at step: Int) -> String {
    labels.text(ofStepFrom: date(at: step), hour: hour(at: step))
  }

  /// Returns the step that holds a date, or nil if the date lies outside of the calendar or, in one of
  /// business days, on a weekend.
  ///
  /// - Parameter hour: The hour of the day, 0 to 23, by which steps of hours are found.
  public func step(of date: CalendarDate, hour: Int = 0) -> Int? {
    let number = frequency.number(of: date, hour: hour)
    let step = number - firstNumber
    guard step >= 0, step < count, frequency.days(ofStep: number).contains(date) else {
      return nil
    }
    return step
  }

  /// The first day after the last step: that of the first step that a forecast is for. A calendar of hours
  /// may end within it, at the hour of step `count`.
  public var end: CalendarDate { date(at: count) }

  /// The first days of all steps, in order.
  public var dates: [CalendarDate] { (0..<count).map(date(at:)) }
}

extension RegularCalendar {
  /// Returns the steps of a range, which may reach beyond the calendar's end.
  package func slice(_ steps: Range<Int>) -> RegularCalendar {
    RegularCalendar(
      firstNumber: firstNumber + steps.lowerBound, count: steps.count, frequency: frequency,
      labels: labels)
  }

  /// Returns a Boolean value that indicates whether the calendar begins with the step after the last one
  /// of another.
  package func follows(_ other: RegularCalendar) -> Bool {
    frequency == other.frequency && firstNumber == other.firstNumber + other.count
  }

  /// Returns the first step that begins at an hour of a date or later. It may lie outside of the calendar.
  package func firstStep(from date: CalendarDate, hour: Int = 0) -> Int {
    frequency.number(ofFirstStepFrom: date, hour: hour) - firstNumber
  }

  /// Returns the steps that lie on a date or hold it: of hours 24, of business days none on a weekend. They
  /// may lie outside of the calendar.
  package func steps(on date: CalendarDate) -> Range<Int> {
    let number = frequency.number(of: date)
    let count = frequency == .hour ? 24 : frequency.days(ofStep: number).contains(date) ? 1 : 0
    return number - firstNumber..<number - firstNumber + count
  }

  /// Returns the days on which a step lies.
  package func days(of step: Int) -> Range<CalendarDate> {
    frequency.days(ofStep: firstNumber + step)
  }

  /// The days from the first to the last that the steps cover from hour 0 to hour 23. The days between two
  /// business days count.
  package var coveredDays: Range<CalendarDate> {
    let first = startHour == 0 ? start : start.advanced(by: 1)
    return first..<max(first, end)
  }
}

extension CalendarDate {
  /// Returns the date with an hour of it, such as `2024-01-05 13:00`; without one, its description.
  package func text(hour: Int?) -> String {
    guard let hour else { return description }
    return "\(self) \(hour < 10 ? "0" : "")\(hour):00"
  }
}
