/// The display names of the series of a panel, from a table of identities and descriptions.
public struct SeriesNames: Sendable, Equatable {
  /// The description of each identity.
  public let names: [String: String]

  /// Returns the names of the given ids.
  ///
  /// - Parameter merges: A Boolean value that indicates whether an id that is not in the table gets
  ///   the name of one that differs only in whitespace, letter case, or invisible characters.
  /// - Returns: The names, and the ids that the table contains only in another spelling, unless
  ///   spellings are merged.
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
  /// - Throws: The errors of ``init(_:idColumn:nameColumn:)``.
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
  /// Rows without a description are skipped. If two rows have the same identity, the later one is
  /// used.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
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
