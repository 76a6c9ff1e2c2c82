public import SalesData

/// Reads the table that a text spells.
public func readTable(
  _ text: String, _ configure: (inout LongTableReader) -> Void = { _ in }
) throws(TableError) -> LongTable {
  try readTable(bytes: Array(text.utf8), configure)
}

/// Reads the table that bytes spell.
public func readTable(
  bytes: [UInt8], _ configure: (inout LongTableReader) -> Void = { _ in }
) throws(TableError) -> LongTable {
  var reader = LongTableReader()
  configure(&reader)
  return try reader.read(MemoryByteSource(bytes, name: "sales.csv"))
}
