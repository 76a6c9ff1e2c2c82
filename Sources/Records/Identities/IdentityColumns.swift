/// Reads the identity of a record's series, which one column holds or several together. Blanks
/// around it stay: `pandas` and databases, too, tell `47503J` from `47503J `.
package struct IdentityColumns {
  package let places: [Int]
  private let separator: [UInt8]
  private var joined: [UInt8] = []

  /// - Parameter places: The places of the columns; without any, all records are of one series.
  package init(places: [Int], separator: String) {
    self.places = places
    self.separator = Array(separator.utf8)
    if places.isEmpty { joined = Array(TableSchema.total.utf8) }
  }

  /// What joins the parts of an identity; nil where there is one part.
  package var separatorText: String? {
    places.count > 1 ? String(decoding: separator, as: UTF8.self) : nil
  }

  /// The number of the current record's identity, a new one where it was not met before.
  package mutating func number(
    _ cursor: borrowing RecordCursor, in table: inout IdentityTable
  ) throws(TableError) -> Int {
    try join(cursor)
    let number =
      places.count == 1
      ? table.number(of: cursor.record[places[0]])
      : joined.withUnsafeBufferPointer { table.number(of: $0) }
    guard let number else { throw cursor.error(.invalidUTF8, column: places.first) }
    return number
  }

  /// The number of the current record's identity, −1 where the table has none for it.
  package mutating func knownNumber(
    _ cursor: borrowing RecordCursor, in table: inout IdentityTable
  ) throws(TableError) -> Int {
    try join(cursor)
    let number =
      places.count == 1
      ? table.knownNumber(of: cursor.record[places[0]])
      : joined.withUnsafeBufferPointer { table.knownNumber(of: $0) }
    guard let number else { throw cursor.error(.invalidUTF8, column: places[0]) }
    return number
  }

  /// Puts the parts of the current record's identity together, where there are several.
  private mutating func join(_ cursor: borrowing RecordCursor) throws(TableError) {
    for place in places where cursor.record[place].trimmed.isEmpty {
      throw cursor.error(.emptyIdentity, column: place)
    }
    if places.count <= 1 { return }
    joined.removeAll(keepingCapacity: true)
    for place in places {
      let part = cursor.record[place]
      guard !contains(part) else {
        throw cursor.error(
          .separatorInIdentity(
            text: cursor.record.text(place),
            separator: String(decoding: separator, as: UTF8.self)), column: place)
      }
      if !joined.isEmpty { joined.append(contentsOf: separator) }
      joined.append(contentsOf: part)
    }
  }

  /// Whether a part holds the separator: joined, such parts of two identities could be one text. An
  /// empty separator is in any.
  private func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = separator.first else { return true }
    return part.indices.contains { part[$0] == first && part[$0...].starts(with: separator) }
  }
}
