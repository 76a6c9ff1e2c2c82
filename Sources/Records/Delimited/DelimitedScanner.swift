/// Reads delimited text piece by piece, and finds the records of each.
///
/// Memory is one piece of the text, or one record of limited length where that is longer.
final class DelimitedScanner {
  private let source: any ByteSource
  private let separator: Separator
  private let format: DelimitedFormat
  private let pieceSize: Int
  /// What is read of a record that goes on behind it, and the line where that begins.
  private var rest = GrowableBuffer<UInt8>(capacity: 1 << 12)
  private var line: Int

  /// - Parameters:
  ///   - line: The line on which the text begins.
  ///   - separator: The character between fields, whatever the format says of it.
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

  /// The next records, perhaps none. Behind the end or a failure nobody may ask.
  func nextBlock() -> RecordBlock {
    // A record that is longer than a piece is scanned anew for each: they double.
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

  /// Reads on until the text has a size, or ends.
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
