import Forecasting
import Testing

/// Expects that a process ended with a message among what it wrote to its standard error.
func expectStopped(
  _ result: ExitTest.Result?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let written = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(written.contains("Fatal error: \(message)"), sourceLocation: sourceLocation)
}

/// The table that a text spells.
func readTable(
  _ text: String, _ configure: (inout LongTableReader) -> Void = { _ in }
) throws(TableError) -> LongTable {
  try readTable(bytes: Array(text.utf8), configure)
}

/// The table that bytes spell.
func readTable(
  bytes: [UInt8], _ configure: (inout LongTableReader) -> Void = { _ in }
) throws(TableError) -> LongTable {
  var reader = LongTableReader()
  configure(&reader)
  return try reader.read(MemoryByteSource(bytes, name: "sales.csv"))
}
