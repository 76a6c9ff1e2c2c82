/// A source that converts the UTF-16 text of another source to UTF-8, without a byte-order mark.
///
/// Spreadsheet programs call this encoding *Unicode text*.
final class UTF16ByteSource: ByteSource {
  var name: String { source.name }
  private let source: PeekingByteSource
  private let isBigEndian: Bool
  private var piece = [UInt8](repeating: 0, count: 1 << 16)
  /// The bytes of a code unit of which only the first was read.
  private var half: UInt8?
  /// The first unit of a pair of surrogates whose second one was not read yet.
  private var lead: UInt16?
  private var converted: [UInt8] = []
  private var position = 0

  /// Creates a source. The byte order is that of the byte-order mark or, without one, that in which the
  /// first characters are ASCII.
  init(_ source: PeekingByteSource) throws(TableError) {
    self.source = source
    let start = Array(try source.peek(2))
    isBigEndian = start == [0xFE, 0xFF] || start.first == 0
    if start == [0xFE, 0xFF] || start == [0xFF, 0xFE] { source.skip(2) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    while position == converted.count {
      if try !convertNextPiece() { return 0 }
    }
    let given = converted[position...].prefix(buffer.count)
    buffer.copyBytes(from: given)
    position += given.count
    return given.count
  }

  private func convertNextPiece() throws(TableError) -> Bool {
    var count = 0
    var failure: TableError?
    piece.withUnsafeMutableBytes { bytes in
      do throws(TableError) { count = try source.read(into: bytes) } catch { failure = error }
    }
    if let failure { throw failure }
    converted.removeAll(keepingCapacity: true)
    position = 0
    guard count > 0 else {
      if half != nil || lead != nil { throw damaged }
      return false
    }
    for byte in piece[..<count] {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      try append(
        isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first))
    }
    return true
  }

  private func append(_ unit: UInt16) throws(TableError) {
    if let lead {
      guard UTF16.isTrailSurrogate(unit) else { throw damaged }
      self.lead = nil
      append(UTF16.decode(UTF16.EncodedScalar([lead, unit])))
    } else if UTF16.isLeadSurrogate(unit) {
      lead = unit
    } else if let scalar = Unicode.Scalar(unit) {
      append(scalar)
    } else {
      throw damaged
    }
  }

  private func append(_ scalar: Unicode.Scalar) {
    converted.append(contentsOf: UTF8.encode(scalar)!)
  }

  private var damaged: TableError {
    TableError(
      file: name, fault: .notText(kind: "damaged text in UTF-16", fix: "export it again as UTF-8"))
  }
}
