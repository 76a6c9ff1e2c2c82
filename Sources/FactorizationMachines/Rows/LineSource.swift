/// A source of the lines of a text, uncompressed or compressed with gzip.
///
/// Memory use is that of one line and a constant.
struct LineSource: ~Copyable {
  let name: String
  /// The number of the current line, from 1.
  private(set) var line = 0
  private let source: any ByteSource
  private let limit: Int
  private var bytes: [UInt8] = []
  /// The start of the next line, and the position up to which it was searched for its end.
  private var position = 0
  private var searched = 0
  private var isAtEnd = false

  /// Opens a source. A byte-order mark is skipped.
  ///
  /// - Parameter limit: The maximum length of a line, in bytes.
  init(_ bytes: any ByteSource, limit: Int) throws(SparseRowsError) {
    name = bytes.name
    self.limit = limit
    do throws(TableError) {
      let text = try PeekingByteSource.decompressing(bytes).text
      if try text.peek(3).elementsEqual([0xEF, 0xBB, 0xBF]) { text.skip(3) }
      source = text
    } catch {
      throw SparseRowsError(file: error.file, line: nil, fault: .unreadable(error.fault))
    }
  }

  /// Calls a closure with the bytes of the next line, without its line feed. Returns `false` if there
  /// is none.
  mutating func next(
    _ body: (UnsafeBufferPointer<UInt8>) throws(SparseRowsError.Fault) -> Void
  ) throws(SparseRowsError) -> Bool {
    while true {
      while searched < bytes.count, bytes[searched] != 0x0A { searched += 1 }
      if searched < bytes.count || isAtEnd { break }
      try readMore()
    }
    guard searched > position || searched < bytes.count else { return false }
    line += 1
    do throws(SparseRowsError.Fault) {
      guard searched - position <= limit else { throw .lineTooLong(limit: limit) }
      try bytes.withUnsafeBufferPointer { bytes throws(SparseRowsError.Fault) in
        try body(UnsafeBufferPointer(rebasing: bytes[position..<searched]))
      }
    } catch {
      throw SparseRowsError(file: name, line: line, fault: error)
    }
    searched = min(searched + 1, bytes.count)
    position = searched
    return true
  }

  /// Drops the lines that were read, and appends the next part of the text.
  private mutating func readMore() throws(SparseRowsError) {
    bytes.removeSubrange(..<position)
    searched -= position
    position = 0
    guard bytes.count <= limit else {
      throw SparseRowsError(file: name, line: line + 1, fault: .lineTooLong(limit: limit))
    }
    var failure: TableError?
    let part = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      do throws(TableError) {
        count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure {
      throw SparseRowsError(file: failure.file, line: nil, fault: .unreadable(failure.fault))
    }
    isAtEnd = part.isEmpty
    bytes += part
  }
}
