/// A hash of bytes that mixes eight bytes at a time, like wyhash (Wang Yi 2019) and foldhash (Orson
/// Peters 2024). It is several times as fast as `Hasher` for a field.
package struct ByteHash {
  private static let seed = UInt64.random(in: .min ... .max)
  private static let factor: UInt64 = 0xE703_7ED1_A0B4_28DB

  package private(set) var value: UInt64

  /// Creates a hash that differs between runs, so that no file can be crafted whose fields collide.
  init() { value = Self.seed }

  /// Creates the hash of some bytes, which differs between runs.
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self.init()
    combine(bytes)
  }

  /// Creates a hash that is the same in every run.
  package init(seed: UInt64) { value = seed }

  /// Adds bytes and their count to the hash.
  package mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
    var place = 0
    while place + 8 < bytes.count {
      mix(bytes.word(UInt64.self, at: place), Self.factor)
      place += 8
    }
    mix(bytes.lastWord, Self.factor ^ UInt64(truncatingIfNeeded: bytes.count))
  }

  /// Mixes in a word. The upper and lower halves of the product both depend on all bits of the
  /// word.
  @inline(__always)
  private mutating func mix(_ word: UInt64, _ factor: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: factor)
    value = product.high ^ product.low
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The last eight bytes, or all if there are fewer. Texts of the same length of up to eight bytes
  /// are equal if this value is equal. Some bytes can be included twice, which avoids a loop over
  /// single bytes.
  @inline(__always)
  var lastWord: UInt64 {
    if count >= 8 { return word(UInt64.self, at: count - 8) }
    if count >= 4 {
      return UInt64(word(UInt32.self, at: 0)) << 32 | UInt64(word(UInt32.self, at: count - 4))
    }
    if count == 0 { return 0 }
    return UInt64(self[0]) << 16 | UInt64(self[count / 2]) << 8 | UInt64(self[count - 1])
  }

  @inline(__always)
  fileprivate func word<Word: FixedWidthInteger>(_: Word.Type, at place: Int) -> Word {
    UnsafeRawPointer(baseAddress!).loadUnaligned(fromByteOffset: place, as: Word.self)
  }
}
