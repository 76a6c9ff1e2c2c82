/// The fields of one record, as bytes of UTF-8. One value is filled again and again, so that nothing
/// is allocated for a record.
///
/// A missing value, such as NULL in a database, is a field of no bytes.
public struct Record: ~Copyable {
  /// Where the record is: the line on which it begins, or the number of the row, counted from 1.
  public private(set) var line = 0
  /// Which one of several sources it is from, counted from 0.
  private(set) var part = 0
  /// The number of fields.
  public private(set) var fieldCount = 0

  /// The bytes of all fields, one after another.
  private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 12)
  /// Field `i` is what lies between `ends[i]` and `ends[i + 1]`.
  private var ends = UnsafeMutableBufferPointer<Int>.allocate(capacity: 64)
  private(set) var byteCount = 0

  /// A record without fields.
  public init() { ends[0] = 0 }

  deinit {
    bytes.deallocate()
    ends.deallocate()
  }

  /// Drops all fields: a new record begins at a line.
  public mutating func begin(line: Int) {
    self.line = line
    fieldCount = 0
    byteCount = 0
  }

  /// Says that the record is from one of several sources, and how many lines count before those of it.
  mutating func locate(part: Int, linesBefore: Int) {
    self.part = part
    line += linesBefore
  }

  /// Adds a field of bytes that are UTF-8.
  public mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    extendField(field)
    endField()
  }

  /// Adds a field of text, or an empty one for nil.
  public mutating func append(_ field: String?) {
    if var field { field.withUTF8 { extendField($0) } }
    endField()
  }

  /// The bytes of a field, for as long as the record is not changed.
  package subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[ends[field]..<ends[field + 1]])
  }

  /// A field as text, with replacement characters where it is not UTF-8.
  func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }

  /// Adds bytes to the field that is not ended yet.
  mutating func extendField(_ piece: UnsafeBufferPointer<UInt8>) {
    guard let start = piece.baseAddress else { return }
    let end = byteCount + piece.count
    if end > bytes.count { Self.grow(&bytes, to: end, used: byteCount) }
    (bytes.baseAddress! + byteCount).update(from: start, count: piece.count)
    byteCount = end
  }

  mutating func endField() {
    fieldCount += 1
    if fieldCount == ends.count { Self.grow(&ends, to: fieldCount + 1, used: fieldCount) }
    ends[fieldCount] = byteCount
  }

  /// Whether all fields are UTF-8.
  var isUTF8: Bool {
    bytes[..<byteCount].allSatisfy { $0 < 0x80 }
      || (0..<fieldCount).allSatisfy { String(validating: self[$0], as: UTF8.self) != nil }
  }

  /// A hash of all fields. It differs from run to run.
  var fingerprint: UInt64 {
    var hash = ByteHash()
    hash.combine(UnsafeBufferPointer(rebasing: bytes[..<byteCount]))
    for field in 1...max(fieldCount, 1) { hash.combine(UInt64(truncatingIfNeeded: ends[field])) }
    return hash.value
  }

  private static func grow<Element>(
    _ buffer: inout UnsafeMutableBufferPointer<Element>, to count: Int, used: Int
  ) {
    let larger = UnsafeMutableBufferPointer<Element>.allocate(
      capacity: max(count, 2 * buffer.count))
    larger.baseAddress!.update(from: buffer.baseAddress!, count: used)
    buffer.deallocate()
    buffer = larger
  }
}
