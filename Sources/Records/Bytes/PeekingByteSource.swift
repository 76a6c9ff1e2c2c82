/// A source whose first bytes can be examined before they are read.
final class PeekingByteSource: ByteSource {
  var name: String { source.name }
  private let source: any ByteSource
  private var ahead: [UInt8] = []
  private var position = 0

  init(_ source: any ByteSource) { self.source = source }

  /// Returns the next `count` bytes, or fewer at the end, without consuming them.
  func peek(_ count: Int) throws(TableError) -> ArraySlice<UInt8> {
    while ahead.count - position < count {
      let piece = try readPiece(count - (ahead.count - position))
      if piece.isEmpty { break }
      ahead += piece
    }
    return ahead[position...].prefix(count)
  }

  /// Consumes bytes that were examined with `peek`.
  func skip(_ count: Int) { position += count }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    guard position < ahead.count else { return try source.read(into: buffer) }
    let piece = ahead[position...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    position += piece.count
    return piece.count
  }

  private func readPiece(_ limit: Int) throws(TableError) -> [UInt8] {
    var failure: TableError?
    let piece = [UInt8](unsafeUninitializedCapacity: limit) { bytes, count in
      do throws(TableError) {
        count = try source.read(into: UnsafeMutableRawBufferPointer(bytes))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return piece
  }
}
