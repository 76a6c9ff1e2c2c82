/// The parts of a table that a reader left out, and its assumptions, for any kind of table.
public struct TableNotes: Equatable, Sendable, Codable {
  /// The choices of the source, such as that of a sheet of a workbook.
  public package(set) var remarks: [String] = []
  /// The names of the unused columns, in the order of the table.
  public package(set) var ignoredColumns: [String] = []
  /// The skipped lines without data: above the header, with only separators, and with totals. They
  /// do not count as rows.
  public package(set) var skippedLines: [SetAsideRows] = []
  /// The effect of each filter, in the order in which they are applied.
  public package(set) var filters: [RowFilterReport] = []
  /// A Boolean value that indicates whether no column distinguishes series, so that all rows are
  /// one.
  public package(set) var isSingleSeries = false

  /// Groups of ids that have the same ``IdentityFolding`` key but are separate series.
  public package(set) var similarIds: [[String]] = []
  /// The spellings of each merged id.
  public package(set) var mergedIds: [[String]] = []
  /// The number of rows whose values were added to a row in another spelling.
  public package(set) var rowsMerged = 0
  /// The ids that a spreadsheet shortened to a number such as `8.40E+12`.
  public package(set) var shortenedIds: [String] = []

  package init() {}

  /// The number of rows that the filters dropped.
  public var rowsFiltered: Int { filters.reduce(0) { $0 + $1.rowsDropped } }
}

extension RecordCursor {
  /// Records which parts of the table were left out, after all rows have been read.
  ///
  /// - Parameters:
  ///   - used: The positions of the columns that were read.
  ///   - totals: Skipped rows with totals.
  package func takeNotes(into notes: inout TableNotes, used: [Int], totals: [SetAsideRows]) {
    notes.ignoredColumns = columns.names(except: used + filters.places)
    notes.filters = filters.reports
    notes.remarks = remarks
    notes.skippedLines = skippedLines + totals
  }
}

extension TableNotes {
  /// A line for each note, as shown in reports.
  package var lines: [String] {
    var lines = remarks
    if !skippedLines.isEmpty {
      lines.append("\(skippedLines.rowCount.counted("line")) skipped, without data")
      lines += skippedLines.map { "  \($0)" }
    }
    if isSingleSeries {
      lines.append("no id column: all rows are a single series, \(excerpt(TableSchema.total))")
    }
    if !filters.isEmpty {
      lines.append("\(rowsFiltered.counted("row")) dropped by filters")
      lines += filters.map { "  \($0)" }
    }
    lines += spellingLines
    if !ignoredColumns.isEmpty { lines.append("columns not used: \(listed(ignoredColumns))") }
    return lines
  }
}
