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
    format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    var cursor = RecordCursor(try DelimitedRecordSource(path: path, format: format))
    let places = try cursor.columns.places(of: [idColumn, nameColumn])
    var names: [String: String] = [:]
    while try cursor.next() {
      try cursor.checkFieldCount()
      let name = cursor.record.text(places[1])
      if !name.isEmpty { names[cursor.record.text(places[0])] = name }
    }
    self.names = names
  }
}
