/// Reads named columns of numbers from a delimited table.
///
/// ```swift
/// let table = try NumericTableReader(columns: ["price", "sales"]).read("sales.csv")
/// print(table.report)
/// let price = table["price"]                             // [N, 1]
/// ```
///
/// The text is as for ``DelimitedRecordSource``. Columns that are not named are not looked at. A value that is empty, NaN, NA, N/A, null or None is missing. The
/// file is read piece by piece, and takes 4 bytes of memory a value.
public struct NumericTableReader: Sendable {
  /// The columns to read, in the order that the table will have them.
  public var columns: [String]
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// What becomes of a row that lacks a value.
  public var missingValues = MissingValues.drop

  /// What becomes of a row that lacks a value in one of the columns.
  public enum MissingValues: String, Sendable, CaseIterable {
    /// It is left out, and counted.
    case drop
    /// It is an error.
    case reject
  }

  /// A reader of some columns. No columns at all stop the program.
  public init(columns: [String]) {
    guard !columns.isEmpty else {
      fatalError("NumericTableReader: expected at least one column, got none")
    }
    self.columns = columns
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String) throws(TableError) -> NumericTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in bytes of text.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> NumericTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table that a source of records gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ source: any RecordSource) throws(TableError) -> NumericTable {
    var cursor = RecordCursor(source)
    let places = try cursor.columns.places(of: columns)
    var report = NumericTable.Report(missingValues: columns.map { _ in 0 })
    var values: [Float] = []
    while try cursor.next() {
      try cursor.checkFieldCount()
      try readRow(cursor, places, &report, into: &values)
    }
    guard report.rowsRead > 0 else { throw source.error(.noRows) }
    report.conventions = cursor.conventions
    guard report.rowsKept > 0 else { throw source.error(.noCompleteRow) }
    return NumericTable(columns: columns, report: report, values: values)
  }

  /// Reads the cursor's record: adds its values, or none of them where one is missing.
  private func readRow(
    _ cursor: borrowing RecordCursor, _ places: [Int], _ report: inout NumericTable.Report,
    into values: inout [Float]
  ) throws(TableError) {
    let start = values.count
    var isComplete = true
    for (index, place) in places.enumerated() {
      if let value = try readValue(cursor, place) {
        values.append(value)
      } else {
        report.missingValues[index] += 1
        isComplete = false
      }
    }
    report.rowsRead += 1
    if !isComplete {
      report.rowsDropped += 1
      values.removeSubrange(start...)
    }
  }

  /// The number in a field, or nil where it is missing.
  private func readValue(
    _ cursor: borrowing RecordCursor, _ place: Int
  ) throws(TableError) -> Float? {
    switch cursor.number(place) {
    case .number(let value):
      return Float(value)
    case .missing:
      guard missingValues == .drop else {
        throw cursor.error(.missingValue(text: cursor.record.text(place)), column: place)
      }
      return nil
    case .infinite, .unparsable, .undecided, .otherUnit:
      throw cursor.error(cursor.numberFault(place), column: place)
    }
  }
}
