/// Where a long table has the three columns that make a panel.
struct LongTableHeader {
  let id: Int
  let time: Int
  let target: Int
  let fieldCount: Int

  /// Reads the header off a parser that has not moved yet.
  init(_ parser: inout DelimitedParser, reader: LongTableReader) throws(TableError) {
    let header = try TableHeader(&parser, separator: reader.separator)
    let places = try header.places(
      of: [reader.idColumn, reader.timeColumn, reader.targetColumn], parser)
    (id, time, target) = (places[0], places[1], places[2])
    fieldCount = header.fieldCount
  }
}
