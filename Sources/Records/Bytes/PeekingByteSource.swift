/// A source whose first bytes can be examined before they are read.
package final class PeekingByteSource: ByteSource {
  package var name: String { source.name }
  private let source: any ByteSource
  private var ahead: [UInt8] = []
  private var position = 0

  package init(_ source: any ByteSource) { self.source = source }

  /// Returns the text of a source, decompressed if its first bytes are those of a gzip file, and a
  /// Boolean value that indicates whether it was compressed.
  package static func decompressing(
    _ bytes: any ByteSource
  ) throws(TableError) -> (text: PeekingByteSource, isCompressed: Bool) {
    let text = PeekingByteSource(bytes)
    guard try text.peek(2).elementsEqual([0x1F, 0x8B]) else { return (text, false) }
    return (PeekingByteSource(GzipByteSource(text)), true)
  }

  /// Returns the next `count` bytes, or fewer at the end, without consuming them.
  package func peek(_ count: Int) throws(TableError) -> ArraySlice<UInt8> {
    while ahead.count - position < count {
      let piece = try source.readPiece(count - (ahead.count - position))
      if piece.isEmpty { break }
      ahead += piece
    }
    return ahead[position...].prefix(count)
  }

  /// Consumes bytes that were examined with `peek`.
  package func skip(_ count: Int) { position += count }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    guard position < ahead.count else { return try source.read(into: buffer) }
    let piece = ahead[position...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    position += piece.count
    return piece.count
  }
}
