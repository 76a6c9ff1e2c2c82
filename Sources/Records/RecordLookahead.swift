/// A buffer of records that were read ahead.
///
/// If the dates or numbers of a column have two interpretations, later values decide between them.
/// The records up to that point are buffered, so that the source is read only once.
final class RecordLookahead {
  /// A buffered record, or the end of the records.
  private enum Item {
    case record(line: Int, part: Int, text: [UInt8], ends: [Int32], mark: DecimalMark?)
    case end
    case failure(TableError)
  }

  /// The maximum number of buffered bytes. A column that is still undecided after a quarter of a
  /// GiB counts as undecided.
  static let byteLimit = 1 << 28

  private let source: any RecordSource
  private var items: [Item] = []
  /// The index of the next item to return.
  private var next = 0
  private var byteCount = 0
  private var scratch = Record()

  init(_ source: any RecordSource) { self.source = source }

  /// A Boolean value that indicates whether no record is buffered. It is stored, because it is read
  /// for each record.
  private(set) var isEmpty = true

  /// Passes the given columns of the records ahead to a closure, record by record, until the
  /// closure returns `true` or there are no more records.
  func forEachField(_ fields: Range<Int>, until isDone: (UnsafeBufferPointer<UInt8>) -> Bool) {
    for item in items[next...] {
      guard case .record(_, _, let text, let ends, _) = item else { return }
      for field in fields.clamped(to: ends.indices) {
        let start = field == 0 ? 0 : Int(ends[field - 1])
        let isDecided = text.withUnsafeBufferPointer {
          isDone(UnsafeBufferPointer(rebasing: $0[start..<Int(ends[field])]))
        }
        if isDecided { return }
      }
    }
    while byteCount < Self.byteLimit, hold() {
      for field in fields.clamped(to: 0..<scratch.fieldCount) where isDone(scratch[field]) {
        return
      }
    }
  }

  /// Replaces `record` by the next buffered one.
  ///
  /// - Returns: The decimal separator of its source, and whether there is a record.
  func take(_ record: inout Record) throws(TableError) -> (mark: DecimalMark?, hasRecord: Bool) {
    let item = items[next]
    switch item {
    case .record(let line, let part, let text, let ends, let mark):
      next += 1
      isEmpty = next == items.count
      byteCount -= text.count + 4 * ends.count
      if next == items.count {
        items.removeAll()
        next = 0
      } else if next == 1 << 12 {
        // Periodically discards the items that were returned.
        items.removeFirst(next)
        next = 0
      }
      record.begin(line: line)
      text.withUnsafeBufferPointer { text in
        var start = 0
        for end in ends {
          record.append(UnsafeBufferPointer(rebasing: text[start..<Int(end)]))
          start = Int(end)
        }
      }
      record.locate(part: part, linesBefore: 0)
      return (mark, true)
    case .end: return (nil, false)
    case .failure(let error): throw error
    }
  }

  /// Reads another record into the buffer. Returns `false` if there is none.
  private func hold() -> Bool {
    defer { isEmpty = next == items.count }
    switch items.last {
    case .end, .failure: return false
    case .record, nil: break
    }
    do throws(TableError) {
      guard try source.next(&scratch) else {
        items.append(.end)
        return false
      }
    } catch {
      items.append(.failure(error))
      return false
    }
    var text: [UInt8] = []
    var ends: [Int32] = []
    ends.reserveCapacity(scratch.fieldCount)
    for field in 0..<scratch.fieldCount {
      text.append(contentsOf: scratch[field])
      ends.append(Int32(truncatingIfNeeded: text.count))
    }
    byteCount += text.count + 4 * ends.count
    items.append(
      .record(
        line: scratch.line, part: scratch.part, text: text, ends: ends, mark: source.decimalMark))
    return true
  }
}
