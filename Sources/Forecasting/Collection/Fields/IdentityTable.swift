#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The identities met so far, numbered in the order of their first appearance.
///
/// Looks bytes up without making a string of them; a string is made once for each identity.
struct IdentityTable {
  /// The identities, each at its number.
  private(set) var ids: [String] = []

  private struct Entry {
    var start: Int
    var count: Int
    var number: Int
  }

  private struct Slot {
    /// The index of an entry, or −1.
    var entry: Int32 = -1
    /// The upper half of the hash, so that another text is seldom looked at.
    var tag: UInt32 = 0
  }

  /// The bytes of all entries, one after another.
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// The hashes of all entries.
  private var hashes: [UInt64] = []
  /// Open addressing with linear probing. A power of two in number.
  private var slots = [Slot](repeating: Slot(), count: 1024)
  /// The numbers of all identities, from when one is not ASCII: before that, no two texts of different
  /// bytes are one.
  private var numbers: [String: Int]?
  /// The entry found last: the rows of most tables come series by series.
  private var latest = -1

  init() {}

  /// A table of some identities, which all differ, numbered as they come.
  init(_ ids: [String]) {
    for var id in ids { _ = id.withUTF8 { number(of: $0) } }
  }

  /// The number of the identity that `text` spells, a new one where it was not met before; nil
  /// where it is not UTF-8.
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if latest >= 0, holds(entries[latest], text) { return entries[latest].number }
    let (hash, place) = find(text)
    if slots[place].entry >= 0 { return takeLatest(at: place) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return insert(text, id, hash: hash, place: place)
  }

  /// The number of the identity that `text` spells, −1 where it was not met before; nil where it is
  /// not UTF-8. The table stays as large as it is.
  mutating func knownNumber(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if latest >= 0, holds(entries[latest], text) { return entries[latest].number }
    let (hash, place) = find(text)
    if slots[place].entry >= 0 { return takeLatest(at: place) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return knownNumber(of: id, text) == nil ? -1 : insert(text, id, hash: hash, place: place)
  }

  /// The number of an identity of which another spelling may have been met.
  private mutating func knownNumber(
    of id: String, _ text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    if numbers == nil {
      if text.allSatisfy({ $0 < 0x80 }) { return nil }
      numbers = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }
    return numbers![id]
  }

  /// The hash of a text, and the slot that has it, or the free one where it belongs.
  private func find(_ text: UnsafeBufferPointer<UInt8>) -> (hash: UInt64, place: Int) {
    var hasher = ByteHash()
    hasher.combine(text)
    let hash = hasher.value
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place].entry >= 0 {
      if slots[place].tag == UInt32(hash >> 32), holds(entries[Int(slots[place].entry)], text) {
        break
      }
      place = (place + 1) & mask
    }
    return (hash, place)
  }

  private mutating func takeLatest(at place: Int) -> Int {
    latest = Int(slots[place].entry)
    return entries[latest].number
  }

  private mutating func insert(
    _ text: UnsafeBufferPointer<UInt8>, _ id: String, hash: UInt64, place: Int
  ) -> Int {
    // Two spellings of one text, such as é as one scalar or as two, are one identity.
    let number = knownNumber(of: id, text) ?? ids.count
    if number == ids.count {
      ids.append(id)
      numbers?[id] = number
    }
    latest = entries.count
    slots[place] = Slot(entry: Int32(latest), tag: UInt32(hash >> 32))
    entries.append(Entry(start: bytes.count, count: text.count, number: number))
    hashes.append(hash)
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    for (index, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[place].entry >= 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = Slot(entry: Int32(index), tag: UInt32(hash >> 32))
    }
  }

  private func holds(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.count == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      text.isEmpty || memcmp(bytes.baseAddress! + entry.start, text.baseAddress!, text.count) == 0
    }
  }
}
