/// The fields of a record, as UTF-8 bytes. A single value is reused for all records, so that
/// reading a record allocates no memory.
///
/// A missing value, such as NULL in a database, is a field of length 0.
public struct Record: ~Copyable {
  /// The line on which the record begins, or the number of the row, counted from 1.
  public private(set) var line = 0
  /// The index of the record's source among several sources.
  package private(set) var part = 0
  /// The number of fields.
  public private(set) var fieldCount = 0

  /// The bytes of the fields and their bounds, in `block` or in the record's own memory.
  @usableFromInline var text: UnsafePointer<UInt8>
  @usableFromInline var bounds: UnsafePointer<RecordBlock.Bounds>
  private var block: RecordBlock?
  private var ownText = GrowableBuffer<UInt8>(capacity: 1 << 12)
  private var ownBounds = GrowableBuffer<RecordBlock.Bounds>(capacity: 64)

  /// Creates a record without fields.
  public init() {
    text = UnsafePointer(ownText.base)
    bounds = UnsafePointer(ownBounds.base)
  }

  /// Removes all fields and begins a new record at a line.
  public mutating func begin(line: Int) {
    self.line = line
    fieldCount = 0
    block = nil
    ownText.cut(to: 0)
    ownBounds.cut(to: 0)
  }

  /// Replaces the record by one of a block.
  mutating func begin(at place: Int, of block: RecordBlock) {
    let record = block.record(at: place)
    line = record.line
    fieldCount = record.fields.count
    text = record.text
    bounds = record.fields.baseAddress!
    if self.block !== block { self.block = block }
  }

  /// Sets the index of the record's source, and the number of lines that precede those of the
  /// source.
  mutating func locate(part: Int, linesBefore: Int) {
    self.part = part
    line += linesBefore
  }

  /// Appends a field of UTF-8 bytes.
  public mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    if block != nil { takeOut() }
    let start = ownText.count
    ownText.append(contentsOf: field)
    ownBounds.append(RecordBlock.Bounds(start..<ownText.count))
    fieldCount += 1
    text = UnsafePointer(ownText.base)
    bounds = UnsafePointer(ownBounds.base)
  }

  /// Appends a field of text, or an empty field for `nil`.
  public mutating func append(_ field: String?) {
    var field = field ?? ""
    field.withUTF8 { append($0) }
  }

  /// The bytes of a field. They are valid until the record changes.
  @inlinable
  package subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
    bounds[field].bytes(of: text)
  }

  /// Returns a field as text, with replacement characters for invalid UTF-8.
  package func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }

  /// A Boolean value that indicates whether all fields are UTF-8.
  package var isUTF8: Bool {
    (0..<fieldCount).allSatisfy { field in
      self[field].allSatisfy { $0 < 0x80 } || String(validating: self[field], as: UTF8.self) != nil
    }
  }

  /// A hash of all fields. It differs between runs.
  package var fingerprint: UInt64 {
    var hash = ByteHash()
    for field in 0..<fieldCount { hash.combine(self[field]) }
    return hash.value
  }

  /// Copies the fields out of the block, so that more can be appended.
  private mutating func takeOut() {
    let (text, bounds, count, block) = (text, bounds, fieldCount, block)
    begin(line: line)
    for field in 0..<count { append(bounds[field].bytes(of: text)) }
    withExtendedLifetime(block) {}
  }
}
