/// The rows of a long table, by column, in the order of the file; and the panel that they make.
struct LongTableRows {
  var identities = IdentityTable()
  var report = ReadingReport()

  // Four numbers of four bytes a row: what a large table costs while it is read.
  private var series: [Int32] = []
  private var days: [Int32] = []
  /// NaN where the row has no value.
  private var values: [Float] = []
  private var lines: [UInt32] = []

  mutating func append(series: Int, day: Int, value: Float, line: Int) {
    self.series.append(Int32(truncatingIfNeeded: series))
    days.append(Int32(truncatingIfNeeded: day))
    values.append(value)
    lines.append(UInt32(clamping: line))
  }

  /// The panel of all rows, of which there is at least one.
  func panel(file: String, reader: LongTableReader) throws(TableError) -> LongTable {
    let span = try span(file: file, limit: reader.spanLimit)
    let ranges = try ranges(file: file, span: span, reader: reader)
    var offsets: [Int] = []
    var cellCount = 0
    for range in ranges {
      offsets.append(cellCount - range.lowerBound)
      cellCount += range.count
    }

    // The line that each cell comes from, 0 for none.
    var origin = [UInt32](repeating: 0, count: cellCount)
    var cells = [Float](repeating: 0, count: cellCount)
    var states = [CellState](
      repeating: reader.missingDays == .zero ? .observed : .gap, count: cellCount)
    for row in series.indices {
      let cell = offsets[Int(series[row])] + Int(days[row]) - span.lowerBound
      guard origin[cell] == 0 else {
        throw duplicate(row: row, firstLine: Int(origin[cell]), file: file)
      }
      origin[cell] = lines[row]
      states[cell] = values[row].isNaN ? .gap : .observed
      if states[cell] == .observed { cells[cell] = values[row] }
    }
    guard report.rowsKept > 0 else {
      throw TableError(file: file, column: reader.targetColumn, fault: .noValues)
    }

    var report = report
    report.gaps = states.count { $0 == .gap }
    if reader.missingDays == .zero {
      report.stepsFilledWithZero = cellCount - report.rowsRead
    }
    let calendar = RegularCalendar(
      start: CalendarDate(dayNumber: span.lowerBound), count: span.count)
    let panel = Panel(
      ids: identities.ids, calendar: calendar, steps: ranges, values: cells, states: states)
    return LongTable(panel: panel, report: report)
  }

  /// From the first to the last day of all rows.
  private func span(file: String, limit: Int) throws(TableError) -> ClosedRange<Int> {
    var first = 0
    var last = 0
    for row in days.indices {
      if days[row] < days[first] { first = row }
      if days[row] > days[last] { last = row }
    }
    let span = Int(days[first])...Int(days[last])
    guard span.count <= limit else {
      throw TableError(
        file: file,
        fault: .spanTooLong(
          first: CalendarDate(dayNumber: span.lowerBound), firstLine: Int(lines[first]),
          last: CalendarDate(dayNumber: span.upperBound), lastLine: Int(lines[last]), limit: limit))
    }
    return span
  }

  /// The steps that each series covers.
  private func ranges(
    file: String, span: ClosedRange<Int>, reader: LongTableReader
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
      throw TableError(
        file: file,
        fault: .tooManyCells(series: ranges.count, cells: cells, limit: reader.cellLimit))
    }
    return ranges
  }

  private func duplicate(row: Int, firstLine: Int, file: String) -> TableError {
    TableError(
      file: file, line: Int(lines[row]),
      fault: .duplicate(
        id: identities.ids[Int(series[row])], date: CalendarDate(dayNumber: Int(days[row])),
        firstLine: firstLine))
  }
}
