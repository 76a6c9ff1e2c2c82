/// The hash FNV-1a of 64 bits, by Fowler, Noll and Vo (RFC 9923): the same for the same bytes on
/// every machine and in every run, which Swift's own hashing is not.
package enum FNV1a {
  /// The hash of some bytes.
  package static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
