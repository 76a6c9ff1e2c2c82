/// The 64-bit FNV-1a hash by Fowler, Noll, and Vo (RFC 9923). Unlike Swift's own hashing, it gives
/// the same result for the same bytes on every machine and in every run.
package enum FNV1a {
  /// The hash of no bytes.
  package static let empty: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Returns the hash of a sequence of bytes.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - previous: The hash of the bytes before them.
  package static func hash(
    _ bytes: some Sequence<UInt8>, after previous: UInt64 = empty
  ) -> UInt64 {
    bytes.reduce(previous) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Returns the hash of the bytes of a number, from the least significant one.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - previous: The hash of the bytes before them.
  package static func hash(_ number: UInt64, after previous: UInt64 = empty) -> UInt64 {
    withUnsafeBytes(of: number.littleEndian) { hash($0, after: previous) }
  }
}
