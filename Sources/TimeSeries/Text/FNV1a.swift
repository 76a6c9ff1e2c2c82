/// The 64-bit FNV-1a hash by Fowler, Noll, and Vo (RFC 9923). Unlike Swift's own hashing, it gives
/// the same result for the same bytes on every machine and in every run.
package enum FNV1a {
  /// Returns the hash of a sequence of bytes.
  package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
