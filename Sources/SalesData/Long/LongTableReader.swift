/// Reads a long table, one row for each series and step, into a panel on a regular calendar.
///
/// ```swift
/// let table = try LongTableReader().read("sales.csv")
/// print(table.report)
/// let history = table.panel.dropping(last: 28)
/// ```
///
/// Columns that the schema does not name are not used, and the report lists them. A value that is
/// empty, NaN, NA, N/A, null or None is missing: its step is a gap. The dates of all rows show whether
/// steps are days, weeks, months, quarters or years, unless ``frequency`` says it; what is said of days
/// below holds for them.
///
/// Rows may come in any order; series and categories are in the order of their names. The records are read one
/// by one, and take 16 bytes of memory a row meanwhile, and 4 more for each covariate.
///
/// Where the schema has a covariate that is known ahead, rows without a value that lie after the last
/// value of the whole table are its future: the panel ends before them, and the covariate does not.
public struct LongTableReader: Sendable {
  /// What the columns mean: the identity, the time, the target and the covariates.
  public var schema: TableSchema
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// The length of a step; nil to find it from the dates of all rows. A row counts in the step that holds its date, be that the step's first
  /// day, its last or any other; two rows of a series in one step are an error.
  public var frequency: Frequency?
  /// The weekday on which weeks start that are found from the dates; nil for Monday, or the weekday that
  /// keeps the dates of each series apart.
  public var weekStart: Weekday?
  /// What a day without a row means.
  public var missingDays = MissingDays.zero
  /// What becomes of a negative value.
  public var negativeValues = NegativeValues.reject
  /// What becomes of a row without a value.
  public var missingValues = MissingValues.reject
  /// The most days that the table's dates may span. A mistyped year would else make a calendar of
  /// centuries.
  public var spanLimit = 36_525
  /// The most values that the panel may hold.
  public var cellLimit = 1 << 29

  /// What a day without a row means, from the first row of a series on.
  public enum MissingDays: String, Sendable, CaseIterable {
    /// No row means no sale: the value is an observed 0, through to the last date of the table.
    case zero
    /// No row means that nothing is known: the day is a gap, and the series ends with its last row.
    case gap
  }

  /// What becomes of a negative value.
  public enum NegativeValues: String, Sendable, CaseIterable {
    /// It is an error: negative sales are mostly returns that should be netted first.
    case reject
    /// It becomes 0, and is counted.
    case clip
    /// It stays, and is counted.
    case keep
  }

  /// What becomes of a row whose value is empty, NaN, NA, null or none.
  public enum MissingValues: String, Sendable, CaseIterable {
    /// It is an error: whether it means no sale or nothing known must be said.
    case reject
    /// Nothing is known of the day: it is a gap, and the row is counted.
    case gap
  }

  /// A reader of tables with some columns, which rejects what its properties do not allow.
  public init(_ schema: TableSchema = .longTable) { self.schema = schema }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String) throws(TableError) -> LongTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in bytes of text.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> LongTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table that a source of records gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ source: any RecordSource) throws(TableError) -> LongTable {
    var cursor = RecordCursor(source)
    try cursor.filter(by: schema.filters)
    let places = try LongTablePlaces(cursor.columns, schema)
    var rows = LongTableRows(schema, places)
    var totals = TotalRows(keys: places.identity + [places.time], values: [places.target])
    while try cursor.next() {
      do {
        try cursor.checkFieldCount()
        try readRow(cursor, places, into: &rows)
      } catch {
        try totals.hold(error, cursor)
        continue
      }
      try totals.checkNoneHeld()
      // With more rows than days a series has a day twice, which the table below finds: a few bytes
      // of gzip that expand to one row without end are not read on.
      if rows.mostRowsOfOneSeries > spanLimit, !schema.mergesIdentities { break }
    }
    let sums = try totals.skipped { rows.report.rowsRead > 1 ? [rows.sum] : nil }
    try cursor.checkHasRows(rows.report.rowsRead)
    rows.report.conventions = cursor.conventions
    rows.report.table.isSingleSeries = places.identity.isEmpty
    let skipped = sums + rows.removeTotal(cursor)
    cursor.takeNotes(into: &rows.report.table, used: places.all, totals: skipped)
    rows.sortSeries()
    let form = cursor.dateForm(places.time)
    let frequency = try rows.findSteps(
      frequency, weekStart, form, spanLimit: spanLimit, of: source, column: schema.time)
    try rows.sumSpellings(of: source)
    return try rows.table(of: source, frequency, form, reader: self)
  }

  /// Reads the cursor's record as a row.
  private func readRow(
    _ cursor: borrowing RecordCursor, _ places: LongTablePlaces, into rows: inout LongTableRows
  ) throws(TableError) {
    // The date first: a row of totals has none, and adds no identity.
    let date = try readDate(cursor, places.time, &rows)
    let series = try rows.identityColumns.number(cursor, in: &rows.identities)
    rows.report.rowsRead += 1
    guard rows.report.rowsRead <= cellLimit else {
      throw cursor.error(.tooManyRows(limit: cellLimit))
    }
    let value = try readValue(cursor, places.target, &rows.report)
    rows.append(
      series: series, day: date.dayNumber, value: value ?? .nan, line: cursor.line)
    try rows.appendCovariates(cursor)
  }

  private func readDate(
    _ cursor: borrowing RecordCursor, _ field: Int, _ rows: inout LongTableRows
  ) throws(TableError) -> CalendarDate {
    let time = try cursor.midnight(field, schema.timeFormat)
    if let fault = rows.faultOfOffset(of: time, line: cursor.line) {
      throw cursor.error(fault, column: field)
    }
    return CalendarDate(dayNumber: time.day)
  }

  /// The value of the row, or nil where it has none.
  private func readValue(
    _ cursor: borrowing RecordCursor, _ field: Int, _ report: inout ReadingReport
  ) throws(TableError) -> Double? {
    let value = try cursor.value(field, negativeValues, &report)
    guard value != nil || missingValues == .gap || schema.hasKnownCovariate else {
      throw cursor.error(.missingNumber(text: cursor.record.text(field)), column: field)
    }
    return value
  }
}

/// Where a long table has the columns of its schema.
struct LongTablePlaces {
  let identity: [Int]
  let time: Int
  let target: Int
  let covariates: [Int]

  /// The places of all columns that are used.
  var all: [Int] { identity + [time, target] + covariates }

  init(_ columns: ColumnNames, _ schema: TableSchema) throws(TableError) {
    guard let targetColumn = schema.target else {
      throw columns.error(.schemaLacks(property: "target", table: "long tables"))
    }
    let values = [schema.time, targetColumn]
    identity = try columns.identityPlaces(
      schema.identity, isOptional: schema.allowsSingleSeries, others: schema.columnsBesidesIdentity)
    let places = try columns.places(of: (identity.isEmpty ? [] : schema.identity) + values)
    (time, target) = (places[places.count - 2], places[places.count - 1])
    // A column of the identity may be a covariate, too: the store of what an item sells in a store.
    covariates = Array(
      try columns.places(of: values + schema.covariates.map(\.column)).dropFirst(2))
  }
}

/// A table that was read: its panel with the covariates of the schema, and what became of its rows.
public struct LongTable: Sendable {
  public let panel: Panel
  public let report: ReadingReport
}
