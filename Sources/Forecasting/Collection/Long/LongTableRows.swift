/// The rows of a long table, by column, in the order of the file; and the panel that they make.
struct LongTableRows {
  var identities = IdentityTable()
  var identityColumns: IdentityColumns
  var report = ReadingReport()

  // Four numbers of four bytes a row: what a large table costs while it is read.
  private var series: [Int32] = []
  private var days: [Int32] = []
  /// NaN where the row has no value.
  private var values: [Float] = []
  private var lines: [UInt32] = []
  private var covariates: [CovariateReader]

  init(_ schema: TableSchema, _ places: LongTablePlaces) {
    identityColumns = IdentityColumns(
      places: places.identity, separator: schema.identitySeparator)
    covariates = zip(schema.covariates, places.covariates).map { column, place in
      CovariateReader(column, place: place)
    }
  }

  mutating func append(series: Int, day: Int, value: Float, line: Int) {
    self.series.append(Int32(truncatingIfNeeded: series))
    days.append(Int32(truncatingIfNeeded: day))
    values.append(value)
    lines.append(UInt32(clamping: line))
  }

  /// Reads the covariates of the row that was appended last.
  mutating func appendCovariates(_ cursor: borrowing RecordCursor) throws(TableError) {
    for index in covariates.indices { try covariates[index].append(cursor) }
  }

  /// The table of all rows, of which there is at least one.
  func table(of source: any RecordSource, reader: LongTableReader) throws(TableError) -> LongTable {
    let span = try span(of: source, limit: reader.spanLimit)
    let ranges = try ranges(of: source, span: span, reader: reader)
    var offsets: [Int] = []
    var cellCount = 0
    for range in ranges {
      offsets.append(cellCount - range.lowerBound)
      cellCount += range.count
    }

    // The line that each cell comes from, 0 for none.
    var origin = [UInt32](repeating: 0, count: cellCount)
    var cells = [Float](repeating: 0, count: cellCount)
    var observed = [Bool](repeating: reader.missingDays == .zero, count: cellCount)
    var cellOfRow = [Int](repeating: 0, count: covariates.isEmpty ? 0 : series.count)
    for row in series.indices {
      let cell = offsets[Int(series[row])] + Int(days[row]) - span.lowerBound
      if !covariates.isEmpty { cellOfRow[row] = cell }
      guard origin[cell] == 0 else {
        throw duplicate(row: row, firstLine: Int(origin[cell]), of: source)
      }
      origin[cell] = lines[row]
      observed[cell] = !values[row].isNaN
      if observed[cell] { cells[cell] = values[row] }
    }
    guard report.rowsKept > 0 else {
      throw source.error(.noValues, column: reader.schema.target)
    }

    var report = report
    report.gaps = observed.reduce(0) { $0 + ($1 ? 0 : 1) }
    if reader.missingDays == .zero {
      report.stepsFilledWithZero = cellCount - report.rowsRead
    }
    let calendar = RegularCalendar(
      start: CalendarDate(dayNumber: span.lowerBound), count: span.count)
    let panel = Panel(
      ids: identities.ids, calendar: calendar, steps: ranges, values: cells, observed: observed)
    var columns: [TableCovariate] = []
    for reader in covariates {
      columns.append(
        reader.column.role == .static
          ? try staticValues(reader, of: source)
          : reader.values(at: cellOfRow, count: cellCount))
    }
    return LongTable(panel: panel, covariates: columns, report: report)
  }

  /// From the first to the last day of all rows.
  private func span(
    of source: any RecordSource, limit: Int
  ) throws(TableError) -> ClosedRange<Int> {
    var first = 0
    var last = 0
    for row in days.indices {
      if days[row] < days[first] { first = row }
      if days[row] > days[last] { last = row }
    }
    let span = Int(days[first])...Int(days[last])
    guard span.count <= limit else {
      throw source.error(
        .spanTooLong(
          first: CalendarDate(dayNumber: span.lowerBound), firstLine: Int(lines[first]),
          last: CalendarDate(dayNumber: span.upperBound), lastLine: Int(lines[last]), limit: limit))
    }
    return span
  }

  /// The steps that each series covers.
  private func ranges(
    of source: any RecordSource, span: ClosedRange<Int>, reader: LongTableReader
  ) throws(TableError) -> [Range<Int>] {
    var firsts = [Int](repeating: .max, count: identities.ids.count)
    var lasts = [Int](repeating: .min, count: identities.ids.count)
    for row in series.indices {
      let index = Int(series[row])
      let step = Int(days[row]) - span.lowerBound
      firsts[index] = min(firsts[index], step)
      lasts[index] = max(lasts[index], step)
    }
    let ranges = zip(firsts, lasts).map { first, last in
      first..<(reader.missingDays == .zero ? span.count : last + 1)
    }
    let cells = ranges.reduce(0) { $0 + $1.count }
    guard cells <= reader.cellLimit else {
      throw source.error(
        .tooManyCells(series: ranges.count, cells: cells, limit: reader.cellLimit))
    }
    return ranges
  }

  /// One value a series, on which all of its rows agree.
  private func staticValues(
    _ reader: CovariateReader, of source: any RecordSource
  ) throws(TableError) -> TableCovariate {
    var firsts = [Int?](repeating: nil, count: identities.ids.count)
    for row in series.indices where !reader.isMissing(row) {
      guard let first = firsts[Int(series[row])] else {
        firsts[Int(series[row])] = row
        continue
      }
      guard reader.isSame(first, row) else {
        throw source.error(
          .staticValueChanges(
            id: identities.ids[Int(series[row])], from: reader.text(first), to: reader.text(row),
            firstLine: Int(lines[first])),
          line: Int(lines[row]), column: reader.column.column)
      }
    }
    return reader.values(ofRows: firsts)
  }

  private func duplicate(
    row: Int, firstLine: Int, of source: any RecordSource
  ) -> TableError {
    source.error(
      .duplicate(
        id: identities.ids[Int(series[row])], date: CalendarDate(dayNumber: Int(days[row])),
        firstLine: firstLine),
      line: Int(lines[row]))
  }
}
