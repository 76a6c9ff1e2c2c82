/// Reads a long table, one row for each series and day, into a panel on a daily calendar.
///
/// ```swift
/// let table = try LongTableReader().read("sales.csv")
/// print(table.report)
/// let history = table.panel.dropping(last: 28)
/// ```
///
/// The text is UTF-8, with or without a byte-order mark, with a header, and delimited by RFC 4180:
/// fields in double quotes may hold separators, line breaks and, doubled, quotes. Lines end in LF,
/// CR LF or CR; those with nothing in them are skipped. Columns other than the three named ones are
/// not looked at. A value that is empty, NaN, NA, N/A, null or None is missing: its day is a gap.
///
/// Rows may come in any order; series are in the order of their first rows. The file is read piece
/// by piece, and takes 16 bytes of memory a row meanwhile.
public struct LongTableReader: Sendable {
  /// The column of the series' identity.
  public var idColumn = "unique_id"
  /// The column of the date.
  public var timeColumn = "ds"
  /// The column of the value.
  public var targetColumn = "y"
  /// The character between fields.
  public var separator = Separator.comma
  /// How dates are written.
  public var dateFormat = DateFormat.iso
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

  /// A reader with the names and policies that its properties give.
  public init() {}

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String) throws(TableError) -> LongTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table that a source gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ source: any ByteSource) throws(TableError) -> LongTable {
    var parser = try DelimitedParser(source, separator: separator)
    let header = try LongTableHeader(&parser, reader: self)
    var rows = LongTableRows()
    while try parser.next() {
      try read(&parser, header, into: &rows)
    }
    guard rows.report.rowsRead > 0 else { throw TableError(file: source.name, fault: .noRows) }
    return try rows.panel(file: source.name, reader: self)
  }

  /// Reads the parser's current record as a row.
  private func read(
    _ parser: inout DelimitedParser, _ header: LongTableHeader, into rows: inout LongTableRows
  ) throws(TableError) {
    guard parser.fieldCount == header.fieldCount else {
      throw parser.error(
        .fieldCount(expected: header.fieldCount, found: parser.fieldCount))
    }
    let series = try readSeries(&parser, header, &rows)
    let date = try readDate(&parser, header)
    rows.report.rowsRead += 1
    guard let value = try readValue(&parser, header, &rows.report) else {
      rows.report.rowsWithoutValue += 1
      rows.append(series: series, day: date.dayNumber, value: .nan, line: parser.line)
      return
    }
    rows.report.rowsKept += 1
    rows.append(series: series, day: date.dayNumber, value: value, line: parser.line)
  }

  private func readSeries(
    _ parser: inout DelimitedParser, _ header: LongTableHeader, _ rows: inout LongTableRows
  ) throws(TableError) -> Int {
    let found = parser.withField(header.id) { bytes -> (isEmpty: Bool, number: Int?) in
      bytes.isEmpty ? (true, nil) : (false, rows.identities.number(of: bytes))
    }
    guard !found.isEmpty else { throw parser.error(.emptyIdentity, column: idColumn) }
    guard let number = found.number else { throw parser.error(.invalidUTF8, column: idColumn) }
    return number
  }

  private func readDate(
    _ parser: inout DelimitedParser, _ header: LongTableHeader
  ) throws(TableError) -> CalendarDate {
    let fault: DateFault
    switch parser.withField(header.time, { dateFormat.parse($0) }) {
    case .success(let date): return date
    case .failure(let found): fault = found
    }
    let text = parser.text(header.time)
    switch fault {
    case .unparsable:
      throw parser.error(.unparsableDate(text: text, format: dateFormat), column: timeColumn)
    case .timeOfDay: throw parser.error(.timeOfDay(text: text), column: timeColumn)
    case .yearOutOfRange: throw parser.error(.yearOutOfRange(text: text), column: timeColumn)
    }
  }

  /// The value of the row, or nil where it has none.
  private func readValue(
    _ parser: inout DelimitedParser, _ header: LongTableHeader, _ report: inout ReadingReport
  ) throws(TableError) -> Float? {
    switch parser.withField(header.target, { NumberField($0) }) {
    case .missing:
      guard missingValues == .gap else {
        throw parser.error(.missingNumber(text: parser.text(header.target)), column: targetColumn)
      }
      return nil
    case .number(let value) where value < 0:
      switch negativeValues {
      case .reject:
        throw parser.error(
          .negativeNumber(text: parser.text(header.target)), column: targetColumn)
      case .clip:
        report.negativesClipped += 1
        return 0
      case .keep:
        report.negativesKept += 1
        return value
      }
    case .number(let value):
      return value
    case .infinite:
      throw parser.error(.infiniteNumber(text: parser.text(header.target)), column: targetColumn)
    case .unparsable:
      throw parser.error(.unparsableNumber(text: parser.text(header.target)), column: targetColumn)
    }
  }
}

/// A table that was read: its panel, and what became of its rows.
public struct LongTable: Sendable {
  public let panel: Panel
  public let report: ReadingReport
}
