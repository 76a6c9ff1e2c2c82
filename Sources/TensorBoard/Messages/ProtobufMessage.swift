/// An encoder of a protocol buffer message, to which fields are added one by one.
///
/// A field is its number and its wire type, followed by its value. Source: the
/// [encoding](https://protobuf.dev/programming-guides/encoding) of protocol buffers.
struct ProtobufMessage {
  /// The encoded fields.
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
  }

  /// Adds an integer or an enumeration.
  mutating func add(_ field: Int, _ value: Int) {
    addTag(field, .varint)
    addVarint(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a `double`.
  mutating func add(_ field: Int, _ value: Double) {
    addTag(field, .fixed64)
    addLittleEndian(value.bitPattern)
  }

  /// Adds a `float`.
  mutating func add(_ field: Int, _ value: Float) {
    addTag(field, .fixed32)
    addLittleEndian(value.bitPattern)
  }

  /// Adds a `string`, or `bytes` that are text.
  mutating func add(_ field: Int, _ text: String) {
    addTag(field, .delimited)
    addVarint(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  /// Adds a message.
  mutating func add(_ field: Int, _ message: ProtobufMessage) {
    addTag(field, .delimited)
    addVarint(UInt64(message.bytes.count))
    bytes += message.bytes
  }

  /// Adds a packed list of `double`.
  mutating func add(_ field: Int, packed values: [Double]) {
    addTag(field, .delimited)
    addVarint(UInt64(8 * values.count))
    for value in values { addLittleEndian(value.bitPattern) }
  }

  private mutating func addTag(_ field: Int, _ type: WireType) {
    addVarint(UInt64(field) << 3 | type.rawValue)
  }

  /// Adds seven bits a byte, the lowest first. All bytes but the last one have their top bit set.
  private mutating func addVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func addLittleEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
