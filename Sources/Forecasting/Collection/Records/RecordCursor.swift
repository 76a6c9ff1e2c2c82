/// A walk over the records of a source: the current one, and what is wrong with it.
struct RecordCursor: ~Copyable {
  let columns: ColumnNames
  private let source: any RecordSource
  /// That of the source of the current record, where there are several.
  private var decimalMark: DecimalMark
  private(set) var record = Record()

  init(_ source: any RecordSource) {
    self.source = source
    columns = ColumnNames(of: source)
    decimalMark = source.decimalMark
  }

  /// The line of the current record, or its number.
  var line: Int { record.line }

  /// Moves to the next record; false where there is none.
  mutating func next() throws(TableError) -> Bool {
    let part = record.part
    let hasRecord = try source.next(&record)
    if record.part != part { decimalMark = source.decimalMark }
    return hasRecord
  }

  var sourceName: String { source.name }

  /// Where the current record is.
  var place: RecordPlace { source.place(of: record.line) }

  /// Throws where the current record has fewer fields than there are columns, or more.
  func checkFieldCount() throws(TableError) {
    guard record.fieldCount == columns.names.count else {
      throw error(.fieldCount(expected: columns.names.count, found: record.fieldCount))
    }
  }

  func number(_ field: Int) -> NumberField {
    NumberField(record[field], decimalMark: decimalMark)
  }

  /// The date in a field.
  func date(_ field: Int, _ format: DateFormat) throws(TableError) -> CalendarDate {
    switch format.parseDate(record[field]) {
    case .success(let date): return date
    case .failure(let fault):
      throw error(fault.inTable(text: record.text(field), format: format), column: field)
    }
  }

  func error(_ fault: TableError.Fault, column: Int? = nil) -> TableError {
    source.error(fault, line: record.line, column: column.map { columns.names[$0] })
  }

  /// The fault of a field that should be a number and is not.
  func numberFault(_ field: Int) -> TableError.Fault {
    let text = record.text(field)
    return switch number(field) {
    case .infinite: .infiniteNumber(text: text)
    default: .unparsableNumber(text: text, decimalMark: decimalMark)
    }
  }
}
