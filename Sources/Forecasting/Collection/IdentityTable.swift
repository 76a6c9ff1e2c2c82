/// The identities met so far, numbered in the order of their first appearance.
///
/// Looks bytes up without making a string of them; a string is made once for each identity.
struct IdentityTable {
  /// The identities, each at its number.
  private(set) var ids: [String] = []

  private struct Entry {
    var start: Int
    var count: Int
    var hash: Int
    var number: Int
  }

  /// The bytes of all entries, one after another.
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Open addressing with linear probing: the index of an entry, or −1. A power of two in number.
  private var slots = [Int32](repeating: -1, count: 1024)
  private var numbers: [String: Int] = [:]
  /// The entry found last: the rows of most tables come series by series.
  private var latest = -1

  /// The number of the identity that `text` spells, a new one where it was not met before; nil
  /// where it is not UTF-8.
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if latest >= 0, holds(entries[latest], text) { return entries[latest].number }
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    let hash = hasher.finalize()
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash, holds(entries[index], text) {
        latest = index
        return entries[index].number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(text, hash: hash, slot: slot)
  }

  private mutating func insert(
    _ text: UnsafeBufferPointer<UInt8>, hash: Int, slot: Int
  ) -> Int? {
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    // Two spellings of one text, such as é as one scalar or as two, are one identity.
    let number = numbers[id, default: ids.count]
    if number == ids.count {
      ids.append(id)
      numbers[id] = number
    }
    latest = entries.count
    slots[slot] = Int32(latest)
    entries.append(Entry(start: bytes.count, count: text.count, hash: hash, number: number))
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }

  private func holds(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.count == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      UnsafeBufferPointer(rebasing: bytes[entry.start..<entry.start + entry.count])
        .elementsEqual(text)
    }
  }
}
