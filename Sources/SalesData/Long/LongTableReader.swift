/// A reader of long tables, with one row for each series and step, into a panel on a regular
/// calendar.
///
/// ```swift
/// let table = try LongTableReader().read("sales.csv")
/// print(table.report)
/// let history = table.panel.dropping(last: 28)
/// ```
///
/// Columns that the schema does not name are not used, and the report lists them. Values that are
/// empty, NaN, NA, N/A, null, or None are missing, and their steps are gaps. Unless ``policy``
/// specifies it, the dates of all rows determine whether steps are hours, days, business days, weeks,
/// months, quarters, or years. The following descriptions refer to days but apply to all steps.
///
/// Rows can be in any order. Series and categories are ordered by name. The records are read one at
/// a time. While reading, each row takes 16 bytes of memory, plus 4 for each covariate.
///
/// If the schema has a known-future covariate, rows without a value after the last value of the
/// whole table are its future. The panel ends before them, and the covariate includes them.
public struct LongTableReader: Sendable {
  /// The meaning of the columns: the identity, the time, the target, and the covariates.
  public var schema: TableSchema
  /// The format of the text. Ignored for other sources.
  public var format = DelimitedFormat()
  /// The interpretation of the table: its steps, and its missing and negative values. Two rows of a
  /// series in the same step are an error. A time of day matters only if steps are hours.
  public var policy = ReadingPolicy()
  /// The longest time without a row, in days: 20 years. It keeps a mistyped year from creating a
  /// calendar of decades without sales.
  public var gapLimit = 7_305
  /// The maximum number of values in the panel.
  public var cellLimit = 1 << 29

  /// Creates a reader of tables with the given schema, which rejects negative and missing values by
  /// default.
  public init(_ schema: TableSchema = .longTable) { self.schema = schema }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public func read(_ path: String) throws(TableError) -> LongTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in a text.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> LongTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table from a source of records.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
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
      // Two rows for the same step are reported below. This stops reading if a few bytes of gzip expand
      // to endless rows.
      if rows.repeatsSteps, !schema.mergesIdentities { break }
    }
    let sums = try totals.skipped { rows.report.rowsRead > 1 ? [rows.sum] : nil }
    try cursor.checkHasRows(rows.report.rowsRead)
    rows.report.conventions = cursor.conventions
    try rows.finishCovariates()
    rows.report.table.isSingleSeries = places.identity.isEmpty
    let skipped = sums + rows.removeTotal(cursor)
    cursor.takeNotes(into: &rows.report.table, used: places.all, totals: skipped)
    rows.sortSeries()
    let form = cursor.dateForm(places.time)
    let frequency = try rows.findSteps(self, form, of: source)
    try rows.sumSpellings(of: source)
    return try rows.table(of: source, frequency, form, reader: self)
  }

  /// Reads the cursor's record as a row.
  private func readRow(
    _ cursor: borrowing RecordCursor, _ places: LongTablePlaces, into rows: inout LongTableRows
  ) throws(TableError) {
    // The date comes first: a row of totals has none, and must not add an identity.
    let time = try readTime(cursor, places.time, &rows)
    let series = try rows.identityColumns.number(cursor, in: &rows.identities)
    rows.report.rowsRead += 1
    guard rows.report.rowsRead <= cellLimit else {
      throw cursor.error(.tooManyRows(limit: cellLimit))
    }
    let value = try readValue(cursor, places.target, &rows.report)
    rows.append(
      series: series, time: time, dropsTime: dropsTime, value: value ?? .nan, line: cursor.line)
    try rows.appendCovariates(cursor)
  }

  /// A Boolean value that indicates whether the time of day of a date does not matter.
  private var dropsTime: Bool { policy.frequency != nil && policy.frequency != .hour }

  private func readTime(
    _ cursor: borrowing RecordCursor, _ field: Int, _ rows: inout LongTableRows
  ) throws(TableError) -> WrittenTime {
    let time =
      try dropsTime
      ? cursor.time(field, schema.timeFormat) : cursor.wholeHour(field, schema.timeFormat)
    if let fault = rows.faultOfOffset(of: time, line: cursor.line) {
      throw cursor.error(fault, column: field)
    }
    return time
  }

  /// Returns the value of the row, or `nil` if it has none.
  private func readValue(
    _ cursor: borrowing RecordCursor, _ field: Int, _ report: inout ReadingReport
  ) throws(TableError) -> Double? {
    let value = try cursor.value(field, policy.negativeValues, &report)
    guard value != nil || policy.missingValues == .gap || schema.hasKnownCovariate else {
      throw cursor.error(.missingNumber(text: cursor.record.text(field)), column: field)
    }
    return value
  }
}

/// The positions of the schema's columns in a long table.
struct LongTablePlaces {
  let identity: [Int]
  let time: Int
  let target: Int
  let covariates: [Int]

  /// The positions of all used columns.
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
    // An identity column can also be a covariate, such as the store in an identity of item and
    // store.
    covariates = Array(
      try columns.places(of: values + schema.covariates.map(\.column)).dropFirst(2))
  }
}

/// The result of reading a long table: a panel with the covariates of the schema, and a report on
/// the rows.
public struct LongTable: Sendable {
  /// The panel.
  public let panel: Panel
  /// The report on the rows.
  public let report: ReadingReport
}
