import SalesData
import Testing

/// All rows of a source, as text. Those of a database say which they are.
func rows(of source: some RecordSource) throws(TableError) -> [[String]] {
  var record = Record()
  var rows: [[String]] = []
  while try source.next(&record) {
    rows.append((0..<record.fieldCount).map { String(decoding: record[$0], as: UTF8.self) })
    if source.recordUnit == .row, record.line != rows.count {
      Issue.record("row \(rows.count) says \(record.line)")
    }
  }
  return rows
}

/// Expects a table error with a fault and a message on one line.
func expectFault(
  _ fault: TableError.Fault, _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(throws: TableError.self, sourceLocation: sourceLocation) { try body() }
  #expect(error?.fault == fault, sourceLocation: sourceLocation)
  #expect(error?.description == message, sourceLocation: sourceLocation)
}
