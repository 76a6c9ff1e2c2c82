/// A reader of wide tables, with one row for each series and one column for each step, like those
/// of the M4 and M5 competitions.
///
/// ```swift
/// var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
/// reader.categories = ["dept_id", "store_id"]
/// let sales = try reader.read("sales_train.csv.gz")
/// let panel = sales.panel(from: CalendarDate(year: 2011, month: 1, day: 29)!)
/// ```
///
/// Fields without a value before the first value and after the last are outside of the series, so
/// rows can have different ranges. Other fields without a value are gaps. The records are read one
/// at a time. Memory use is that of the table's values, 4 bytes each.
public struct WideTableReader: Sendable {
  /// The columns that together identify the series of a row. If there are none, the table has a
  /// single row.
  public var identity: [String]
  /// A Boolean value that indicates whether a table with none of the identity columns, nor another
  /// column that seems to be one, is a single series.
  public var allowsSingleSeries = false
  /// The separator of the parts of an identity with several columns. No part may contain it.
  public var identitySeparator = "/"
  /// The step columns.
  public var steps: StepColumns
  /// The interpretation of the table: its steps, and its negative values.
  public var policy = ReadingPolicy()
  /// The columns of categories that describe a series, such as its department.
  public var categories: [String] = []
  /// A Boolean value that indicates whether ids, and categories, that differ only in whitespace,
  /// letter case, or invisible characters are merged. Their rows are summed by step.
  public var mergesIdentities = false
  /// The filters of the rows. Rows that do not pass all filters are left out and counted.
  public var filters: [RowFilter] = []
  /// The format of the text. Ignored for other sources.
  public var format = DelimitedFormat()
  /// The maximum number of values in the table.
  public var cellLimit = 1 << 29

  /// The names of the step columns.
  public enum StepColumns: Equatable, Sendable {
    /// Columns named by a prefix and a number, such as `d_1`, `d_2`, …. `first` is the number of
    /// step 0. The numbers must increase by one from column to column.
    case numbered(prefix: String, first: Int)
    /// Columns named by dates, which must increase by one step of the reader's frequency from
    /// column to column. The first of them is step 0.
    case dates(DateFormat)
  }

  /// Creates a reader of tables with a single identity column.
  public init(identity: String, steps: StepColumns) {
    self.identity = [identity]
    self.steps = steps
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public func read(_ path: String) throws(TableError) -> WideTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in a text.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> WideTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table from a source of records.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(_ source: any RecordSource) throws(TableError) -> WideTable {
    var cursor = RecordCursor(source)
    try cursor.filter(by: filters)
    let header = try WideTableHeader(cursor.columns, self)
    cursor.shareNumbers(of: header.columns)
    var rows = try WideTableRows(self, cursor.columns, header)
    var totals = TotalRows(keys: rows.identityPlaces, values: Array(header.columns))
    while try cursor.next() {
      do {
        try cursor.checkFieldCount()
        try rows.append(cursor, header, self)
      } catch {
        try totals.hold(error, cursor)
        continue
      }
      try totals.checkNoneHeld()
    }
    rows.report.conventions = header.conventions + cursor.conventions
    let skipped = try totals.skipped { rows.sums(header) } + rows.removeTotal(cursor, header)
    try rows.finish(cursor, header, totals: skipped)
    rows.sumSpellings(header)
    return try rows.table(of: source, header)
  }
}
