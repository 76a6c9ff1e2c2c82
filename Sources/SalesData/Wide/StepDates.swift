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
    let dates: [CalendarDate?]

    init(_ form: DateFormat, _ names: ColumnNames, isFound: Bool, others: [String]) {
      self.form = form
      dates = names.names.map { name in
        others.contains(name) ? nil : isFound ? form.plausibleDate(name) : form.date(name)
      }
    }

    var count: Int { dates.count { $0 != nil } }

    func finding(_ weekStart: Weekday?) -> FrequencyFinder.Finding {
      let days = dates.compactMap { $0.map { Int32(truncatingIfNeeded: $0.dayNumber) } }
      return FrequencyFinder(
        series: days.map { _ in 0 }, days: days, named: form.frequency, weekStart: weekStart
      ).finding
    }

    /// Returns a Boolean value that indicates whether the steps increase by one from the first step
    /// column to the last.
    func isUnbroken(_ frequency: Frequency) -> Bool {
      guard let first = dates.firstIndex(where: { $0 != nil }),
        let last = dates.lastIndex(where: { $0 != nil })
      else { return false }
      let start = frequency.number(of: dates[first]!)
      return (first...last).allSatisfy {
        dates[$0].map(frequency.number(of:)) == start + $0 - first
      }
    }
  }

  init(
    _ names: ColumnNames, _ format: DateFormat, _ reader: WideTableReader, others: [String]
  ) throws(TableError) {
    let given = reader.frequency
    let isFound = format == .automatic
    let forms = isFound ? DateFormat.forms : [format]
    let all = forms.map { Reading($0, names, isFound: isFound, others: others) }
    let most = all.map(\.count).max() ?? 0
    let best = all.filter { $0.count == most }
    let fitting = most == 0 ? [] : best.filter { Self.fits($0, reader) }
    let chosen = fitting.first ?? best[0]
    if let other = fitting.first(where: { $0.dates != chosen.dates }) {
      let place = chosen.dates.indices.first { chosen.dates[$0] != other.dates[$0] }!
      throw names.error(
        .ambiguousDate(
          text: names.names[place],
          readings: [chosen, other].compactMap { reading in
            reading.dates[place].map { TableError.DateReading(format: reading.form, date: $0) }
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
      switch chosen.finding(reader.weekStart) {
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
    let frequency = frequency
    numbers = chosen.dates.map { $0.map(frequency.number(of:)) }
    let texts = names.names.indices.filter { chosen.dates[$0] != nil }.map { names.names[$0] }
      .sorted { $0.utf8.count < $1.utf8.count }
    labels = StepLabels(
      day: StepLabels.Day(of: chosen.dates.compactMap { $0 }, in: frequency),
      pattern: texts.isEmpty
        ? nil : DatePattern(chosen.form, samples: [texts[0], texts[texts.count - 1]]))
  }

  /// Returns a Boolean value that indicates whether the columns are consecutive steps.
  private static func fits(_ reading: Reading, _ reader: WideTableReader) -> Bool {
    if let given = reader.frequency { return reading.isUnbroken(given) }
    guard case .found(let frequency, _) = reading.finding(reader.weekStart) else { return false }
    return reading.isUnbroken(frequency)
  }
}
