/// Reads named columns of numbers from a delimited table.
///
/// ```swift
/// let table = try NumericTableReader(columns: ["price", "sales"]).read("sales.csv")
/// print(table.report)
/// let price = table["price"]                             // [N, 1]
/// ```
///
/// The text is as for ``LongTableReader``: UTF-8, with a header, delimited by RFC 4180. Columns that
/// are not named are not looked at. A value that is empty, NaN, NA, N/A, null or None is missing. The
/// file is read piece by piece, and takes 4 bytes of memory a value.
public struct NumericTableReader: Sendable {
  /// The columns to read, in the order that the table will have them.
  public var columns: [String]
  /// The character between fields.
  public var separator = Separator.comma
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

  /// Reads the table that a source gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ source: any ByteSource) throws(TableError) -> NumericTable {
    var parser = try DelimitedParser(source, separator: separator)
    let header = try TableHeader(&parser, separator: separator)
    let places = try header.places(of: columns, parser)
    var report = NumericTable.Report(missingValues: columns.map { _ in 0 })
    var values: [Float] = []
    while try parser.next() {
      guard parser.fieldCount == header.fieldCount else {
        throw parser.error(.fieldCount(expected: header.fieldCount, found: parser.fieldCount))
      }
      try readRow(&parser, places, &report, into: &values)
    }
    guard report.rowsRead > 0 else { throw TableError(file: source.name, fault: .noRows) }
    guard report.rowsKept > 0 else { throw TableError(file: source.name, fault: .noCompleteRow) }
    return NumericTable(columns: columns, report: report, values: values)
  }

  /// Reads the parser's current record: adds its values, or none of them where one is missing.
  private func readRow(
    _ parser: inout DelimitedParser, _ places: [Int], _ report: inout NumericTable.Report,
    into values: inout [Float]
  ) throws(TableError) {
    let start = values.count
    var isComplete = true
    for (index, place) in places.enumerated() {
      if let value = try readValue(&parser, place, columns[index]) {
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
    _ parser: inout DelimitedParser, _ place: Int, _ column: String
  ) throws(TableError) -> Float? {
    switch parser.withField(place, { NumberField($0) }) {
    case .number(let value):
      return value
    case .missing:
      guard missingValues == .drop else {
        throw parser.error(.missingValue(text: parser.text(place)), column: column)
      }
      return nil
    case .infinite:
      throw parser.error(.infiniteNumber(text: parser.text(place)), column: column)
    case .unparsable:
      throw parser.error(.unparsableNumber(text: parser.text(place)), column: column)
    }
  }
}
