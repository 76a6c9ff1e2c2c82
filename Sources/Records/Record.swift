/// The fields of one record, as bytes of UTF-8. One value is filled again and again, so that nothing
/// is allocated for a record.
///
/// A missing value, such as NULL in a database, is a field of no bytes.
public struct Record: ~Copyable {
  /// Where the record is: the line on which it begins, or the number of the row, counted from 1.
  public private(set) var line = 0
  /// Which one of several sources it is from, counted from 0.
  package private(set) var part = 0
  /// The number of fields.
  public private(set) var fieldCount = 0

  /// The bytes that fields lie in, and where each one does: in `block`, or in memory of the record's own.
  private var text: UnsafePointer<UInt8>
  private var bounds: UnsafePointer<RecordBlock.Bounds>
  private var block: RecordBlock?
  private var ownText = GrowableBuffer<UInt8>(capacity: 1 << 12)
  private var ownBounds = GrowableBuffer<RecordBlock.Bounds>(capacity: 64)

  /// A record without fields.
  public init() {
    text = UnsafePointer(ownText.base)
    bounds = UnsafePointer(ownBounds.base)
  }

  /// Drops all fields: a new record begins at a line.
  public mutating func begin(line: Int) {
    self.line = line
    fieldCount = 0
    block = nil
    ownText.cut(to: 0)
    ownBounds.cut(to: 0)
  }

  /// Makes the record one of a block, in place of what it was.
  mutating func begin(at place: Int, of block: RecordBlock) {
    let record = block.record(at: place)
    line = record.line
    fieldCount = record.fields.count
    text = record.text
    bounds = record.fields.baseAddress!
    if self.block !== block { self.block = block }
  }

  /// Says that the record is from one of several sources, and how many lines count before those of it.
  mutating func locate(part: Int, linesBefore: Int) {
    self.part = part
    line += linesBefore
  }

  /// Adds a field of bytes that are UTF-8.
  public mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    if block != nil { takeOut() }
    let start = ownText.count
    ownText.append(contentsOf: field)
    ownBounds.append(RecordBlock.Bounds(start..<ownText.count))
    fieldCount += 1
    text = UnsafePointer(ownText.base)
    bounds = UnsafePointer(ownBounds.base)
  }

  /// Adds a field of text, or an empty one for nil.
  public mutating func append(_ field: String?) {
    var field = field ?? ""
    field.withUTF8 { append($0) }
  }

  /// The bytes of a field, for as long as the record is not changed.
  package subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
    bounds[field].bytes(of: text)
  }

  /// A field as text, with replacement characters where it is not UTF-8.
  package func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }

  /// Whether all fields are UTF-8.
  package var isUTF8: Bool {
    (0..<fieldCount).allSatisfy { field in
      self[field].allSatisfy { $0 < 0x80 } || String(validating: self[field], as: UTF8.self) != nil
    }
  }

  /// A hash of all fields. It differs from run to run.
  package var fingerprint: UInt64 {
    var hash = ByteHash()
    for field in 0..<fieldCount { hash.combine(self[field]) }
    return hash.value
  }

  /// Copies the fields out of the block, so that others can follow.
  private mutating func takeOut() {
    let (text, bounds, count, block) = (text, bounds, fieldCount, block)
    begin(line: line)
    for field in 0..<count { append(bounds[field].bytes(of: text)) }
    withExtendedLifetime(block) {}
  }
}
