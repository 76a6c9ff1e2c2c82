/// A record of a TFRecord file.
///
/// It consists of the number of bytes (64 bits), the checksum of that number, the bytes, and their
/// checksum, all little-endian. Source: TensorFlow, `record_writer.h`.
enum EventRecord {
  /// Returns the record of some bytes.
  static func framed(_ bytes: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(bytes.count))
    return length + littleEndian(CRC32C.masked(length)) + bytes + littleEndian(CRC32C.masked(bytes))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
