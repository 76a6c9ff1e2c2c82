/// The result of reading a wide table: N series over T steps, each with its own range of steps.
public struct WideTable: Sendable {
  /// The identities of the series, in canonical order. No two are equal.
  public let ids: [String]
  /// The number of steps, T, from step 0 to the step of the last column.
  public let stepCount: Int
  /// The length of a step.
  public let frequency: Frequency
  /// The labels of the steps, which are the column names if these are dates.
  public let labels: StepLabels
  /// The first day of step 0, or `nil` if the columns are numbered.
  public var firstDate: CalendarDate? { firstNumber.map(frequency.firstDay(ofStep:)) }
  /// The running number of step 0, or `nil` if the columns are numbered.
  let firstNumber: Int?
  /// The steps that each series covers, from its first value to its last. Empty if it has none.
  public let steps: [Range<Int>]
  /// The values of all series, consecutively, each over its own steps, with NaN for gaps.
  public var values: [Double] { numbers.values }
  let numbers: CompactNumbers
  /// The requested columns of categories, with a category for each series.
  public let categories: [(name: String, values: CategoryColumn)]
  /// The report on the rows and their values.
  public let report: Report

  /// A report on the rows and their values. `valuesRead == values + gaps + valuesOutside`.
  public struct Report: Equatable, Sendable, Codable, NegativeValueCounts {
    /// The number of rows below the header.
    public package(set) var rowsRead = 0
    /// The number of rows without any value, whose series cover no step.
    public package(set) var rowsWithoutValue = 0
    /// The number of fields in step columns.
    public package(set) var valuesRead = 0
    /// The number of fields with a value.
    public package(set) var values = 0
    /// The number of fields without a value between two fields of their row with values.
    public package(set) var gaps = 0
    /// The number of fields without a value before the first value of their row or after the last.
    public package(set) var valuesOutside = 0
    /// The number of kept negative values.
    public package(set) var negativesKept = 0
    /// The number of negative values that were replaced by 0.
    public package(set) var negativesClipped = 0
    /// Descriptions of unusual date and number formats.
    public package(set) var conventions: [String] = []
    /// The parts of the table that were left out.
    public package(set) var table = TableNotes()
  }

  /// Returns the series as a panel, with the categories as levels of its hierarchy.
  ///
  /// - Parameters:
  ///   - start: A date in step 0. It is required if the columns are numbered; otherwise the program
  ///     stops. If the columns are named by dates, the default is the first of them.
  ///   - hour: The hour of that date at which step 0 begins, 0 to 23, if steps are hours.
  public func panel(from start: CalendarDate? = nil, hour: Int = 0) -> Panel {
    guard let number = start.map({ frequency.number(of: $0, hour: hour) }) ?? firstNumber else {
      fatalError("WideTable.panel: expected the date of step 0, since the columns are numbered")
    }
    let calendar = RegularCalendar(
      firstNumber: number, count: stepCount, frequency: frequency, labels: labels)
    let states =
      numbers.containsNaN
      ? numbers.indices.map { numbers[$0].isNaN ? CellState.gap : .observed }
      : Array(repeating: .observed, count: numbers.count)
    let panel = Panel(
      ids: ids, calendar: calendar, steps: steps, normalized: numbers.replacingNaN(),
      states: states)
    return categories.reduce(panel) { $0.adding(level: $1.name, $1.values) }
  }
}

extension WideTable.Report: CustomStringConvertible {
  /// A line for each nonzero count and each note.
  public var description: String {
    let counts: [(Int, String, String)] = [
      (rowsRead, "row", "read"),
      (rowsWithoutValue, "row", "without any value"),
      (valuesRead, "value", "read"),
      (values, "value", "kept"),
      (gaps, "value", "missing between others of the row: a gap"),
      (valuesOutside, "value", "missing before the first of the row, or after the last"),
      (negativesClipped, "value", "kept, raised from below 0 to 0"),
      (negativesKept, "value", "kept, below 0"),
    ]
    let lines = counts.filter { $0.0 != 0 }.map { "\($0.counted($1)) \($2)" }
    return (lines + conventions + table.lines).joined(separator: "\n")
  }
}

/// The rows of a wide table that have been read.
struct WideTableRows {
  private var identities: IdentityTable
  private let merges: Bool
  /// The spellings of the ids of all rows so far, and the rows that have another spelling of an
  /// earlier id.
  private var spellings: Set<Int> = []
  private var otherRows: [Int: [[Double]]] = [:]
  private var identityColumns: IdentityColumns
  private let usedPlaces: [Int]
  private var firstLines: [Int] = []
  private var steps: [Range<Int>] = []
  private var values = CompactNumbers()
  /// The values of the current row.
  private var row: [Double] = []
  private var categories: [CovariateReader] = []
  var report = WideTable.Report()

  init(
    _ reader: WideTableReader, _ columns: ColumnNames, _ header: WideTableHeader
  ) throws(TableError) {
    let identity = try columns.identityPlaces(
      reader.identity, isOptional: reader.allowsSingleSeries,
      others: reader.categories + reader.filters.map(\.column)
        + columns.names[header.columns])
    report.table.isSingleSeries = identity.isEmpty
    let levels = try columns.places(of: reader.categories)
    usedPlaces = identity + levels + header.columns
    merges = reader.mergesIdentities
    identityColumns = IdentityColumns(places: identity, separator: reader.identitySeparator)
    identities = IdentityTable(merges: merges, separator: identityColumns.separatorText)
    for (name, place) in zip(reader.categories, levels) {
      categories.append(
        CovariateReader(
          CovariateColumn(name, role: .static, kind: .categorical), place: place, merges: merges))
    }
  }

  /// Reads the cursor's record.
  mutating func append(
    _ cursor: borrowing RecordCursor, _ header: WideTableHeader, _ reader: WideTableReader
  ) throws(TableError) {
    let series = try identityColumns.number(cursor, in: &identities)
    let isNewSpelling = !merges || spellings.insert(identities.latestSpelling).inserted
    guard series == firstLines.count else {
      if merges, isNewSpelling { return try appendOther(series, cursor, header, reader) }
      throw cursor.error(
        report.table.isSingleSeries
          ? .secondRowWithoutIdentity(firstLine: .same(firstLines[series]))
          : .duplicateSeries(id: identities.ids[series], firstLine: .same(firstLines[series])))
    }
    firstLines.append(cursor.line)
    for index in categories.indices { try categories[index].append(cursor) }
    report.rowsRead += 1
    row.removeAll(keepingCapacity: true)
    for field in header.columns {
      row.append(try cursor.value(field, reader.policy.negativeValues, &report) ?? .nan)
    }
    let cells = values.count + row.count
    guard cells <= reader.cellLimit else {
      throw cursor.error(
        .tooManyCells(series: report.rowsRead, cells: cells, limit: reader.cellLimit))
    }
    appendRow(header)
  }

  /// Reads a row of a series that already has a row in another spelling.
  private mutating func appendOther(
    _ series: Int, _ cursor: borrowing RecordCursor, _ header: WideTableHeader,
    _ reader: WideTableReader
  ) throws(TableError) {
    for index in categories.indices {
      let last = firstLines.count
      try categories[index].append(cursor)
      guard categories[index].merge(last, into: series) else {
        throw cursor.error(
          .mergedValueChanges(
            id: identities.ids[series], from: categories[index].text(series),
            to: categories[index].text(last), firstLine: .same(firstLines[series])),
          column: nil)
      }
      categories[index].removeLast()
    }
    var row: [Double] = []
    for field in header.columns {
      row.append(try cursor.value(field, reader.policy.negativeValues, &report) ?? .nan)
    }
    report.rowsRead += 1
    report.table.rowsMerged += 1
    otherRows[series, default: []].append(row)
  }

  /// Sums the rows of each series that has several, after all rows have been read.
  mutating func sumSpellings(_ header: WideTableHeader) {
    if otherRows.isEmpty { return }
    let (ranges, all) = (steps, values)
    (steps, values) = ([], CompactNumbers())
    (report.valuesRead, report.values, report.gaps) = (0, 0, 0)
    (report.valuesOutside, report.rowsWithoutValue) = (0, 0)
    var place = 0
    for (series, range) in ranges.enumerated() {
      var sums = [Double](repeating: .nan, count: header.columns.count)
      for step in range {
        sums[step - header.firstStep] = all[place]
        place += 1
      }
      for row in otherRows[series] ?? [] {
        for (step, value) in row.enumerated() where !value.isNaN {
          sums[step] = sums[step].isNaN ? value : sums[step] + value
        }
      }
      row = sums
      appendRow(header)
    }
  }

  /// The positions of the identity columns.
  var identityPlaces: [Int] { identityColumns.places }

  /// Returns the sum of each step over all rows except the last `count`.
  func sums(_ header: WideTableHeader, withoutLast count: Int = 0) -> [Double] {
    var sums = [Double](repeating: 0, count: header.columns.count)
    var place = 0
    for steps in steps.dropLast(count) {
      for step in steps {
        if !values[place].isNaN { sums[step - header.firstStep] += values[place] }
        place += 1
      }
    }
    return sums
  }

  /// Removes the last row if it has a name like `Total` and its values are the sums of all others.
  ///
  /// - Returns: The removed row, for a report.
  mutating func removeTotal(
    _ cursor: borrowing RecordCursor, _ header: WideTableHeader
  ) -> [SetAsideRows] {
    guard let last = identities.ids.last, steps.count > 2, let own = steps.last,
      !report.table.isSingleSeries, TotalWords.contains(last)
    else { return [] }
    var total = [Double?](repeating: nil, count: header.columns.count)
    let cells = values[values.count - own.count..<values.count]
    for (step, value) in zip(own, cells) where !value.isNaN {
      total[step - header.firstStep] = value
    }
    guard TotalRows.areSums(total, sums(header, withoutLast: 1)) else { return [] }
    let known = cells.count { !$0.isNaN }
    values.removeLast(own.count)
    steps.removeLast()
    report.rowsRead -= 1
    report.valuesRead -= header.columns.count
    report.values -= known
    report.gaps -= own.count - known
    report.valuesOutside -= header.columns.count - own.count
    let place = cursor.place(of: firstLines.removeLast())
    return TotalRows.report(place, of: cursor, text: last)
  }

  /// Records what the cursor left out, after all rows have been read.
  mutating func finish(
    _ cursor: borrowing RecordCursor, _ header: WideTableHeader, totals: [SetAsideRows]
  ) throws(TableError) {
    try cursor.checkHasRows(report.rowsRead)
    cursor.takeNotes(into: &report.table, used: usedPlaces, totals: totals)
    report.rowsRead += report.table.rowsFiltered
  }

  /// Returns the table of all rows.
  func table(
    of source: any RecordSource, _ header: WideTableHeader
  ) throws(TableError) -> WideTable {
    guard report.values > 0 else { throw source.error(.noValues) }
    // A removed row of totals had the last number.
    let order = IdentityOrder(Array(identities.ids.prefix(steps.count)))
    var report = report
    report.table.takeIds(
      order.ids, merged: identities.severalSpellings, separator: identityColumns.separatorText,
      merging: merges)
    let rows = order.numbers.map { Int32(truncatingIfNeeded: $0) }
    return WideTable(
      ids: order.ids, stepCount: header.firstStep + header.columns.count,
      frequency: header.frequency, labels: header.labels, firstNumber: header.firstNumber,
      steps: order.numbers.map { steps[$0] }, numbers: values(inOrder: order.numbers),
      categories: categories.map { ($0.column.column, $0.categories(ofRows: rows)) },
      report: report)
  }

  /// Returns the values of all series in another order.
  private func values(inOrder numbers: [Int]) -> CompactNumbers {
    if numbers.elementsEqual(numbers.indices) { return values }
    let layout = RaggedLayout(steps)
    var ordered = CompactNumbers()
    ordered.reserveCapacity(values.count)
    for number in numbers {
      ordered.append(layout[number].cells(of: steps[number]), of: values)
    }
    return ordered
  }

  /// Appends the row without the fields at both ends that have no value.
  private mutating func appendRow(_ header: WideTableHeader) {
    report.valuesRead += row.count
    guard let first = row.firstIndex(where: { !$0.isNaN }),
      let last = row.lastIndex(where: { !$0.isNaN })
    else {
      report.rowsWithoutValue += 1
      report.valuesOutside += row.count
      steps.append(header.firstStep..<header.firstStep)
      return
    }
    let known = row.count { !$0.isNaN }
    report.values += known
    report.gaps += last + 1 - first - known
    report.valuesOutside += row.count - (last + 1 - first)
    steps.append(header.firstStep + first..<header.firstStep + last + 1)
    values.append(contentsOf: row[first...last])
  }
}
