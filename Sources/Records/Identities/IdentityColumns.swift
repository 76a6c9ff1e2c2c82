/// A reader of a record's identity, from one column or several. Surrounding whitespace is kept,
/// because `pandas` and databases also distinguish `47503J` from `47503J `.
package struct IdentityColumns {
  package let places: [Int]
  private let separator: [UInt8]
  private var joined: [UInt8] = []

  /// Creates a reader of identities.
  ///
  /// - Parameter places: The positions of the columns. Without any, all records belong to one
  ///   series.
  package init(places: [Int], separator: String) {
    self.places = places
    self.separator = Array(separator.utf8)
    if places.isEmpty { joined = Array(TableSchema.total.utf8) }
  }

  /// The separator of the parts of an identity, or `nil` if it has a single part.
  package var separatorText: String? {
    places.count > 1 ? String(decoding: separator, as: UTF8.self) : nil
  }

  /// Returns the number of the current record's identity, and assigns a new number to a new
  /// identity.
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

  /// Returns the number of the current record's identity, or −1 if the table does not contain it.
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

  /// Joins the parts of the current record's identity, if there are several.
  private mutating func join(_ cursor: borrowing RecordCursor) throws(TableError) {
    for place in places where cursor.record[place].allSatisfy(\.isBlank) {
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

  /// Returns a Boolean value that indicates whether a part contains the separator, because two
  /// identities with such parts could have the same joined text. An empty separator is contained in
  /// every part.
  private func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = separator.first else { return true }
    return part.indices.contains { part[$0] == first && part[$0...].starts(with: separator) }
  }
}
