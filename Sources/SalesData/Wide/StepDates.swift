/// The dates that name the columns of a wide table, and the steps that they determine.
struct StepDates {
  let frequency: Frequency
  /// The number of each column's step, or `nil` for other columns.
  let numbers: [Int?]
  let labels: StepLabels
  let conventions: [String]

  /// The columns as interpreted by one format.
  private struct Reading {
    let form: DateFormat
    let times: [WrittenTime?]
    /// A Boolean value that indicates whether a column has a time of day.
    private let hasHours: Bool

    init(_ form: DateFormat, _ names: ColumnNames, isFound: Bool, others: [String]) {
      self.form = form
      times = names.names.map { name in
        others.contains(name) ? nil : isFound ? form.plausibleTime(name) : form.time(name)
      }
      hasHours = times.contains { $0?.isMidnight == false }
    }

    var count: Int { times.count { $0 != nil } }

    func finding(_ reader: WideTableReader) -> FrequencyFinder.Finding {
      let known = times.compactMap { $0 }
      if hasHours {
        let hours = known.map { Int32(truncatingIfNeeded: $0.day * 24 + $0.hour) }
        switch HourFinder(series: hours.map { _ in 0 }, hours: hours).finding {
        case .hours(let evidence): return .found(.hour, evidence: evidence)
        case .ambiguous(let readings, let reason):
          return .ambiguous(readings, reason: reason)
        case .days, .single: break
        }
      }
      let days = known.map { Int32(truncatingIfNeeded: $0.day) }
      var finder = FrequencyFinder(
        series: days.map { _ in 0 }, days: days, named: form.frequency,
        weekStart: reader.policy.weekStart)
      finder.findsBusinessDays = reader.policy.findsBusinessDays
      let finding = finder.finding
      // Columns have no holidays: two weeks of five days without a break show themselves.
      let areBusinessDays =
        finding == .found(.day, evidence: nil) && reader.policy.findsBusinessDays
        && !isUnbroken(.day) && isUnbroken(.businessDay) && count >= 10
        && days.allSatisfy { CalendarDate(dayNumber: Int($0)).weekday <= 5 }
      return areBusinessDays
        ? .found(.businessDay, evidence: "no date is a Saturday or a Sunday") : finding
    }

    /// Returns the running number of the step of each column; nil if it is none.
    func numbers(_ frequency: Frequency) -> [Int?] {
      times.map { time in
        time.map { frequency.number(of: CalendarDate(dayNumber: $0.day), hour: $0.hour) }
      }
    }

    /// Returns a Boolean value that indicates whether the steps increase by one from the first step
    /// column to the last.
    func isUnbroken(_ frequency: Frequency) -> Bool {
      let numbers = numbers(frequency)
      guard let first = numbers.firstIndex(where: { $0 != nil }),
        let last = numbers.lastIndex(where: { $0 != nil }), let start = numbers[first]
      else { return false }
      return (first...last).allSatisfy { numbers[$0] == start + $0 - first }
    }
  }

  init(
    _ names: ColumnNames, _ format: DateFormat, _ reader: WideTableReader, others: [String]
  ) throws(TableError) {
    let given = reader.policy.frequency
    let isFound = format == .automatic
    let forms = isFound ? DateFormat.forms : [format]
    let all = forms.map { Reading($0, names, isFound: isFound, others: others) }
    let most = all.map(\.count).max() ?? 0
    let best = all.filter { $0.count == most }
    let fitting = most == 0 ? [] : best.filter { Self.fits($0, reader) }
    let chosen = fitting.first ?? best[0]
    if let other = fitting.first(where: { $0.times != chosen.times }) {
      let place = chosen.times.indices.first { chosen.times[$0] != other.times[$0] }!
      throw names.error(
        .ambiguousDate(
          text: names.names[place],
          readings: [chosen, other].compactMap { reading in
            reading.times[place].map {
              TableError.DateReading(format: reading.form, date: CalendarDate(dayNumber: $0.day))
            }
          }))
    }
    var conventions: [String] = []
    if isFound, most > 0, chosen.form != .iso {
      conventions.append(
        "columns of steps are read as \(chosen.form.pattern) (\(chosen.form.rawValue))")
    }
    if let given {
      frequency = given
      if let named = chosen.form.frequency, most > 0, !named.nests(in: given) {
        throw names.error(.coarserDates(named: named, frequency: given))
      }
    } else {
      switch chosen.finding(reader) {
      case .found(let found, let evidence):
        frequency = found
        if let evidence, found != .day {
          conventions.append("steps are \(found.plural), since \(evidence)")
        }
      case .ambiguous(let readings, let reason):
        throw names.error(.ambiguousFrequency(readings: readings, reason: reason))
      }
    }
    self.conventions = conventions
    numbers = chosen.numbers(frequency)
    let texts = names.names.indices.filter { chosen.times[$0] != nil }.map { names.names[$0] }
      .sorted { $0.utf8.count < $1.utf8.count }
    labels = StepLabels(
      day: StepLabels.Day(
        of: chosen.times.compactMap { $0.map { CalendarDate(dayNumber: $0.day) } }, in: frequency),
      pattern: texts.isEmpty
        ? nil
        : DatePattern(
          chosen.form, samples: [texts[0], texts[texts.count - 1]], hasHours: frequency == .hour))
  }

  /// Returns a Boolean value that indicates whether the columns are consecutive steps.
  private static func fits(_ reading: Reading, _ reader: WideTableReader) -> Bool {
    if let given = reader.policy.frequency { return reading.isUnbroken(given) }
    guard case .found(let frequency, _) = reading.finding(reader) else { return false }
    return reading.isUnbroken(frequency)
  }
}
