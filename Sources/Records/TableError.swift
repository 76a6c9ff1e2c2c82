import Safetensors

/// What is wrong with a table that was to be read, where, and how to mend it.
///
/// Its description is one line to show to a person:
/// `sales.csv:12: column "ds": "2011-13-01" is not a date; write it as YYYY-MM-DD`. Of a database,
/// it begins like `sales.sqlite, table "sales", row 12: column "ds"`.
public struct TableError: Error, Equatable {
  /// The table's file, as it was given, or the name of another source.
  public let file: String
  /// The line, or the row of a database's answer, counted from 1; nil where the fault lies with all
  /// of it.
  public let line: Int?
  /// What `line` counts.
  public let unit: RecordUnit
  /// The column, or nil where the fault lies with the whole line.
  public let column: String?
  /// What is wrong.
  public let fault: Fault

  public init(
    file: String, line: Int? = nil, unit: RecordUnit = .line, column: String? = nil, fault: Fault
  ) {
    self.file = file
    self.line = line
    self.unit = unit
    self.column = column
    self.fault = fault
  }

  /// A date as one form reads it.
  public struct DateReading: Equatable, Sendable {
    /// The form.
    public let format: DateFormat
    /// The date, or the first day of the step that is named.
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
    /// The file holds no delimited text: `kind` says what its first bytes look like, and `fix` how to
    /// convert it.
    case notText(kind: String, fix: String)
    /// The bytes of a gzip file are not what its compression or its checksum asks for.
    case corruptGzip(reason: String)
    /// A gzip file ends before its last member does.
    case truncatedGzip
    /// The file has no byte, or blank lines only.
    case empty
    /// There is a header, and no row.
    case noRows
    /// The surrounding task was cancelled before the end of the table.
    case cancelled
    /// The filters drop all rows.
    case noRowLeft(filters: [RowFilterReport])
    case missingColumn(name: String, present: [String], suggestion: String?)
    case ambiguousColumn(name: String)
    /// No column is named as those of a wide table's steps.
    case noStepColumns(expected: String, present: [String])
    /// The columns of a wide table's steps do not follow one another.
    case stepColumnOutOfOrder(name: String, expected: String)
    /// One column was asked for twice.
    case sharedColumn(name: String)
    case fieldCount(expected: Int, found: Int)
    /// A quoted field that begins on the error's line does not end.
    case unclosedQuote
    /// Something other than a separator follows a closing quote.
    case textAfterQuote
    case recordTooLong(limit: Int)
    case tooManyColumns(limit: Int)
    /// One of several sources has other columns than the first.
    case otherColumns(than: String, missing: [String], further: [String])
    /// A byte of value 0, which no text has.
    case nulByte
    /// The first line names a separator that tables are not read with.
    case unknownSeparator(text: String)
    case invalidUTF8
    /// A byte-order mark stands where no text begins, as where files were put one behind another.
    case byteOrderMark
    case emptyIdentity
    /// A part of an identity of several columns holds what joins the parts.
    case separatorInIdentity(text: String, separator: String)
    case unparsableDate(text: String, format: DateFormat)
    /// All dates of a column have several readings, of which this one differs.
    case ambiguousDate(text: String, readings: [DateReading])
    /// A date has another form than those before it.
    case mixedDates(text: String, format: DateFormat, firstLine: RelatedLine)
    /// The dates do not show the length of a step.
    case ambiguousFrequency(readings: [Frequency], reason: String)
    /// Each date names a step that is longer than those asked for, or lies across them.
    case coarserDates(named: Frequency, frequency: Frequency)
    case timeOfDay(text: String)
    case yearOutOfRange(text: String)
    /// Some time stamps have an offset from UTC, and some have none.
    case mixedTimeZones(firstLine: RelatedLine)
    /// Dates of a long table have different offsets from UTC, or some have one and some have none.
    case mixedOffsets(firstLine: RelatedLine)
    /// A time stamp without an offset cannot be put into another zone.
    case noTimeZone
    /// A time stamp has an offset, and no zone says whose days are counted.
    case noCalendarTimeZone
    /// The clocks of the zone never showed the time: they were put forward.
    case skippedTime
    case unknownTimeZone(name: String)
    case unparsableNumber(text: String, decimalMark: DecimalMark)
    /// All numbers of a column are like `1,234`, which has two readings.
    case ambiguousNumber(text: String)
    /// A percentage is among plain numbers, or currencies differ.
    case otherUnit(text: String, unit: String, expected: String)
    case missingNumber(text: String)
    case infiniteNumber(text: String)
    case negativeNumber(text: String)
    /// Another row with the same identity and date was on an earlier line.
    case duplicate(id: String, date: CalendarDate, firstLine: RelatedLine)
    /// Another row with the same identity and a date in the same step was on an earlier line.
    case duplicateInStep(
      id: String, step: CalendarDate, frequency: Frequency, firstLine: RelatedLine)
    /// A second row is about a step, and no column says which series a row is of.
    case duplicateWithoutIdentity(step: CalendarDate, frequency: Frequency, firstLine: RelatedLine)
    /// A wide table has a second row, and no column says which series a row is of.
    case secondRowWithoutIdentity(firstLine: RelatedLine)
    /// A wide table has two rows of one identity.
    case duplicateSeries(id: String, firstLine: RelatedLine)
    case spanTooLong(
      first: CalendarDate, firstLine: RelatedLine, last: CalendarDate, lastLine: RelatedLine,
      limit: Int)
    case tooManyCells(series: Int, cells: Int, limit: Int)
    case tooManyRows(limit: Int)
    /// No row has a value.
    case noValues
    /// A value is missing from a row that must have one in every column asked for.
    case missingValue(text: String)
    /// No row has a value in every column asked for.
    case noCompleteRow
    /// A schema's file is no JSON, or does not say what a schema says.
    case badSchema(reason: String)
    /// A schema does not name the column that a kind of table needs.
    case schemaLacks(property: String, table: String)
    /// The panel has no static column of categories by which a table's rows name series.
    case noKeyColumn(name: String, present: [String])
    /// The panel has a column of the name of a covariate.
    case columnInPanel(name: String)
    /// Two rows are about the same series and step.
    case secondRow(firstLine: RelatedLine)
    /// No row is about a series and a step of the panel; most are set aside for that reason.
    case noRowFits(reason: String)
    /// A row is about a step long after the panel's end.
    case tooFarAhead(date: CalendarDate, limit: Int)
    /// A table of periods has a date in two of them.
    case dateInTwoPeriods(date: CalendarDate, first: String, firstLine: RelatedLine, second: String)
    /// The days of a period do not follow one another.
    case brokenPeriod(label: String, date: CalendarDate)
    /// Two periods begin within one step of the panel.
    case stepInTwoPeriods(step: CalendarDate, first: String, second: String)
    /// Two rows of one series and step, whose ids are spelled in different ways, differ in a covariate.
    case mergedValueChanges(id: String, from: String, to: String, firstLine: RelatedLine)
    /// Two rows of one series differ in a static covariate.
    case staticValueChanges(id: String, from: String, to: String, firstLine: RelatedLine)
    /// A database, or what was asked of it, is not as it should be.
    case database(DatabaseFault)
  }
}

extension TableError.Fault {
  /// A Boolean value that indicates whether the fault lies with all values of a column, so that it is
  /// none of a single line.
  package var isOfWholeColumn: Bool {
    switch self {
    case .ambiguousDate, .ambiguousNumber: true
    default: false
    }
  }

  /// What a report calls lines that are set aside for the fault.
  package var kind: String {
    switch self {
    case .fieldCount: "another number of fields than in the header"
    case .invalidUTF8: "not UTF-8"
    case .emptyIdentity: "no item"
    case .separatorInIdentity: "an item that holds the identity's separator"
    case .unparsableDate, .mixedDates, .yearOutOfRange: "no date of the column's form"
    case .ambiguousDate: "a date with two readings"
    case .ambiguousNumber: "a number with two readings"
    case .otherUnit: "a number of another unit"
    case .skippedTime: "a time that the clocks never showed"
    case .mixedTimeZones, .noTimeZone, .noCalendarTimeZone: "a time of an unknown zone"
    case .missingNumber, .missingValue: "a number is missing"
    case .unparsableNumber: "not a number"
    case .infiniteNumber: "not a finite number"
    default: "cannot be read"
    }
  }
}
