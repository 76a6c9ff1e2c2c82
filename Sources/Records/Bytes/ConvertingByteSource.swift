/// A conversion of text in another encoding to UTF-8.
protocol TextConverter {
  /// Appends the UTF-8 text of the next bytes, which can end within a character.
  ///
  /// - Throws: A fault if the bytes are no text in the encoding.
  mutating func convert(_ bytes: [UInt8], to text: inout [UInt8]) throws(TableError.Fault)

  /// Checks that the last bytes ended with a whole character.
  func finish() throws(TableError.Fault)
}

/// A source that converts the text of another source to UTF-8.
final class ConvertingByteSource<Converter: TextConverter>: ByteSource {
  var name: String { source.name }
  private let source: any ByteSource
  private var converter: Converter
  private var converted: [UInt8] = []
  private var position = 0

  init(_ source: any ByteSource, by converter: Converter) {
    self.source = source
    self.converter = converter
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    // A piece can be a part of a character.
    while position == converted.count {
      if try !convertNextPiece() { return 0 }
    }
    let given = converted[position...].prefix(buffer.count)
    buffer.copyBytes(from: given)
    position += given.count
    return given.count
  }

  private func convertNextPiece() throws(TableError) -> Bool {
    let piece = try source.readPiece(1 << 16)
    converted.removeAll(keepingCapacity: true)
    position = 0
    do throws(TableError.Fault) {
      if piece.isEmpty {
        try converter.finish()
      } else {
        try converter.convert(piece, to: &converted)
      }
    } catch {
      throw TableError(file: name, fault: error)
    }
    return !piece.isEmpty
  }
}
