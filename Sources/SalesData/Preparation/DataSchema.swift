/// The meaning of the columns in a shop's tables: the main table, and additional tables that
/// describe its series and their steps.
///
/// The file format is a JSON object with the properties of a ``TableSchema``. `steps` declares a
/// wide table, `quantity` order lines, and `target` a long table. Order lines can have `rules` with
/// the properties of ``OrderRules``, and every table can have `filters` in the format of
/// ``RowFilter``. This is M5:
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
  /// The kind of the main table's rows, and the meaning of its columns.
  public var main: Main
  /// The tables whose columns become covariates.
  public var tables: [CovariateTable] = []

  /// Creates a schema without additional tables.
  public init(_ main: Main) { self.main = main }

  /// The kind of the main table's rows.
  public enum Main: Equatable, Sendable {
    /// A series on a day.
    case long(TableSchema)
    /// A series, with a column for each step.
    case wide(WideSchema)
    /// Units of an item in an order, with rules for the lines.
    case orders(TableSchema, OrderRules)
  }

  /// The schema of *Online Retail II* (D. Chen 2012, UCI Machine Learning Repository 502).
  public static let onlineRetail = DataSchema(.orders(.onlineRetail, .onlineRetail))
}

/// The meaning of the columns of a wide table.
public struct WideSchema: Equatable, Sendable {
  /// The columns that together identify the series of a row. If there are none, the table has a
  /// single row.
  public var identity: [String]
  /// The separator of the parts of an identity with several columns.
  public var identitySeparator = "/"
  /// The step columns.
  public var steps: WideTableReader.StepColumns
  /// The date of step 0, if the columns are numbered.
  public var start: CalendarDate?
  /// The columns of categories by which series are aggregated.
  public var levels: [String] = []
  /// A Boolean value that indicates whether ids, and categories, that differ only in whitespace,
  /// letter case, or invisible characters are merged.
  public var mergesIdentities = false
  /// A Boolean value that indicates whether a table without the identity columns is a single
  /// series.
  public var allowsSingleSeries = false
  /// The filters of the rows. Rows that do not pass all filters are left out and counted.
  public var filters: [RowFilter] = []

  /// Creates a schema with the required columns. Stops the program if the steps are numbered and
  /// `start` is `nil`.
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

/// A table whose columns become covariates, and its source.
public struct CovariateTable: Equatable, Sendable {
  /// The source of the table: a file, or any other name that the caller of the preparation can
  /// open.
  public var source: String
  /// The columns that become covariates.
  public var columns: [CovariateColumn]
  /// The columns that identify the series of a row.
  public var series = SeriesKey.all
  /// The column of the date or period, or `nil` if rows have no time.
  public var time: String?
  /// The format of the dates.
  public var timeFormat = DateFormat.automatic
  /// A Boolean value that indicates whether keys and categories that differ only in whitespace,
  /// letter case, or invisible characters are merged.
  public var mergesIdentities = false
  /// The table with the days of periods, if `time` is a column of period labels.
  public var periods: Periods?
  /// The filters of the rows. Rows that do not pass all filters are left out and counted.
  public var filters: [RowFilter] = []
  /// The format of the text.
  public var format = DelimitedFormat()

  /// Creates a table of covariates without keys, which you set separately.
  public init(_ source: String, columns: [CovariateColumn]) {
    self.source = source
    self.columns = columns
  }

  /// A table that maps dates to the labels of periods.
  public struct Periods: Equatable, Sendable {
    /// The source of the table.
    public var source: String
    /// The column of labels.
    public var label: String
    /// The column of dates.
    public var date: String
    /// The format of the dates.
    public var dateFormat = DateFormat.automatic
    /// The format of the text.
    public var format = DelimitedFormat()

    /// Creates a table of periods.
    public init(_ source: String, label: String, date: String) {
      self.source = source
      self.label = label
      self.date = date
    }
  }
}
