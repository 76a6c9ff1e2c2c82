/// The rows of a long table, stored by column in the order of the file.
struct LongTableRows {
  var identities = IdentityTable()
  var identityColumns: IdentityColumns
  var report = ReadingReport()

  // Each row takes four numbers of four bytes, which determines the memory use of reading a large
  // table.
  private(set) var series: [Int32] = []
  /// The ids of the series, indexed by number.
  private(set) var ids: [String] = []
  /// The days of the rows since 1970-01-01, or their hours if ``countsHours`` is true. After the
  /// frequency has been determined, the numbers of their steps as returned by
  /// ``Frequency/number(of:hour:)``.
  var stepNumbers: [Int32] = []
  /// A Boolean value that indicates whether a row has a time of day that matters.
  private(set) var countsHours = false
  /// The number of rows with a time of day that does not matter, since steps are days or longer.
  private var rowsWithTime = 0
  /// The day that names a step.
  var labelDay = StepLabels.Day.first
  /// The values, with NaN for rows without a value.
  private(set) var values = CompactNumbers()
  private(set) var lines: [UInt32] = []
  private(set) var covariates: [CovariateReader]

  /// The maximum number of rows of any series.
  private var mostRowsOfOneSeries = 0
  /// The first and the last day of all rows.
  private(set) var days = (first: Int.max, last: Int.min)
  private var rowCounts: [Int] = []
  /// The offset from UTC of the first row, and its line.
  private var firstOffset: (seconds: Int?, line: Int)?

  /// A Boolean value that indicates whether spellings of the same id are merged. If so, `spellings`
  /// contains the spelling of each row.
  let merges: Bool
  private(set) var spellings: [Int32] = []

  init(_ schema: TableSchema, _ places: LongTablePlaces) {
    merges = schema.mergesIdentities
    identities = IdentityTable(
      merges: merges, separator: schema.identity.count > 1 ? schema.identitySeparator : nil)
    identityColumns = IdentityColumns(
      places: places.identity, separator: schema.identitySeparator)
    covariates = zip(schema.covariates, places.covariates).map { column, place in
      var column = column
      if schema.isPartOfIdentity(column) { column.kind = .categorical }
      return CovariateReader(column, place: place, merges: schema.mergesIdentities)
    }
  }

  /// Appends a row.
  ///
  /// - Parameter dropsTime: A Boolean value that indicates whether the time of day does not matter.
  mutating func append(
    series: Int, time: WrittenTime, dropsTime: Bool, value: Double, line: Int
  ) {
    self.series.append(Int32(truncatingIfNeeded: series))
    if !time.isMidnight {
      if dropsTime { rowsWithTime += 1 } else { countHours() }
    }
    stepNumbers.append(
      Int32(truncatingIfNeeded: countsHours ? time.day * 24 + time.hour : time.day))
    values.append(value)
    lines.append(UInt32(clamping: line))
    if merges { spellings.append(Int32(truncatingIfNeeded: identities.latestSpelling)) }
    if series == rowCounts.count { rowCounts.append(0) }
    rowCounts[series] += 1
    mostRowsOfOneSeries = max(mostRowsOfOneSeries, rowCounts[series])
    days = (min(days.first, time.day), max(days.last, time.day))
  }

  /// A Boolean value that indicates whether a series has many rows, and more than the table has days or
  /// hours, so that it has two rows for one of them.
  var repeatsSteps: Bool {
    mostRowsOfOneSeries > max(days.last - days.first + 1, 36_525) * (countsHours ? 24 : 1)
  }

  /// Counts the hours of all rows from here on.
  private mutating func countHours() {
    if countsHours { return }
    countsHours = true
    for row in stepNumbers.indices { stepNumbers[row] *= 24 }
  }

  /// Drops the hours of all rows.
  mutating func dropHours() {
    countsHours = false
    for row in stepNumbers.indices {
      stepNumbers[row] = Int32(truncatingIfNeeded: Int(stepNumbers[row]).floorDivided(by: 24))
    }
  }

  /// Reports times of day that do not matter.
  mutating func reportTimes(_ column: String) {
    if rowsWithTime == 0 { return }
    report.conventions.append(
      "\(column): the time of day of \(rowsWithTime.counted("row")) is left out")
  }

  /// Returns the fault of a date whose offset from UTC differs from that of the first row, because
  /// days of two time zones do not form one calendar.
  mutating func faultOfOffset(of time: WrittenTime, line: Int) -> TableError.Fault? {
    guard let firstOffset else {
      firstOffset = (time.offset, line)
      return nil
    }
    if firstOffset.seconds == time.offset { return nil }
    return .mixedOffsets(firstLine: .same(firstOffset.line))
  }

  /// The sum of all values.
  var sum: Double { values.indices.reduce(0) { $0 + (values[$1].isNaN ? 0 : values[$1]) } }

  /// Removes the last row if it is the only row of a series with a name like `Total`, and its value
  /// is the sum of all others.
  ///
  /// - Returns: The removed row, for a report.
  mutating func removeTotal(_ cursor: borrowing RecordCursor) -> [SetAsideRows] {
    guard series.count > 2, let last = series.last.map(Int.init), !report.table.isSingleSeries,
      last == identities.ids.count - 1, rowCounts[last] == 1,
      TotalWords.contains(identities.ids[last]),
      TotalRows.areSums([values[values.count - 1]], [sum - values[values.count - 1]])
    else { return [] }
    let place = cursor.place(of: Int(lines.removeLast()))
    series.removeLast()
    stepNumbers.removeLast()
    values.removeLast()
    if merges { spellings.removeLast() }
    rowCounts.removeLast()
    for index in covariates.indices { covariates[index].removeLast() }
    report.rowsRead -= 1
    return TotalRows.report(place, of: cursor, text: identities.ids[last])
  }

  /// Adds the value of a row to that of an earlier one.
  mutating func add(
    _ row: Int, to first: Int, of source: any RecordSource
  ) throws(TableError) {
    for index in covariates.indices where !covariates[index].merge(row, into: first) {
      throw source.error(
        .mergedValueChanges(
          id: ids[Int(series[row])], from: covariates[index].text(first),
          to: covariates[index].text(row), firstLine: .same(Int(lines[first]))),
        line: Int(lines[row]), column: covariates[index].column.column)
    }
    if values[row].isNaN { return }
    values[first] = values[first].isNaN ? values[row] : values[first] + values[row]
  }

  /// Removes all other rows.
  mutating func keep(_ rows: [Int]) {
    if rows.count == series.count { return }
    series = rows.map { series[$0] }
    stepNumbers = rows.map { stepNumbers[$0] }
    values = values.selecting(rows)
    lines = rows.map { lines[$0] }
    for index in covariates.indices { covariates[index].keep(rows) }
  }

  /// Renumbers the series in canonical order, after all rows have been read.
  mutating func sortSeries() {
    // A removed row of totals had the last number.
    let order = IdentityOrder(Array(identities.ids.prefix(rowCounts.count)))
    for row in series.indices { series[row] = order.places[Int(series[row])] }
    ids = order.ids
    report.table.takeIds(
      ids, merged: identities.severalSpellings, separator: identityColumns.separatorText,
      merging: merges)
  }

  /// Reads the covariates of the most recently appended row.
  mutating func appendCovariates(_ cursor: borrowing RecordCursor) throws(TableError) {
    for index in covariates.indices { try covariates[index].append(cursor) }
  }

  /// Decides on the kinds of the covariates, after all rows have been read.
  mutating func finishCovariates() throws(TableError) {
    for index in covariates.indices { try covariates[index].finish() }
    report.conventions += covariates.compactMap(\.convention)
  }
}
