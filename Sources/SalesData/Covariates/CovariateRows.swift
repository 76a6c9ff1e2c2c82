/// The rows of a covariate table that have been read and are used, stored by column.
struct CovariateRows {
  var report = CovariateReport()
  private var groups: SeriesGroups
  private var steps: CovariateSteps
  private var covariates: [CovariateReader]
  /// The positions of the columns that are read.
  private let usedPlaces: [Int]
  /// The detector of rows with totals at the end of the table.
  let totals: TotalRows
  private let panelEnd: Int
  /// A Boolean value that indicates whether rows can apply to steps after the panel's end.
  private let isKnownAhead: Bool
  private let isStatic: Bool

  // The group, the period, and the line of each used row.
  private var groupOfRow: [Int32] = []
  private var periodOfRow: [Int32] = []
  private var lines: [UInt32] = []
  /// The first step after those of all used rows.
  private var end: Int

  init(
    _ reader: CovariateTableReader, _ panel: Panel, _ columns: ColumnNames
  ) throws(TableError) {
    let keys = reader.series.names + (reader.time.name.map { [$0] } ?? [])
    let places = try columns.places(of: keys + reader.columns.map(\.column))
    let seriesPlaces = Array(places.prefix(reader.series.names.count))
    groups = try SeriesGroups(
      panel, reader.series, places: seriesPlaces, columns, merges: reader.mergesIdentities)
    steps = try CovariateSteps(
      reader.time, panel.calendar,
      place: reader.time.name == nil ? nil : places[seriesPlaces.count], limit: reader.spanLimit)
    covariates = zip(reader.columns, places.dropFirst(keys.count)).map { column, place in
      CovariateReader(column, place: place, merges: reader.mergesIdentities)
    }
    usedPlaces = places
    totals = TotalRows(keys: Array(places.prefix(keys.count)), values: [])
    panelEnd = panel.calendar.count
    isKnownAhead = reader.columns.contains { $0.role == .known }
    isStatic = reader.time.name == nil
    end = panelEnd
  }

  /// Reads the cursor's record.
  mutating func read(_ cursor: borrowing RecordCursor) throws(TableError) {
    let group = try groups.group(cursor)
    guard group >= 0 else {
      return setAside(
        groups.spellsOtherwise(cursor)
          ? "of a series that the panel spells differently"
          : "of a series that the panel does not contain",
        cursor)
    }
    switch try steps.place(cursor) {
    case .unknownLabel: setAside("of a period without a known day", cursor)
    case .weekend: setAside("of a weekend, which has no business day", cursor)
    case .beforeStart: setAside("before the panel's first step", cursor)
    case .period(let period):
      if !isStatic, let reason = reasonToSetAside(steps.steps(ofPeriod: period), group) {
        return setAside(reason, cursor)
      }
      report.rowsRead += 1
      report.rowsUsed += 1
      groupOfRow.append(Int32(truncatingIfNeeded: group))
      periodOfRow.append(Int32(truncatingIfNeeded: period))
      lines.append(UInt32(clamping: cursor.line))
      if !isStatic { end = max(end, steps.steps(ofPeriod: period).upperBound) }
      for index in covariates.indices { try covariates[index].append(cursor) }
    }
  }

  /// Records what the cursor left out, after all rows have been read.
  mutating func finish(
    _ cursor: borrowing RecordCursor, totals: [SetAsideRows]
  ) throws(TableError) {
    try cursor.checkHasRows(report.rowsRead)
    for index in covariates.indices { try covariates[index].finish() }
    report.conventions = cursor.conventions + covariates.compactMap(\.convention)
    cursor.takeNotes(into: &report.table, used: usedPlaces, totals: totals)
    report.rowsRead += report.table.rowsFiltered
  }

  private func reasonToSetAside(_ steps: Range<Int>, _ group: Int) -> String? {
    let covered = groups.steps[group]
    if steps.lowerBound >= panelEnd {
      return isKnownAhead ? nil : "after the panel's end, in a past-only column"
    }
    if covered.isEmpty || steps.upperBound <= covered.lowerBound {
      return "before the first step of its series"
    }
    if !isKnownAhead, steps.lowerBound >= covered.upperBound {
      return "after the last step of its series, in a past-only column"
    }
    return nil
  }

  private mutating func setAside(_ reason: String, _ cursor: borrowing RecordCursor) {
    report.rowsRead += 1
    report.setAside.add(reason, cursor.example())
  }
}

// MARK: - The panel

extension CovariateRows {
  /// Returns the panel with the columns of all rows.
  func table(
    of panel: Panel, _ reader: CovariateTableReader, source: any RecordSource
  ) throws(TableError) -> CovariatePanel {
    guard report.rowsUsed > 0 else {
      let most = report.setAside.max { $0.count < $1.count }!
      throw source.error(.noRowFits(reason: most.description))
    }
    var report = report
    report.source = source.name
    let periods = isStatic ? [0] : steps.periods(before: end)
    let rows = try RowOfKey(
      groupCount: groups.count, periodCount: (periods.max() ?? -1) + 1, limit: reader.cellLimit,
      source: source, groupOfRow, periodOfRow, lines)
    var panel = panel
    var rowsOfRole: [CovariateRoleName: [Int32]] = [:]
    for covariate in covariates {
      let role = covariate.column.role
      if rowsOfRole[role] == nil {
        rowsOfRole[role] = try cellRows(of: panel, role, rows, periods, reader, source)
      }
      let cells = rowsOfRole[role]!
      let values = covariate.values(ofRows: cells)
      panel = panel.adding(covariate.column, values, isShared: reader.series == .all, end: end)
      report.columns.append(
        CovariateReport.Column(
          name: covariate.column.column, role: role, values: values.count,
          missing: values.missingCount, futureSteps: role == .known ? end - panelEnd : 0))
    }
    return CovariatePanel(panel: panel, report: report)
  }

  /// Returns the row of each cell of a column with the given role.
  private func cellRows(
    of panel: Panel, _ role: CovariateRoleName, _ rows: RowOfKey, _ periods: [Int],
    _ reader: CovariateTableReader, _ source: any RecordSource
  ) throws(TableError) -> [Int32] {
    if role == .known, reader.series == .all { return rows.rows(of: 0, periods[...]) }
    let ranges = panel.ids.indices.map { index in
      switch role {
      case .static: 0..<1
      case .past: panel.steps(at: index)
      case .known: panel.steps(at: index).lowerBound..<end
      }
    }
    let count = ranges.reduce(0) { $0 + $1.count }
    guard count <= reader.cellLimit else {
      throw source.error(
        .tooManyCells(series: ranges.count, cells: count, limit: reader.cellLimit))
    }
    var cells: [Int32] = []
    cells.reserveCapacity(count)
    for (range, group) in zip(ranges, groups.groupOfSeries) {
      rows.append(of: Int(group), periods[range], to: &cells)
    }
    return cells
  }
}

/// The row for each group and period.
private struct RowOfKey {
  private let periodCount: Int
  private var rows: [Int32]

  init(
    groupCount: Int, periodCount: Int, limit: Int, source: any RecordSource, _ groups: [Int32],
    _ periods: [Int32], _ lines: [UInt32]
  ) throws(TableError) {
    self.periodCount = periodCount
    let (count, overflows) = groupCount.multipliedReportingOverflow(by: periodCount)
    guard !overflows, count <= limit else {
      throw source.error(.tooManyCells(series: groupCount, cells: count, limit: limit))
    }
    rows = Array(repeating: CovariateReader.noRow, count: count)
    for row in groups.indices {
      let key = Int(groups[row]) * periodCount + Int(periods[row])
      guard rows[key] == CovariateReader.noRow else {
        throw source.error(
          .secondRow(firstLine: .same(Int(lines[Int(rows[key])]))), line: Int(lines[row]))
      }
      rows[key] = Int32(truncatingIfNeeded: row)
    }
  }

  /// Returns the rows of a group at the given steps, each of which has a period or −1.
  func rows(of group: Int, _ periods: ArraySlice<Int>) -> [Int32] {
    var cells: [Int32] = []
    append(of: group, periods, to: &cells)
    return cells
  }

  func append(of group: Int, _ periods: ArraySlice<Int>, to cells: inout [Int32]) {
    for period in periods {
      cells.append(
        group < 0 || period < 0 ? CovariateReader.noRow : rows[group * periodCount + period])
    }
  }
}

extension Panel {
  /// Returns the panel with a column of a covariate table, which covers steps before `end` if it is
  /// known ahead.
  fileprivate func adding(
    _ column: CovariateColumn, _ values: CovariateValues, isShared: Bool, end: Int
  ) -> Panel {
    switch column.role {
    case .static: adding(static: column.column, values)
    case .past: adding(past: column.column, values)
    case .known where isShared:
      adding(shared: column.column, values, futureSteps: end - calendar.count)
    case .known: adding(known: column.column, values, futureSteps: end - calendar.count)
    }
  }
}
