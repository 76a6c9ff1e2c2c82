/// What people call the series of a panel: a table of identities and descriptions.
public struct SeriesNames: Sendable, Equatable {
  /// The description of each identity.
  public let names: [String: String]

  /// Returns the names of some ids.
  ///
  /// - Parameter merges: Whether an id that the table does not have takes the name of one that differs
  ///   only in blanks, letter case or invisible characters.
  /// - Returns: The names, and the ids that the table has in another spelling only, unless they are
  ///   merged.
  public func names(
    of ids: [String], merges: Bool = false
  ) -> (names: [String: String], spelledOtherwise: [String]) {
    var found: [String: String] = [:]
    var spelledOtherwise: [String] = []
    let folded = Dictionary(
      names.sorted { $0.key < $1.key }.map { (IdentityFolding.key($0.key), $0.value) },
      uniquingKeysWith: { first, _ in first })
    for id in ids {
      if let name = names[id] {
        found[id] = name
      } else if let name = folded[IdentityFolding.key(id)] {
        if merges { found[id] = name } else { spelledOtherwise.append(id) }
      }
    }
    return (found, spelledOtherwise)
  }

  /// Reads the names from a delimited file with a header.
  ///
  /// - Throws: As ``init(_:idColumn:nameColumn:)``.
  public init(
    path: String, idColumn: String = "unique_id", nameColumn: String = "description",
    format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(
      DelimitedRecordSource(path: path, format: format), idColumn: idColumn,
      nameColumn: nameColumn)
  }

  /// Reads the names from a source of records.
  ///
  /// Rows without a description are left out; of two rows for one identity the later one holds.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to fix it.
  public init(
    _ source: any RecordSource, idColumn: String = "unique_id",
    nameColumn: String = "description"
  ) throws(TableError) {
    var cursor = RecordCursor(source)
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
