/// A reader of named columns of numbers from a delimited table.
///
/// ```swift
/// let table = try NumericTableReader(columns: ["price", "sales"]).read("sales.csv")
/// print(table.report)
/// let price = table["price"]                             // [N, 1]
/// ```
///
/// The text format is that of ``DelimitedRecordSource``. Other columns are ignored. Values that are
/// empty, NaN, NA, N/A, null, or None are missing. The file is read in chunks, and each value takes
/// 4 bytes of memory.
public struct NumericTableReader: Sendable {
  /// The names of the columns to read, in the order of the resulting table.
  public var columns: [String]
  /// The format of the text. Ignored for other sources.
  public var format = DelimitedFormat()
  /// How to handle rows with a missing value.
  public var missingValues = MissingValues.drop

  /// How to handle rows with a missing value in one of the columns.
  public enum MissingValues: String, Sendable, CaseIterable {
    /// Drop the row and count it.
    case drop
    /// Throw an error.
    case reject
  }

  /// Creates a reader of the given columns. Stops the program if there are none.
  public init(columns: [String]) {
    guard !columns.isEmpty else {
      fatalError("NumericTableReader: expected at least one column, got none")
    }
    self.columns = columns
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public func read(_ path: String) throws(TableError) -> NumericTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in a text.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> NumericTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table from a source of records.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
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

  /// Reads the cursor's record. Appends its values, or none of them if one is missing.
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

  /// Returns the number in a field, or `nil` if it is missing.
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
