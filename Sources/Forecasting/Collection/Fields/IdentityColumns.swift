/// Reads the identity of a record's series, which one column holds or several together. Blanks
/// around it stay: `pandas` and databases, too, tell `47503J` from `47503J `.
struct IdentityColumns {
  private let places: [Int]
  private let separator: [UInt8]
  private var joined: [UInt8] = []

  init(places: [Int], separator: String) {
    self.places = places
    self.separator = Array(separator.utf8)
  }

  /// The number of the current record's identity, a new one where it was not met before.
  mutating func number(
    _ cursor: borrowing RecordCursor, in table: inout IdentityTable
  ) throws(TableError) -> Int {
    for place in places where cursor.record[place].trimmed.isEmpty {
      throw cursor.error(.emptyIdentity, column: place)
    }
    if places.count == 1 {
      guard let number = table.number(of: cursor.record[places[0]]) else {
        throw cursor.error(.invalidUTF8, column: places[0])
      }
      return number
    }
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
    guard let number = joined.withUnsafeBufferPointer({ table.number(of: $0) }) else {
      throw cursor.error(.invalidUTF8, column: places[0])
    }
    return number
  }

  /// Whether a part holds the separator: joined, such parts of two identities could be one text.
  private func contains(_ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = separator.first else { return false }
    return part.indices.contains { part[$0] == first && part[$0...].starts(with: separator) }
  }
}
