/// A mapping from the rows of a table to the steps of a panel.
///
/// A row identifies a period: one step, several steps with the same label, or the hours of a day.
/// Periods are numbered from 0 and consist of consecutive steps.
struct CovariateSteps {
  /// The place that a row identifies.
  enum Place: Equatable {
    case period(Int)
    /// A period that ends before the panel begins.
    case beforeStart
    /// A label without a known day.
    case unknownLabel
    /// A weekend date in a calendar of business days.
    case weekend
  }

  private let calendar: RegularCalendar
  private let place: Int?
  private var format = DateFormat.automatic
  private let limit: Int
  /// The labels that rows contain, and the period of each label or −1.
  private var labels: IdentityTable?
  private var periodOfLabel: [Int] = []
  private var stepsOfPeriod: [Range<Int>] = []
  /// In a calendar of hours, whether rows name days, and the line of the first row, or nil before
  /// it is read.
  private var days: (areNamed: Bool, firstLine: Int)?

  /// Creates a mapping.
  ///
  /// - Parameters:
  ///   - place: The position of the column in the table, if the key has one.
  ///   - limit: The maximum number of days of a date after the panel's end.
  init(
    _ key: TimeKey, _ calendar: RegularCalendar, place: Int?, limit: Int
  ) throws(TableError) {
    self.calendar = calendar
    self.place = place
    self.limit = limit
    switch key {
    case .none: break
    case .date(_, let format): self.format = format
    case .period(_, let periods):
      labels = periods.labels
      try addPeriods(periods)
    }
  }

  /// Returns the place that the cursor's record identifies.
  mutating func place(_ cursor: borrowing RecordCursor) throws(TableError) -> Place {
    guard let place else { return .period(0) }
    guard labels != nil else { return try datePlace(cursor, place) }
    let text = cursor.record[place].trimmed
    guard !text.isEmpty else { throw cursor.error(.missingValue(text: ""), column: place) }
    guard let label = labels!.knownNumber(of: text) else {
      throw cursor.error(.invalidUTF8, column: place)
    }
    if label < 0 { return .unknownLabel }
    return periodOfLabel[label] < 0 ? .beforeStart : .period(periodOfLabel[label])
  }

  /// Returns the steps of a period.
  func steps(ofPeriod period: Int) -> Range<Int> {
    if labels != nil { return stepsOfPeriod[period] }
    guard days?.areNamed == true else { return period..<period + 1 }
    let steps = calendar.steps(on: calendar.start.advanced(by: period))
    return max(0, steps.lowerBound)..<steps.upperBound
  }

  /// Returns the period of each step before `end`, or −1 if it has none.
  func periods(before end: Int) -> [Int] {
    if labels == nil {
      return days?.areNamed == true
        ? (0..<end).map { calendar.start.distance(to: calendar.date(at: $0)) } : Array(0..<end)
    }
    var periods = [Int](repeating: -1, count: end)
    for (period, steps) in stepsOfPeriod.enumerated() {
      for step in steps.clamped(to: 0..<end) { periods[step] = period }
    }
    return periods
  }

  private mutating func datePlace(
    _ cursor: borrowing RecordCursor, _ place: Int
  ) throws(TableError) -> Place {
    let hasHours = calendar.frequency == .hour
    let time =
      try hasHours ? cursor.wholeHour(place, format) : cursor.midnight(place, format)
    let date = CalendarDate(dayNumber: time.day)
    if let named = cursor.dateForm(place)?.form.frequency, !named.nests(in: calendar.frequency) {
      throw cursor.error(
        .coarserDates(named: named, frequency: calendar.frequency), column: place)
    }
    guard calendar.end.distance(to: date) < limit else {
      throw cursor.error(.tooFarAhead(date: date, limit: limit), column: place)
    }
    if hasHours, try namesDay(time, cursor, place) {
      return date < calendar.start ? .beforeStart : .period(calendar.start.distance(to: date))
    }
    guard let step = calendar.steps(on: date).first else { return .weekend }
    return step + time.hour < 0 ? .beforeStart : .period(step + time.hour)
  }

  /// Returns a Boolean value that indicates whether a row names a day of a calendar of hours, so
  /// that its values apply to each of the day's hours. Either all rows must name days, or all must
  /// name hours.
  private mutating func namesDay(
    _ time: WrittenTime, _ cursor: borrowing RecordCursor, _ place: Int
  ) throws(TableError) -> Bool {
    guard let days else {
      days = (!time.hasTime, cursor.line)
      return !time.hasTime
    }
    guard days.areNamed != time.hasTime else {
      throw cursor.error(
        .mixedDates(
          text: cursor.record.text(place), format: cursor.dateForm(place)?.form ?? format,
          firstLine: .same(days.firstLine)), column: place)
    }
    return days.areNamed
  }

  /// Combines the days of labels into steps. Labels with all days before the panel have no steps.
  private mutating func addPeriods(_ periods: PeriodLabels) throws(TableError) {
    periodOfLabel = periods.labels.ids.map { _ in -1 }
    var latest = (step: -1, label: -1)
    for (day, label) in periods.days {
      let date = CalendarDate(dayNumber: day)
      guard calendar.end.distance(to: date) < limit else {
        throw TableError(file: periods.file, fault: .tooFarAhead(date: date, limit: limit))
      }
      for step in calendar.steps(on: date) where step >= 0 {
        if step == latest.step {
          guard label == latest.label else {
            throw TableError(
              file: periods.file,
              fault: .stepInTwoPeriods(
                step: calendar.date(at: step), first: periods.labels.ids[latest.label],
                second: periods.labels.ids[label]))
          }
          continue
        }
        latest = (step, label)
        try add(step, to: label, periods)
      }
    }
  }

  private mutating func add(
    _ step: Int, to label: Int, _ periods: PeriodLabels
  ) throws(TableError) {
    let period = periodOfLabel[label]
    guard period >= 0 else {
      periodOfLabel[label] = stepsOfPeriod.count
      stepsOfPeriod.append(step..<step + 1)
      return
    }
    guard stepsOfPeriod[period].upperBound == step else {
      throw TableError(
        file: periods.file,
        fault: .brokenPeriod(label: periods.labels.ids[label], date: calendar.date(at: step)))
    }
    stepsOfPeriod[period] = stepsOfPeriod[period].lowerBound..<step + 1
  }
}
