import Safetensors

/// An error that occurs when reading a table. It says what is wrong, where, and how to fix it.
///
/// Its description is a line to show to a person: `sales.csv:12: column "ds": "2011-13-01" is not a
/// date; write it as YYYY-MM-DD`. For a database, it begins like `sales.sqlite, table "sales", row
/// 12: column "ds"`.
public struct TableError: Error, Equatable {
  /// The table's file, as given, or the name of another source.
  public let file: String
  /// The line, or the row of a query's result, counted from 1, or `nil` if the fault concerns the
  /// whole table.
  public let line: Int?
  /// The unit of `line`.
  public let unit: RecordUnit
  /// The column, or `nil` if the fault concerns the whole line.
  public let column: String?
  /// The kind of fault.
  public let fault: Fault

  /// Creates an error.
  public init(
    file: String, line: Int? = nil, unit: RecordUnit = .line, column: String? = nil, fault: Fault
  ) {
    self.file = file
    self.line = line
    self.unit = unit
    self.column = column
    self.fault = fault
  }

  /// A date as interpreted by one format.
  public struct DateReading: Equatable, Sendable {
    /// The format.
    public let format: DateFormat
    /// The date, or the first day of the step that it names.
    public let date: CalendarDate

    package init(format: DateFormat, date: CalendarDate) {
      self.format = format
      self.date = date
    }
  }

  /// The kinds of fault.
  public enum Fault: Error, Equatable, Sendable {
    case noSuchFile
    case isDirectory
    case unreadable(reason: String)
    /// The file is also an output of the same run of a program.
    case conflict(FileConflict)
    /// The file is not delimited text. `kind` describes what its first bytes look like, and `fix`
    /// how to convert it.
    case notText(kind: String, fix: String)
    /// A workbook has no sheet of the name.
    case noSheet(name: String, present: [String])
    /// The contents of a gzip file do not match its compression or checksum.
    case corruptGzip(reason: String)
    /// A gzip file ends before its last member is complete.
    case truncatedGzip
    /// The file is empty or has only blank lines.
    case empty
    /// There is a header but no rows.
    case noRows
    /// The surrounding task was canceled before the end of the table.
    case cancelled
    /// The filters drop all rows.
    case noRowLeft(filters: [RowFilterReport])
    case missingColumn(name: String, present: [String], suggestion: String?)
    case ambiguousColumn(name: String)
    /// No column is named like the steps of a wide table.
    case noStepColumns(expected: String, present: [String])
    /// The step columns of a wide table are not consecutive.
    case stepColumnOutOfOrder(name: String, expected: String)
    /// One column is used for two purposes.
    case sharedColumn(name: String)
    case fieldCount(expected: Int, found: Int)
    /// A quoted field that begins on the error's line does not end.
    case unclosedQuote
    /// Something other than a separator follows a closing quote.
    case textAfterQuote
    case recordTooLong(limit: Int)
    case tooManyColumns(limit: Int)
    /// One of several sources has different columns than the first.
    case otherColumns(than: String, missing: [String], further: [String])
    /// The text contains a byte of value 0.
    case nulByte
    /// The first line names a separator that is not supported.
    case unknownSeparator(text: String)
    case invalidUTF8
    /// A byte-order mark is not at the start of the text, for example in concatenated files.
    case byteOrderMark
    case emptyIdentity
    /// A part of an identity with several columns contains the separator of the parts.
    case separatorInIdentity(text: String, separator: String)
    case unparsableDate(text: String, format: DateFormat)
    /// All dates of a column have several interpretations, which differ for this date.
    case ambiguousDate(text: String, readings: [DateReading])
    /// A date has a different format than the dates before it.
    case mixedDates(text: String, format: DateFormat, firstLine: RelatedLine)
    /// The dates do not determine the length of a step.
    case ambiguousFrequency(readings: [Frequency], reason: String)
    /// Each date names a step that is longer than the requested steps or crosses their boundaries.
    case coarserDates(named: Frequency, frequency: Frequency)
    /// A date has a time of day, but each row is about a whole day or a longer step.
    case timeOfDay(text: String)
    /// All rows have the same date and time of day, which do not determine the length of a step.
    case singleTime(date: CalendarDate, hour: Int)
    /// A time of day is not a full hour.
    case timeWithinHour(text: String)
    /// A date in a table of business days is a Saturday or a Sunday.
    case weekend(date: CalendarDate)
    case yearOutOfRange(text: String)
    /// Some time stamps have an offset from UTC and others have none.
    case mixedTimeZones(firstLine: RelatedLine)
    /// Dates of a long table have different offsets from UTC, or only some have one.
    case mixedOffsets(firstLine: RelatedLine)
    /// A time stamp without an offset cannot be converted to another time zone.
    case noTimeZone
    /// A time stamp has an offset, and no time zone defines the days.
    case noCalendarTimeZone
    /// The time does not exist in the time zone, because the clocks were moved forward.
    case skippedTime
    case unknownTimeZone(name: String)
    case unparsableNumber(text: String, decimalMark: DecimalMark)
    /// All numbers of a column are like `1,234`, which has two interpretations.
    case ambiguousNumber(text: String)
    /// A column mixes percentages with plain numbers, or several currencies.
    case otherUnit(text: String, unit: String, expected: String)
    case missingNumber(text: String)
    case infiniteNumber(text: String)
    case negativeNumber(text: String)
    /// An earlier line has the same identity and date.
    case duplicate(id: String, date: CalendarDate, hour: Int? = nil, firstLine: RelatedLine)
    /// An earlier line has the same identity and a date in the same step.
    case duplicateInStep(
      id: String, step: CalendarDate, frequency: Frequency, firstLine: RelatedLine)
    /// A step has a second row, and no column identifies the series of a row.
    case duplicateWithoutIdentity(
      step: CalendarDate, hour: Int? = nil, frequency: Frequency, firstLine: RelatedLine)
    /// A wide table has a second row, and no column identifies the series of a row.
    case secondRowWithoutIdentity(firstLine: RelatedLine)
    /// A wide table has two rows with the same identity.
    case duplicateSeries(id: String, firstLine: RelatedLine)
    case spanTooLong(
      first: CalendarDate, firstLine: RelatedLine, last: CalendarDate, lastLine: RelatedLine,
      limit: Int)
    /// No row has a date between two dates that are many years apart.
    case gapTooLong(
      first: CalendarDate, firstLine: RelatedLine, next: CalendarDate, nextLine: RelatedLine,
      limit: Int)
    case tooManyCells(series: Int, cells: Int, limit: Int)
    case tooManyRows(limit: Int)
    /// No row has a value.
    case noValues
    /// A row lacks a value in one of the requested columns.
    case missingValue(text: String)
    /// No row has a value in every requested column.
    case noCompleteRow
    /// A schema file is not JSON, or is not a valid schema.
    case badSchema(reason: String)
    /// A schema does not name a column that a kind of table needs.
    case schemaLacks(property: String, table: String)
    /// The panel has no static column of categories that matches a table's rows to series.
    case noKeyColumn(name: String, present: [String])
    /// The panel already has a column with the name of a covariate.
    case columnInPanel(name: String)
    /// Two rows have the same series and step.
    case secondRow(firstLine: RelatedLine)
    /// No row matches a series and a step of the panel. Most rows are set aside for `reason`.
    case noRowFits(reason: String)
    /// A row is for a step long after the panel's end.
    case tooFarAhead(date: CalendarDate, limit: Int)
    /// A table of periods assigns a date to two of them.
    case dateInTwoPeriods(date: CalendarDate, first: String, firstLine: RelatedLine, second: String)
    /// The days of a period are not consecutive.
    case brokenPeriod(label: String, date: CalendarDate)
    /// Two periods have days in the same step of the panel.
    case stepInTwoPeriods(step: CalendarDate, first: String, second: String)
    /// Two rows of the same series and step with ids in different spellings differ in a covariate.
    case mergedValueChanges(id: String, from: String, to: String, firstLine: RelatedLine)
    /// Two rows of the same series differ in a static covariate.
    case staticValueChanges(id: String, from: String, to: String, firstLine: RelatedLine)
    /// A database, or a request to it, is faulty.
    case database(DatabaseFault)
  }
}

extension TableError.Fault {
  /// A Boolean value that indicates whether the fault concerns all values of a column rather than a
  /// single line.
  package var isOfWholeColumn: Bool {
    switch self {
    case .ambiguousDate, .ambiguousNumber: true
    default: false
    }
  }

  /// The name of the fault in reports about lines that are set aside.
  package var kind: String {
    switch self {
    case .fieldCount: "a different number of fields than the header"
    case .invalidUTF8: "not UTF-8"
    case .emptyIdentity: "no item"
    case .separatorInIdentity: "an item that contains the identity's separator"
    case .unparsableDate, .mixedDates, .yearOutOfRange: "not a date in the column's format"
    case .ambiguousDate: "a date with two readings"
    case .ambiguousNumber: "a number with two readings"
    case .otherUnit: "a number with a different unit"
    case .skippedTime: "a time that does not exist because clocks are moved forward"
    case .mixedTimeZones, .noTimeZone, .noCalendarTimeZone: "a time in an unknown time zone"
    case .missingNumber, .missingValue: "a number is missing"
    case .unparsableNumber: "not a number"
    case .infiniteNumber: "not a finite number"
    default: "cannot be read"
    }
  }
}
