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
package struct IdentityTable {
  /// The identities, each at its number.
  package private(set) var ids: [String] = []

  /// A text that was met: one look into memory tells a short one.
  private struct Slot {
    /// The `lastWord` of the text.
    var word: UInt64 = 0
    package var count: Int32 = 0
    /// The index of its entry, or −1.
    var entry: Int32 = -1
  }

  // Of each entry: where its text begins in `bytes`, the number of its identity, and its hash.
  private var starts: [Int] = []
  private var numbers: [Int32] = []
  private var hashes: [UInt64] = []
  /// The texts of all entries, one after another.
  private var bytes: [UInt8] = []
  /// Open addressing with linear probing. A power of two in number.
  private var slots = [Slot](repeating: Slot(), count: 1024)
  /// The numbers of all identities, from when one is not ASCII: before that, no two texts of different
  /// bytes are one.
  private var numberOfId: [String: Int]?
  /// What was found last: the rows of most tables come series by series.
  private var latest = Slot()

  /// The number of each folded identity, where spellings of one are merged.
  private var numberOfKey: [String: Int]?
  /// What joins the parts of an identity of several columns.
  private var separator: String?

  package init() {}

  /// A table without identities yet.
  ///
  /// - Parameters:
  ///   - merges: Whether spellings that differ only as ``IdentityFolding`` folds them are one identity.
  ///     Its id is then the first of the clean spellings in canonical order.
  ///   - separator: What joins the parts of identities of several columns; nil where they have one.
  package init(merges: Bool, separator: String? = nil) {
    if merges { numberOfKey = [:] }
    self.separator = separator
  }

  /// A table of some identities, numbered as they come. They all differ; merged, the first of several
  /// spellings holds.
  package init(_ ids: [String], merges: Bool = false, separator: String? = nil) {
    self.init(merges: merges, separator: separator)
    for var id in ids { _ = id.withUTF8 { number(of: $0) } }
  }

  /// The number of the identity that `text` spells, a new one where it was not met before; nil
  /// where it is not UTF-8.
  package mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if find(text) { return Int(numbers[Int(latest.entry)]) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return insert(text, id)
  }

  /// The number of the identity that `text` spells, −1 where it was not met before; nil where it is
  /// not UTF-8. The table stays as large as it is.
  package mutating func knownNumber(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if find(text) { return Int(numbers[Int(latest.entry)]) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return otherSpelling(of: id, text) == nil ? -1 : insert(text, id)
  }

  /// The number of the spelling that was found last.
  package var latestSpelling: Int { Int(latest.entry) }

  /// The spellings of each identity that has several.
  package var severalSpellings: [[String]] {
    var spellings = [[String]](repeating: [], count: ids.count)
    for (entry, number) in numbers.enumerated() {
      let end = entry + 1 < starts.count ? starts[entry + 1] : bytes.count
      spellings[Int(number)].append(String(decoding: bytes[starts[entry]..<end], as: UTF8.self))
    }
    return spellings.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Makes the slot of a text the latest; false where the text was not met before.
  @inline(__always)
  private mutating func find(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = text.lastWord
    if holds(latest, text, word) { return true }
    let slot = slots[place(of: text, word, hash: ByteHash(of: text).value)]
    guard slot.entry >= 0 else { return false }
    latest = slot
    return true
  }

  /// The slot that has a text, or the free one where it belongs.
  private func place(
    of text: UnsafeBufferPointer<UInt8>, _ word: UInt64, hash: UInt64
  ) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place].entry >= 0, !holds(slots[place], text, word) { place = (place + 1) & mask }
    return place
  }

  private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ id: String) -> Int {
    // Two spellings of one text, such as é as one scalar or as two, are one identity.
    let number = otherSpelling(of: id, text) ?? ids.count
    let isNew = number == ids.count
    if numberOfKey != nil {
      let clean = IdentityFolding.spelling(id, separator: separator)
      if isNew {
        numberOfKey![IdentityFolding.key(id, separator: separator)] = number
        ids.append(clean)
      } else if clean < ids[number] {
        ids[number] = clean
      }
    } else if isNew {
      ids.append(id)
      numberOfId?[id] = number
    }
    let (word, hash) = (text.lastWord, ByteHash(of: text).value)
    latest = Slot(word: word, count: Int32(text.count), entry: Int32(starts.count))
    slots[place(of: text, word, hash: hash)] = latest
    starts.append(bytes.count)
    numbers.append(Int32(number))
    hashes.append(hash)
    bytes.append(contentsOf: text)
    if starts.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of an identity that was met in another spelling.
  private mutating func otherSpelling(
    of id: String, _ text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    if let numberOfKey { return numberOfKey[IdentityFolding.key(id, separator: separator)] }
    if numberOfId == nil {
      if text.allSatisfy({ $0 < 0x80 }) { return nil }
      numberOfId = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }
    return numberOfId![id]
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot.entry >= 0 {
      var place = Int(truncatingIfNeeded: hashes[Int(slot.entry)]) & mask
      while slots[place].entry >= 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  /// Whether a slot is that of a text, which has a `lastWord`. That is all there is to a short text.
  @inline(__always)
  private func holds(
    _ slot: Slot, _ text: UnsafeBufferPointer<UInt8>, _ word: UInt64
  ) -> Bool {
    guard slot.word == word, Int(slot.count) == text.count, slot.entry >= 0 else { return false }
    return text.count <= 8 || bytesAreEqual(slot, text)
  }

  private func bytesAreEqual(_ slot: Slot, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer {
      memcmp($0.baseAddress! + starts[Int(slot.entry)], text.baseAddress!, text.count) == 0
    }
  }
}
