/// A search for the bytes of a text at which a field may end, eight bytes at a time: a given byte,
/// and all bytes below 0x0E, which include line breaks and NUL.
///
/// Eight NUL bytes must follow the text. The first is always found, so an unsuccessful search ends
/// with the text.
struct StopSearch {
  private let text: UnsafeRawPointer
  /// The given byte, repeated eight times.
  private let pattern: UInt64
  /// The position of the current eight bytes, and the upper bit of each stop among them that has
  /// not been returned.
  private var place: Int
  private var marks: UInt64

  /// Creates a search for `byte` from a position in a text.
  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, from place: Int, for byte: UInt8) {
    self.text = UnsafeRawPointer(text)
    self.place = place
    pattern = UInt64(byte) &* Self.ones
    marks = 0
    marks = self.marks(at: place)
  }

  /// Continues from another position.
  @inline(__always)
  mutating func move(to place: Int) {
    self.place = place
    marks = marks(at: place)
  }

  /// Returns the position of the next stop. Do not call this after the end of the text.
  @inline(__always)
  mutating func next() -> Int {
    while marks == 0 {
      place &+= 8
      marks = marks(at: place)
    }
    let stop = place &+ marks.trailingZeroBitCount >> 3
    marks &= marks &- 1
    return stop
  }

  /// Returns the upper bits of the stops among eight bytes. Carries do not cross bytes, so no byte
  /// affects its neighbor (Mycroft 1987; Warren, Hacker's Delight, 6–1).
  @inline(__always)
  private func marks(at place: Int) -> UInt64 {
    let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    let isAbove = (word & ~Self.upperBits) &+ (0x80 - 0x0E) &* Self.ones | word
    let other = word ^ pattern
    let differs = (other & ~Self.upperBits) &+ 0x7F &* Self.ones | other
    return ~(isAbove & differs) & Self.upperBits
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let upperBits: UInt64 = 0x8080_8080_8080_8080
}
