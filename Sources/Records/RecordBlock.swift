/// A block of records that were found in a piece of text, and its ending.
///
/// The fields refer to the text, so finding them copies nothing. A block is immutable, and one
/// thread can create it for another.
@usableFromInline
final class RecordBlock {
  /// The continuation after the records.
  enum Ending {
    case more
    case end
    case failure(TableError)
  }

  /// The bounds of a field in a text of less than 4 GiB. The type is small because every field is
  /// passed between threads.
  @usableFromInline
  struct Bounds: BitwiseCopyable {
    @usableFromInline var start: UInt32
    @usableFromInline var end: UInt32

    @inline(__always)
    init(_ range: Range<Int>) {
      (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
    }

    var range: Range<Int> { Int(start)..<Int(end) }

    /// Returns the bytes of the field.
    @inlinable
    @inline(__always)
    func bytes(of text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: text + Int(start), count: Int(end) - Int(start))
    }
  }

  /// The line on which a record begins and the index of its first field.
  struct Start: BitwiseCopyable {
    var line: Int
    var field: Int
  }

  let ending: Ending
  private let text: GrowableBuffer<UInt8>
  private let fields: GrowableBuffer<Bounds>
  private let starts: GrowableBuffer<Start>

  init(
    text: consuming GrowableBuffer<UInt8>, fields: consuming GrowableBuffer<Bounds>,
    starts: consuming GrowableBuffer<Start>, ending: Ending
  ) {
    self.text = text
    self.fields = fields
    self.starts = starts
    self.ending = ending
  }

  /// The number of records.
  package var count: Int { starts.count }

  /// A Boolean value that indicates whether no block follows.
  var isLast: Bool { if case .more = ending { false } else { true } }

  /// Returns the line, text, and field bounds of a record. The pointers are valid for the lifetime
  /// of the block.
  func record(
    at place: Int
  ) -> (line: Int, text: UnsafePointer<UInt8>, fields: UnsafeBufferPointer<Bounds>) {
    let start = starts.base[place]
    let end = place + 1 < starts.count ? starts.base[place + 1].field : fields.count
    return (
      start.line, UnsafePointer(text.base),
      UnsafeBufferPointer(start: fields.base + start.field, count: end - start.field)
    )
  }
}
