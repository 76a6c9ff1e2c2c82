/// Reads a wide table, one row for each series and one column for each step, as those of the M4 and
/// M5 competitions are.
///
/// ```swift
/// var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
/// reader.categories = ["dept_id", "store_id"]
/// let sales = try reader.read("sales_train.csv.gz")
/// let panel = sales.panel(from: CalendarDate(year: 2011, month: 1, day: 29)!)
/// ```
///
/// Fields without a value before the first one, and after the last one, are outside of the series:
/// rows may be ragged at both ends. Those in between are gaps. The records are read one by one; memory
/// is that of the table's values, 4 bytes each.
public struct WideTableReader: Sendable {
  /// The columns that together say which series a row is of. Without any the table has one row.
  public var identity: [String]
  /// A Boolean value that indicates whether a table that has none of the columns of the identity, and
  /// no other that seems to be one, is one series.
  public var allowsSingleSeries = false
  /// What joins the parts of an identity of several columns; none of the parts may hold it.
  public var identitySeparator = "/"
  /// Which columns are steps.
  public var steps: StepColumns
  /// The length of a step; nil to find it from the dates of the columns. Numbered columns are days
  /// then. A column counts in the step that holds its date.
  public var frequency: Frequency?
  /// The weekday on which weeks start that are found from the dates; nil for Monday.
  public var weekStart: Weekday?
  /// Columns of words that say something of a series, such as its department.
  public var categories: [String] = []
  /// A Boolean value that indicates whether ids, and categories, that differ only in blanks, letter case
  /// or invisible characters are one. Their rows are summed, step by step.
  public var mergesIdentities = false
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// What becomes of a negative value.
  public var negativeValues = LongTableReader.NegativeValues.reject
  /// The most values that the table may hold.
  public var cellLimit = 1 << 29

  /// Which columns are steps, and of which one.
  public enum StepColumns: Equatable, Sendable {
    /// Columns named by a prefix and a number, such as `d_1`, `d_2`, …: `first` is the number that
    /// counts as step 0. The numbers must rise by one from column to column.
    case numbered(prefix: String, first: Int)
    /// Columns named by dates, which must rise by one step of the reader's frequency from column to
    /// column; the first of them is step 0.
    case dates(DateFormat)
  }

  /// A reader of series of one column of identity.
  public init(identity: String, steps: StepColumns) {
    self.identity = [identity]
    self.steps = steps
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String) throws(TableError) -> WideTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in bytes of text.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> WideTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table that a source of records gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
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
