/// A cursor over the records of a source, which provides the current record and its errors.
///
/// The cursor detects the formats of dates and numbers as it reads, separately for each column.
package struct RecordCursor: ~Copyable {
  package let columns: ColumnNames
  private let source: any RecordSource
  /// The decimal separator that the source of the current record declares.
  private var decimalMark: DecimalMark?
  package private(set) var record = Record()
  private let forms: ColumnForms
  private let ahead: RecordLookahead
  /// The number of requested records.
  private var recordCount = 0
  private(set) var filters = RowFilters()

  package init(_ source: any RecordSource) {
    self.source = source
    columns = ColumnNames(of: source)
    decimalMark = source.decimalMark
    forms = ColumnForms(columnCount: columns.names.count)
    ahead = RecordLookahead(source)
  }

  /// The line or row number of the current record.
  package var line: Int { record.line }

  /// Restricts the cursor to the records that the filters keep.
  ///
  /// - Parameter order: The name of the order column, or `nil` if the table has none.
  package mutating func filter(by filters: [RowFilter], order: String? = nil) throws(TableError) {
    self.filters = try RowFilters(filters, order: order, columns)
  }

  /// Moves to the next record. Returns `false` if there is none.
  ///
  /// - Throws: A `TableError` if the record is invalid, or ``TableError/Fault/cancelled`` if the
  ///   surrounding task is canceled, which is checked every few milliseconds.
  package mutating func next() throws(TableError) -> Bool {
    repeat {
      recordCount += 1
      if recordCount % Self.recordsBetweenChecks == 1, Task.isCancelled { throw error(.cancelled) }
      guard try advance() else { return false }
    } while try !passesFilters()
    return true
  }

  private static var recordsBetweenChecks: Int { 4096 }

  /// Moves to the next record, ignoring the filters. Returns `false` if there is none.
  private mutating func advance() throws(TableError) -> Bool {
    let part = record.part
    var mark: DecimalMark?
    let hasRecord: Bool
    if ahead.isEmpty {
      hasRecord = try source.next(&record)
      if record.part != part { mark = source.decimalMark }
    } else {
      (mark, hasRecord) = try ahead.take(&record)
    }
    if record.part != part, mark != decimalMark {
      decimalMark = mark
      forms.forgetNumbers()
    }
    return hasRecord
  }

  /// Determines whether the filters keep the current record. A record with a wrong number of fields
  /// is kept, so that the reader reports it.
  private mutating func passesFilters() throws(TableError) -> Bool {
    if filters.isEmpty || record.fieldCount != columns.names.count { return true }
    do {
      return try filters.keeps(record)
    } catch {
      throw self.error(.invalidUTF8, column: error.place)
    }
  }

  /// Throws an error if no record was read or none passed the filters.
  package func checkHasRows(_ count: Int) throws(TableError) {
    guard count == 0 else { return }
    throw source.error(
      filters.rowsDropped == 0 ? .noRows : .noRowLeft(filters: filters.reports))
  }

  var sourceName: String { source.name }

  /// The lines of the source that were skipped so far.
  var skippedLines: [SetAsideRows] { source.skippedLines }

  /// The choices of the source.
  var remarks: [String] { source.remarks }

  /// Returns the place of a record.
  package func place(of line: Int) -> RecordPlace { source.place(of: line) }

  /// The place of the current record.
  var place: RecordPlace { source.place(of: record.line) }

  /// Throws an error if the number of fields differs from the number of columns.
  package func checkFieldCount() throws(TableError) {
    guard record.fieldCount == columns.names.count else {
      throw error(.fieldCount(expected: columns.names.count, found: record.fieldCount))
    }
  }

  package func error(_ fault: TableError.Fault, column: Int? = nil) -> TableError {
    source.error(fault, line: record.line, column: column.map { columns.names[$0] })
  }

  /// Descriptions of the columns with unusual formats, for reports.
  package var conventions: [String] { forms.descriptions(columns.names) }
}

// MARK: - Dates

extension RecordCursor {
  /// Returns the date and time in a field.
  ///
  /// - Parameter format: The declared format of the column.
  package func time(_ field: Int, _ format: DateFormat) throws(TableError) -> WrittenTime {
    let form = forms.dates(of: field, format)
    switch form.read(record[field], line: line) {
    case .time(let time): return time
    case .fault(let fault): throw error(dateFault(fault, field, form), column: field)
    case .undecided: break
    }
    let undecided = Array(record[field])
    ahead.forEachField(field..<field + 1) { form.narrow(by: $0, deciding: undecided) }
    guard case .time(let time) = form.read(record[field], line: line) else {
      let readings = form.readings(of: record[field])
      throw error(
        .ambiguousDate(
          text: record.text(field),
          readings: readings.map {
            TableError.DateReading(format: $0.form, date: CalendarDate(dayNumber: $0.time.day))
          }),
        column: field)
    }
    return time
  }

  /// Returns the date in a field, with its offset from UTC. A time of day other than midnight is an
  /// error.
  package func midnight(_ field: Int, _ format: DateFormat) throws(TableError) -> WrittenTime {
    let time = try time(field, format)
    guard time.isMidnight else {
      throw error(.timeOfDay(text: record.text(field)), column: field)
    }
    return time
  }

  /// Returns the date and the hour in a field, with its offset from UTC. A time that is no full hour is an
  /// error.
  package func wholeHour(_ field: Int, _ format: DateFormat) throws(TableError) -> WrittenTime {
    let time = try time(field, format)
    guard time.isWholeHour else {
      throw error(.timeWithinHour(text: record.text(field)), column: field)
    }
    return time
  }

  /// Returns the date in a field.
  package func date(_ field: Int, _ format: DateFormat) throws(TableError) -> CalendarDate {
    CalendarDate(dayNumber: try midnight(field, format).day)
  }

  /// Returns the date format of a column, if a date has been read.
  package func dateForm(_ field: Int) -> DateForm? { forms.knownDates(of: field) }

  private func dateFault(_ fault: DateFault, _ field: Int, _ form: DateForm) -> TableError.Fault {
    let text = record.text(field)
    switch fault {
    case .yearOutOfRange: return .yearOutOfRange(text: text)
    case .unparsable:
      guard form.declared == .automatic, let firstLine = form.firstLine, form.readsOtherwise(text)
      else { return .unparsableDate(text: text, format: form.declared) }
      return .mixedDates(text: text, format: form.form, firstLine: .same(firstLine))
    }
  }
}

// MARK: - Numbers

extension RecordCursor {
  /// Makes several columns share one number format, which is detected from all of them.
  package func shareNumbers(of columns: Range<Int>) { forms.shareNumbers(of: columns) }

  /// Reads the number in a field.
  package func number(_ field: Int) -> NumberField {
    withNumberForm(field) { form in
      let number = form.read(record[field])
      if case .undecided = number { return decidedNumber(field, &form) }
      return number
    }
  }

  /// Reads a number that has two readings, of which other numbers show the right one.
  private func decidedNumber(_ field: Int, _ form: inout NumberForm) -> NumberField {
    let fields = forms.columnsSharing(field)
    let isDecidedHere = fields.clamped(to: 0..<record.fieldCount).contains {
      form.narrow(by: record[$0])
    }
    if !isDecidedHere { ahead.forEachField(fields) { form.narrow(by: $0) } }
    return form.mark != nil || form.decideByPreference(for: record[field])
      ? form.read(record[field]) : .undecided
  }

  /// Returns the fault of a field that does not contain a valid number.
  package func numberFault(_ field: Int) -> TableError.Fault {
    let text = record.text(field)
    switch number(field) {
    case .infinite: return .infiniteNumber(text: text)
    case .undecided: return .ambiguousNumber(text: text)
    case .otherUnit:
      let units = withNumberForm(field) { $0.units(with: record[field]) }
      return .otherUnit(text: text, unit: units.text, expected: units.column)
    case .missing, .number, .unparsable:
      let mark = withNumberForm(field) { $0.mark }
      return .unparsableNumber(text: text, decimalMark: mark ?? .point)
    }
  }

  /// Gives the form of the numbers of a field's column to a closure.
  @inline(__always)
  private func withNumberForm<Result>(
    _ field: Int, _ body: (inout NumberForm) -> Result
  ) -> Result {
    forms.withNumbers(
      of: field,
      new: { NumberForm(declared: decimalMark, preferred: source.preferredDecimalMark) }, body)
  }
}
