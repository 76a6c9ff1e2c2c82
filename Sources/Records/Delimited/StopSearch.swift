/// Finds the bytes of a text at which a field may end, eight bytes at a time: one byte that is asked for,
/// and all below 0x0E, among which are the line breaks and NUL.
///
/// Eight NULs must follow the text. The first of them is found in any case, so that a search for what
/// is not there ends with the text.
struct StopSearch {
  private let text: UnsafeRawPointer
  /// The byte that is asked for, in each of eight places.
  private let pattern: UInt64
  /// The place of the eight bytes that are looked at, and the upper bit of each stop among them that
  /// is still to be given.
  private var place: Int
  private var marks: UInt64

  /// A search for `byte` from a place in a text on.
  @inline(__always)
  init(_ text: UnsafePointer<UInt8>, from place: Int, for byte: UInt8) {
    self.text = UnsafeRawPointer(text)
    self.place = place
    pattern = UInt64(byte) &* Self.ones
    marks = 0
    marks = self.marks(at: place)
  }

  /// Goes on from another place.
  @inline(__always)
  mutating func move(to place: Int) {
    self.place = place
    marks = marks(at: place)
  }

  /// The place of the next stop. Nobody may ask on behind the text.
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

  /// The upper bits of the stops among eight bytes. No carry leaves its byte, so that none of them is
  /// taken for its neighbour (Mycroft 1987; Warren, Hacker's Delight, 6–1).
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
