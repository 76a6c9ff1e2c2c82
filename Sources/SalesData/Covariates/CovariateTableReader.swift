/// A reader of a table whose columns become covariates of a panel: prices, promotions, calendar
/// events, or product attributes.
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
/// Columns that are known ahead extend as far beyond the panel's end as the table does. Steps
/// without a row are missing values. Rows for series that the panel does not contain, and for steps
/// before a series begins, are counted and set aside. Two rows for the same series and step are an
/// error.
///
/// The records are read one at a time. While reading, each used record takes 12 bytes of memory,
/// plus 4 for each column.
public struct CovariateTableReader: Sendable {
  /// The columns that become covariates.
  public var columns: [CovariateColumn]
  /// The columns that identify the series of a row.
  public var series = SeriesKey.all
  /// The column that identifies the steps of a row. Without it, all columns must be static. With
  /// it, none may be static.
  public var time = TimeKey.none
  /// A Boolean value that indicates whether keys and categories that differ only in whitespace,
  /// letter case, or invisible characters are merged. Two rows for the same series and step are
  /// still an error.
  public var mergesIdentities = false
  /// The filters of the rows. Rows that do not pass all filters are left out and counted.
  public var filters: [RowFilter] = []
  /// The format of the text. Ignored for other sources.
  public var format = DelimitedFormat()
  /// The maximum number of days after the panel's end. It keeps a mistyped year from creating a
  /// calendar of centuries.
  public var spanLimit = 36_525
  /// The maximum number of values in a column.
  public var cellLimit = 1 << 29

  /// Creates a reader of the given columns. Stops the program if there are none.
  public init(_ columns: [CovariateColumn]) {
    guard !columns.isEmpty else {
      fatalError("CovariateTableReader: expected at least one column, got none")
    }
    self.columns = columns
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public func read(_ path: String, into panel: Panel) throws(TableError) -> CovariatePanel {
    try read(DelimitedRecordSource(path: path, format: format), into: panel)
  }

  /// Reads the table from a source of records.
  ///
  /// Stops the program if the table has a time column and a static covariate, has no time column
  /// but a covariate that is not static, or has no key.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(
    _ source: any RecordSource, into panel: Panel
  ) throws(TableError) -> CovariatePanel {
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
    try rows.finish(cursor, totals: totals.skipped { nil })
    return try rows.table(of: panel, self, source: source)
  }

  /// A description of what is wrong with the keys and roles, or `nil` if they are consistent.
  var contradiction: String? {
    if series == .columns([]) { return "at least one column of the series' key" }
    if time.name == nil {
      if series == .all { return "a series or time column that identifies the place of a row" }
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
