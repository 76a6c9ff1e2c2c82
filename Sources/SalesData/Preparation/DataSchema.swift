/// What the columns of a shop's tables mean: those of the main one, and those of further tables that say
/// more of its series and their steps.
///
/// As a file it is one JSON object. Its properties are those of a ``TableSchema``, and `steps` makes it
/// a wide table, `quantity` order lines, `target` a long table. Order lines may have `rules`, as
/// ``OrderRules`` names them, and every table `filters`, as ``RowFilter`` has them. This is M5:
///
/// ```json
/// {
///   "identity": "id", "steps": {"first": "d_1", "date": "2011-01-29"},
///   "levels": ["item_id", "dept_id", "cat_id", "store_id", "state_id"],
///   "tables": [
///     {"source": "calendar.csv", "time": "date", "covariates": [
///       {"column": "event_name_1", "role": "known", "kind": "categorical"},
///       {"column": "snap_CA", "role": "known", "kind": "numeric"}]},
///     {"source": "sell_prices.csv", "keys": ["store_id", "item_id"],
///      "period": {"column": "wm_yr_wk", "source": "calendar.csv", "date": "date"},
///      "covariates": [{"column": "sell_price", "role": "known", "kind": "numeric"}]}
///   ]
/// }
/// ```
public struct DataSchema: Equatable, Sendable {
  /// What a row of the main table is, and what its columns mean.
  public var main: Main
  /// Tables whose columns become covariates.
  public var tables: [FurtherTable] = []

  /// A schema without further tables.
  public init(_ main: Main) { self.main = main }

  /// What a row of the main table is.
  public enum Main: Equatable, Sendable {
    /// A series on a day.
    case long(TableSchema)
    /// A series, with a column for each step.
    case wide(WideSchema)
    /// Some units of an item in an order, and what the lines mean beyond their columns.
    case orders(TableSchema, OrderRules)
  }

  /// *Online Retail II* (D. Chen 2012, UCI Machine Learning Repository 502).
  public static let onlineRetail = DataSchema(.orders(.onlineRetail, .onlineRetail))
}

/// What the columns of a wide table mean.
public struct WideSchema: Equatable, Sendable {
  /// The columns that together say which series a row is of. Without any the table has one row.
  public var identity: [String]
  /// What joins the parts of an identity of several columns.
  public var identitySeparator = "/"
  /// Which columns are steps.
  public var steps: WideTableReader.StepColumns
  /// The date of step 0, where the columns are numbered.
  public var start: CalendarDate?
  /// Columns of categories by which series are aggregated.
  public var levels: [String] = []
  /// A Boolean value that indicates whether ids, and categories, that differ only in blanks, letter case
  /// or invisible characters are one.
  public var mergesIdentities = false
  /// A Boolean value that indicates whether a table without the columns of the identity is one series.
  public var allowsSingleSeries = false
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []

  /// A schema of the columns that every wide table has. Numbered steps without a date of step 0 stop
  /// the program.
  public init(
    identity: [String], steps: WideTableReader.StepColumns, start: CalendarDate? = nil
  ) {
    if case .numbered = steps, start == nil {
      fatalError("WideSchema: expected the date of step 0, since the columns are numbered")
    }
    self.identity = identity
    self.steps = steps
    self.start = start
  }
}

/// A table whose columns become covariates, and where it is.
public struct FurtherTable: Equatable, Sendable {
  /// What the table is read from: a file, or whatever else who prepares can open.
  public var source: String
  /// The columns that become covariates.
  public var columns: [CovariateColumn]
  /// Which series a row is about.
  public var series = SeriesKey.all
  /// The column of the date or of the period; nil where rows are about series as such.
  public var time: String?
  /// How dates are written.
  public var timeFormat = DateFormat.automatic
  /// A Boolean value that indicates whether keys and categories that differ only in blanks, letter case or
  /// invisible characters are one.
  public var mergesIdentities = false
  /// Where the days of periods are found, if `time` is a column of their labels.
  public var periods: Periods?
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []
  /// How the text is written.
  public var format = DelimitedFormat()

  /// A table of columns that are to be given keys.
  public init(_ source: String, columns: [CovariateColumn]) {
    self.source = source
    self.columns = columns
  }

  /// A table that maps dates to the labels of periods.
  public struct Periods: Equatable, Sendable {
    /// What the table is read from.
    public var source: String
    /// The column of labels.
    public var label: String
    /// The column of dates.
    public var date: String
    /// How dates are written.
    public var dateFormat = DateFormat.automatic
    /// How the text is written.
    public var format = DelimitedFormat()

    public init(_ source: String, label: String, date: String) {
      self.source = source
      self.label = label
      self.date = date
    }
  }
}
