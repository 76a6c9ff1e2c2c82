/// The checksum of TFRecord files: CRC-32C (Castagnoli), masked.
enum CRC32C {
  /// Returns the checksum of bytes, as it is stored. The mask keeps checksums of bytes that contain
  /// checksums apart.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }

  /// Returns the checksum of bytes.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8)
    }
  }

  /// The checksum of each byte. The polynomial is 0x1EDC6F41, with its bits reversed.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in
      sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1
    }
  }
}
