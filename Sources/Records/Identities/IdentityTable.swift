#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table of identities, numbered in the order of their first appearance.
///
/// Lookups use bytes directly. Only a new identity creates a string.
package struct IdentityTable {
  /// The identities, indexed by number.
  package private(set) var ids: [String] = []

  /// A hash table slot for a known text. A short text is found with a single memory access.
  private struct Slot {
    /// The `lastWord` of the text.
    var word: UInt64 = 0
    package var count: Int32 = 0
    /// The index of its entry, or −1.
    var entry: Int32 = -1
  }

  // For each entry: the start of its text in `bytes`, the number of its identity, and its hash.
  private var starts: [Int] = []
  private var numbers: [Int32] = []
  private var hashes: [UInt64] = []
  /// The texts of all entries, stored consecutively.
  private var bytes: [UInt8] = []
  /// A hash table with open addressing and linear probing. Its size is a power of two.
  private var slots = [Slot](repeating: Slot(), count: 1024)
  /// The numbers of all identities, once one of them is not ASCII. Before that, texts with
  /// different bytes are always different identities.
  private var numberOfId: [String: Int]?
  /// The latest result. The rows of most tables are ordered by series.
  private var latest = Slot()

  /// The number of each folded identity, if spellings are merged.
  private var numberOfKey: [String: Int]?
  /// The separator of the parts of an identity with several columns.
  private var separator: String?

  package init() {}

  /// Creates an empty table.
  ///
  /// - Parameters:
  ///   - merges: A Boolean value that indicates whether spellings with the same ``IdentityFolding``
  ///     key are one identity. Its id is then the first clean spelling in canonical order.
  ///   - separator: The separator of the parts of identities with several columns, or `nil` if
  ///     there is a single column.
  package init(merges: Bool, separator: String? = nil) {
    if merges { numberOfKey = [:] }
    self.separator = separator
  }

  /// Creates a table of distinct identities, numbered in the given order. If spellings are merged,
  /// the first of several is used.
  package init(_ ids: [String], merges: Bool = false, separator: String? = nil) {
    self.init(merges: merges, separator: separator)
    for var id in ids { _ = id.withUTF8 { number(of: $0) } }
  }

  /// Returns the number of the identity with the spelling `text`, and assigns a new number to a new
  /// identity. Returns `nil` if the text is not UTF-8.
  package mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if find(text) { return Int(numbers[Int(latest.entry)]) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return insert(text, id)
  }

  /// Returns the number of the identity with the spelling `text`, or −1 if it is unknown. Returns
  /// `nil` if the text is not UTF-8. This method does not add identities.
  package mutating func knownNumber(of text: UnsafeBufferPointer<UInt8>) -> Int? {
    if find(text) { return Int(numbers[Int(latest.entry)]) }
    guard let id = String(validating: text, as: UTF8.self) else { return nil }
    return otherSpelling(of: id, text) == nil ? -1 : insert(text, id)
  }

  /// The number of the most recently found spelling.
  package var latestSpelling: Int { Int(latest.entry) }

  /// The spellings of each identity with more than one.
  package var severalSpellings: [[String]] {
    var spellings = [[String]](repeating: [], count: ids.count)
    for (entry, number) in numbers.enumerated() {
      let end = entry + 1 < starts.count ? starts[entry + 1] : bytes.count
      spellings[Int(number)].append(String(decoding: bytes[starts[entry]..<end], as: UTF8.self))
    }
    return spellings.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Stores the slot of a text in `latest`. Returns `false` if the text is unknown.
  @inline(__always)
  private mutating func find(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = text.lastWord
    if holds(latest, text, word) { return true }
    let slot = slots[place(of: text, word, hash: ByteHash(of: text).value)]
    guard slot.entry >= 0 else { return false }
    latest = slot
    return true
  }

  /// Returns the slot with a text, or the free slot for it.
  private func place(
    of text: UnsafeBufferPointer<UInt8>, _ word: UInt64, hash: UInt64
  ) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place].entry >= 0, !holds(slots[place], text, word) { place = (place + 1) & mask }
    return place
  }

  private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ id: String) -> Int {
    // Two spellings of the same text, such as composed and decomposed é, are one identity.
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

  /// Returns the number of an identity that is known in another spelling.
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

  /// Returns a Boolean value that indicates whether a slot contains a text with the given
  /// `lastWord`, which identifies a short text completely.
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
