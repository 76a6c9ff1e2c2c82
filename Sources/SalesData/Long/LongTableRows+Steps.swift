extension LongTableRows {
  /// Assigns the rows to steps of a frequency, which is detected from the dates if it is nil.
  ///
  /// - Parameters:
  ///   - form: The format of the dates.
  /// - Returns: The frequency.
  mutating func findSteps(
    _ reader: LongTableReader, _ form: DateForm?, of source: any RecordSource
  ) throws(TableError) -> Frequency {
    try checkGaps(limit: reader.gapLimit, of: source)
    let named = form?.form.frequency
    let column = reader.schema.time
    let frequency: Frequency
    if let given = reader.policy.frequency {
      frequency = given
      if let named = named ?? (given == .hour && !countsHours ? .day : nil), !named.nests(in: given)
      {
        throw source.error(.coarserDates(named: named, frequency: given), column: column)
      }
      reportTimes(column)
    } else {
      frequency = try foundFrequency(reader, named, of: source)
    }
    try number(frequency, of: source, column: column)
    return frequency
  }

  /// Checks that successive dates are at most `limit` days apart.
  private func checkGaps(limit: Int, of source: any RecordSource) throws(TableError) {
    guard days.last - days.first > limit else { return }
    let stepsPerDay = countsHours ? 24 : 1
    let rows = stepNumbers.indices.sorted { stepNumbers[$0] < stepNumbers[$1] }
    for (row, next) in zip(rows, rows.dropFirst()) {
      let days = [row, next].map { Int(stepNumbers[$0]).floorDivided(by: stepsPerDay) }
      guard days[1] - days[0] > limit else { continue }
      throw source.error(
        .gapTooLong(
          first: CalendarDate(dayNumber: days[0]), firstLine: .same(Int(lines[row])),
          next: CalendarDate(dayNumber: days[1]), nextLine: .same(Int(lines[next])), limit: limit))
    }
  }

  /// Detects the frequency from the dates. If it is a day or longer, the hours of all rows are
  /// removed.
  private mutating func foundFrequency(
    _ reader: LongTableReader, _ named: Frequency?, of source: any RecordSource
  ) throws(TableError) -> Frequency {
    let column = reader.schema.time
    if countsHours {
      switch HourFinder(series: series, hours: stepNumbers).finding {
      case .hours(let evidence):
        report.conventions.append("\(column): steps are hours, since \(evidence)")
        return .hour
      case .ambiguous(let readings, let reason):
        throw source.error(.ambiguousFrequency(readings: readings, reason: reason), column: column)
      case .single:
        let number = Int(stepNumbers[0])
        throw source.error(
          .singleTime(
            date: Frequency.hour.firstDay(ofStep: number),
            hour: Frequency.hour.hour(ofStep: number)!), line: Int(lines[0]), column: column)
      case .days(let hour):
        report.conventions.append(
          "\(column): the time of day is left out, since it is \(hour):00 in every row")
        dropHours()
      }
    }
    var finder = FrequencyFinder(
      series: series, days: stepNumbers, named: named, weekStart: reader.policy.weekStart)
    finder.findsBusinessDays = reader.policy.findsBusinessDays
    switch finder.finding {
    case .found(let found, let evidence):
      if let evidence, found != .day {
        report.conventions.append("\(column): steps are \(found.plural), since \(evidence)")
      }
      return found
    case .ambiguous(let readings, let reason):
      throw source.error(.ambiguousFrequency(readings: readings, reason: reason), column: column)
    }
  }

  /// Replaces the days or hours of the rows with the numbers of their steps.
  private mutating func number(
    _ frequency: Frequency, of source: any RecordSource, column: String
  ) throws(TableError) {
    guard frequency != .day, frequency != .hour else { return }
    if frequency == .businessDay {
      let weekend = stepNumbers.firstIndex { CalendarDate(dayNumber: Int($0)).weekday > 5 }
      if let row = weekend {
        throw source.error(
          .weekend(date: CalendarDate(dayNumber: Int(stepNumbers[row]))), line: Int(lines[row]),
          column: column)
      }
    }
    let dates = stepNumbers.lazy.map { CalendarDate(dayNumber: Int($0)) }
    labelDay = StepLabels.Day(of: dates, in: frequency)
    for row in stepNumbers.indices {
      let date = CalendarDate(dayNumber: Int(stepNumbers[row]))
      stepNumbers[row] = Int32(truncatingIfNeeded: frequency.number(of: date))
    }
  }
}
