/// A scanner that reads delimited text in chunks and finds the records in each.
///
/// Its memory use is one chunk of text, or one record of limited length if that is longer.
final class DelimitedScanner {
  private let source: any ByteSource
  private let separator: Separator
  private let format: DelimitedFormat
  private let pieceSize: Int
  /// The part of an incomplete record that has been read. `line` is the line on which it begins.
  private var rest = GrowableBuffer<UInt8>(capacity: 1 << 12)
  private var line: Int

  /// Creates a scanner.
  ///
  /// - Parameters:
  ///   - line: The line on which the text begins.
  ///   - separator: The field separator, which overrides that of the format.
  init(
    _ source: any ByteSource, line: Int, separator: Separator, format: DelimitedFormat,
    pieceSize: Int
  ) {
    self.line = line
    self.source = source
    self.separator = separator
    self.format = format
    self.pieceSize = pieceSize
  }

  /// Returns the next records, possibly none. Do not call this after the end or a failure.
  func nextBlock() -> RecordBlock {
    // A record longer than a chunk is rescanned for each chunk, so chunks double in size.
    let size = max(pieceSize, 2 * rest.count)
    var text = GrowableBuffer<UInt8>(capacity: size + RecordScan.padding)
    text.append(contentsOf: UnsafeBufferPointer(start: rest.base, count: rest.count))
    var ending = read(to: size, &text)
    let count = text.count
    for _ in 0..<RecordScan.padding { text.append(0) }
    let isLast = if case .end = ending { true } else { false }
    var scan = RecordScan(
      text.base, count: count, isLast: isLast, line: line, separator: separator, format: format)
    do throws(RecordScan.Failure) {
      try scan.run()
    } catch {
      ending = .failure(TableError(file: source.name, line: error.line, fault: error.fault))
    }
    line = scan.line
    rest.cut(to: 0)
    rest.append(
      contentsOf: UnsafeBufferPointer(
        start: text.base + scan.position, count: count - scan.position))
    return scan.block(of: text, ending: ending)
  }

  /// Reads until the text has the given size, or ends.
  private func read(to size: Int, _ text: inout GrowableBuffer<UInt8>) -> RecordBlock.Ending {
    do throws(TableError) {
      while text.count < size {
        let count = try text.append(upTo: size - text.count) { room throws(TableError) in
          try source.read(into: UnsafeMutableRawBufferPointer(room))
        }
        if count == 0 { return .end }
      }
    } catch {
      return .failure(error)
    }
    return .more
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
