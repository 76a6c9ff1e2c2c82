/// Reads a further table whose columns become covariates of a panel: prices, promotions, a calendar's
/// events, the attributes of products.
///
/// ```swift
/// let weeks = try PeriodLabels("calendar.csv", label: "wm_yr_wk", date: "date")
/// var prices = CovariateTableReader([CovariateColumn("sell_price", role: .known, kind: .numeric)])
/// prices.series = .columns([.init("store_id"), .init("item_id")])
/// prices.time = .period("wm_yr_wk", weeks)
/// let priced = try prices.read("sell_prices.csv.gz", into: sales)
/// print(priced.report)
/// ```
///
/// Columns that are known ahead reach as far beyond the panel's end as the table does. Steps without a
/// row are missing values. Rows for series that the panel has not, and for steps before a series begins,
/// are counted and set aside; two rows for one series and step are an error.
///
/// The records are read one by one; those that are used take 12 bytes of memory meanwhile, and 4 more for
/// each column.
public struct CovariateTableReader: Sendable {
  /// The columns that become covariates.
  public var columns: [CovariateColumn]
  /// Which series a row is about.
  public var series = SeriesKey.all
  /// Which steps a row is about. Where there are none, all columns must be static; else none may be.
  public var time = TimeKey.none
  /// A Boolean value that indicates whether keys and categories that differ only in blanks, letter case or
  /// invisible characters are one. Two rows for one series and step are an error all the same.
  public var mergesIdentities = false
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// The most days that the table may reach beyond the panel's end. A mistyped year would else make a
  /// calendar of centuries.
  public var spanLimit = 36_525
  /// The most values that a column may have.
  public var cellLimit = 1 << 29

  /// A reader of some columns. No columns at all stop the program.
  public init(_ columns: [CovariateColumn]) {
    guard !columns.isEmpty else {
      fatalError("CovariateTableReader: expected at least one column, got none")
    }
    self.columns = columns
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String, into panel: Panel) throws(TableError) -> CovariateTable {
    try read(DelimitedRecordSource(path: path, format: format), into: panel)
  }

  /// Reads the table that a source of records gives.
  ///
  /// A static column of a table with a time, one that is not static in a table without, and a table
  /// without any key stop the program.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(
    _ source: any RecordSource, into panel: Panel
  ) throws(TableError) -> CovariateTable {
    if let contradiction { fatalError("CovariateTableReader: expected \(contradiction)") }
    var cursor = RecordCursor(source)
    if let column = columns.first(where: { panel.role(of: $0.column) != nil }) {
      throw cursor.columns.error(.columnInPanel(name: column.column))
    }
    try cursor.filter(by: filters)
    var rows = try CovariateRows(self, panel, cursor.columns)
    var totals = rows.totals
    while try cursor.next() {
      do {
        try cursor.checkFieldCount()
        try rows.read(cursor)
      } catch {
        try totals.hold(error, cursor)
        continue
      }
      try totals.checkNoneHeld()
    }
    rows.report.conventions = cursor.conventions
    try rows.finish(cursor, totals: totals.skipped { nil })
    return try rows.table(of: panel, self, source: source)
  }

  /// What the keys and the roles should be and are not; nil where they fit.
  var contradiction: String? {
    if series == .columns([]) { return "at least one column of the series' key" }
    if time.name == nil {
      if series == .all { return "a column of series or of time to find the place of a row by" }
      if let column = columns.first(where: { $0.role != .static }) {
        return
          "a column of time, since \(column.column.debugDescription) is \(column.role.rawValue)"
      }
    } else if let column = columns.first(where: { $0.role == .static }) {
      return "no column of time, since \(column.column.debugDescription) is static"
    }
    return nil
  }
}
