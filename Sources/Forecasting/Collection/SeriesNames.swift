/// What people call the series of a panel: a table of identities and descriptions.
public struct SeriesNames: Sendable, Equatable {
  /// The description of each identity.
  public let names: [String: String]

  /// Reads the names from a delimited file with a header.
  ///
  /// Rows without a description are left out; of two rows for one identity the later one holds.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public init(
    path: String, idColumn: String = "unique_id", nameColumn: String = "description",
    separator: Separator = .comma
  ) throws(TableError) {
    var parser = try DelimitedParser(FileByteSource(path: path), separator: separator)
    let header = try TableHeader(&parser, separator: separator)
    let places = try header.places(of: [idColumn, nameColumn], parser)
    var names: [String: String] = [:]
    while try parser.next() {
      guard parser.fieldCount == header.fieldCount else {
        throw parser.error(.fieldCount(expected: header.fieldCount, found: parser.fieldCount))
      }
      let name = parser.text(places[1])
      if !name.isEmpty { names[parser.text(places[0])] = name }
    }
    self.names = names
  }
}
