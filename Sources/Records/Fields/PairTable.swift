/// A table that numbers pairs of small integers in the order of their first appearance.
///
/// It takes 16 bytes for each slot, and at most three quarters of the slots are used.
package struct PairTable {
  /// The number of pairs.
  package private(set) var count = 0

  /// A slot with a key and its number. They are adjacent, so a lookup in a large table causes a
  /// single cache miss.
  private struct Slot {
    var key = UInt64.max
    var number: Int32 = 0

    /// A Boolean value that indicates whether the slot is free. No pair has a key of all ones,
    /// because its numbers are below 2³² − 1.
    var isFree: Bool { key == .max }
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  /// The number of bits to shift a hash by to get the index of a slot.
  private var shift = UInt64(64 - 10)

  package init() {}

  /// Returns the number of a pair of integers from 0 to 2³² − 2, and whether the pair is new.
  package mutating func number(of first: Int, _ second: Int) -> (number: Int, isNew: Bool) {
    let key = Self.key(first, second)
    let place = find(key)
    if !slots[place].isFree { return (Int(slots[place].number), false) }
    slots[place] = Slot(key: key, number: Int32(count))
    count += 1
    if count * 4 > slots.count * 3 { grow() }
    return (count - 1, true)
  }

  /// Returns the number of a pair, or `nil` if it is unknown.
  package func knownNumber(of first: Int, _ second: Int) -> Int? {
    let slot = slots[find(Self.key(first, second))]
    return slot.isFree ? nil : Int(slot.number)
  }

  /// All pairs, indexed by number.
  package var pairs: [(first: Int, second: Int)] {
    var pairs = [(first: Int, second: Int)](repeating: (0, 0), count: count)
    for slot in slots where !slot.isFree {
      pairs[Int(slot.number)] = (
        Int(slot.key >> 32), Int(Int32(truncatingIfNeeded: slot.key))
      )
    }
    return pairs
  }

  private static func key(_ first: Int, _ second: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: first) << 32 | UInt64(UInt32(truncatingIfNeeded: second))
  }

  /// Returns the slot of a pair, or the free slot for it.
  @inline(__always)
  private func find(_ key: UInt64) -> Int {
    var place = place(of: key)
    while !slots[place].isFree, slots[place].key != key { place = (place + 1) & (slots.count - 1) }
    return place
  }

  /// Returns the first slot for a key by Fibonacci hashing (Knuth, TAOCP 3, 6.4), which spreads
  /// consecutive keys.
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    shift -= 1
    for slot in old where !slot.isFree {
      var place = place(of: slot.key)
      while !slots[place].isFree { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }
}
