/// A mapping from the rows of a table to the steps of a panel.
///
/// A row identifies a period: one step, or several steps with the same label. Periods are numbered
/// from 0 and consist of consecutive steps.
struct CovariateSteps {
  /// The place that a row identifies.
  enum Place: Equatable {
    case period(Int)
    /// A period that ends before the panel begins.
    case beforeStart
    /// A label without a known day.
    case unknownLabel
  }

  private let calendar: RegularCalendar
  private let place: Int?
  private var format = DateFormat.automatic
  private let limit: Int
  /// The labels that rows contain, and the period of each label or −1.
  private var labels: IdentityTable?
  private var periodOfLabel: [Int] = []
  private var stepsOfPeriod: [Range<Int>] = []

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
    labels == nil ? period..<period + 1 : stepsOfPeriod[period]
  }

  /// Returns the period of each step before `end`, or −1 if it has none.
  func periods(before end: Int) -> [Int] {
    guard labels != nil else { return Array(0..<end) }
    var periods = [Int](repeating: -1, count: end)
    for (period, steps) in stepsOfPeriod.enumerated() {
      for step in steps.clamped(to: 0..<end) { periods[step] = period }
    }
    return periods
  }

  private func datePlace(
    _ cursor: borrowing RecordCursor, _ place: Int
  ) throws(TableError) -> Place {
    let date = try cursor.date(place, format)
    if let named = cursor.dateForm(place)?.form.frequency, !named.nests(in: calendar.frequency) {
      throw cursor.error(
        .coarserDates(named: named, frequency: calendar.frequency), column: place)
    }
    guard calendar.end.distance(to: date) < limit else {
      throw cursor.error(.tooFarAhead(date: date, limit: limit), column: place)
    }
    let step = calendar.frequency.steps(from: calendar.start, to: date)
    return step < 0 ? .beforeStart : .period(step)
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
      let step = calendar.frequency.steps(from: calendar.start, to: date)
      guard step >= 0 else { continue }
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
