/// Records that were found together in a piece of text, and how the reading goes on behind them.
///
/// Their fields lie where they stood in the text, so that finding them copies nothing. A block does not
/// change any more, and one thread can make it for another.
final class RecordBlock {
  /// What follows the records.
  enum Ending {
    case more
    case end
    case failure(TableError)
  }

  /// Where a field lies in a text of less than 4 GiB. Small, as each is handed from thread to thread.
  struct Bounds: BitwiseCopyable {
    private var start: UInt32
    private var end: UInt32

    @inline(__always)
    init(_ range: Range<Int>) {
      (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
    }

    var range: Range<Int> { Int(start)..<Int(end) }

    /// The bytes of the field.
    @inline(__always)
    func bytes(of text: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: text + Int(start), count: Int(end) - Int(start))
    }
  }

  /// The line on which a record begins, and which of all fields is its first.
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

  /// Whether no block follows.
  var isLast: Bool { if case .more = ending { false } else { true } }

  /// The line of a record, and its fields: where they lie, for as long as there is the block.
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
