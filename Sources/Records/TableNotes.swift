/// What a reader left out of a table, and what it took for granted, whatever the table's kind.
public struct TableNotes: Equatable, Sendable, Codable {
  /// The names of the columns that are not used, in the order of the table.
  public package(set) var ignoredColumns: [String] = []
  /// Lines that are skipped since they hold no data: above the header, of separators only, and of
  /// totals. They count as no rows.
  public package(set) var skippedLines: [SetAsideRows] = []
  /// What each filter did, in the order in which they are applied.
  public package(set) var filters: [RowFilterReport] = []
  /// A Boolean value that indicates whether no column tells series apart, so that all rows are one.
  public package(set) var isSingleSeries = false

  /// Groups of ids that differ only as ``IdentityFolding`` folds them, and are series of their own.
  public package(set) var similarIds: [[String]] = []
  /// The spellings of each id that is merged from several.
  public package(set) var mergedIds: [[String]] = []
  /// The number of rows whose values were added to those of a row in another spelling.
  public package(set) var rowsMerged = 0
  /// Ids that a spreadsheet shortened to a number such as `8.40E+12`.
  public package(set) var shortenedIds: [String] = []

  package init() {}

  /// The number of rows that the filters dropped.
  public var rowsFiltered: Int { filters.reduce(0) { $0 + $1.rowsDropped } }
}

extension RecordCursor {
  /// Takes into a report what was left out of the table, when all rows are read.
  ///
  /// - Parameters:
  ///   - used: The places of the columns that are read.
  ///   - totals: Rows of totals that are skipped.
  package func takeNotes(into notes: inout TableNotes, used: [Int], totals: [SetAsideRows]) {
    notes.ignoredColumns = columns.names(except: used + filters.places)
    notes.filters = filters.reports
    notes.skippedLines = skippedLines + totals
  }
}

extension TableNotes {
  /// A line for each note, as reports have it.
  package var lines: [String] {
    var lines: [String] = []
    if !skippedLines.isEmpty {
      lines.append("\(skippedLines.rowCount.counted("line")) skipped, without data")
      lines += skippedLines.map { "  \($0)" }
    }
    if isSingleSeries {
      lines.append("no column of ids: all rows are one series, \(excerpt(TableSchema.total))")
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
