/// The conversion of UTF-16, which spreadsheet programs call *Unicode text*.
struct UTF16Converter: TextConverter {
  private let isBigEndian: Bool
  /// The bytes of a code unit of which only the first was read.
  private var half: UInt8?
  /// The first unit of a pair of surrogates whose second one was not read yet.
  private var lead: UInt16?

  /// Creates a converter, and moves past a byte-order mark. Without one, the byte order is that in which
  /// the first character is ASCII.
  init(startOf text: PeekingByteSource) throws(TableError) {
    let start = Array(try text.peek(2))
    isBigEndian = start == [0xFE, 0xFF] || start.first == 0
    if start == [0xFE, 0xFF] || start == [0xFF, 0xFE] { text.skip(2) }
  }

  mutating func convert(_ bytes: [UInt8], to text: inout [UInt8]) throws(TableError.Fault) {
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let (high, low) = isBigEndian ? (first, byte) : (byte, first)
      if let scalar = try scalar(endingWith: UInt16(high) << 8 | UInt16(low)) {
        text.append(contentsOf: UTF8.encode(scalar)!)
      }
    }
  }

  func finish() throws(TableError.Fault) {
    if half != nil || lead != nil { throw Self.damaged }
  }

  /// Returns the character that a code unit completes, or nil if it is the first of two.
  private mutating func scalar(
    endingWith unit: UInt16
  ) throws(TableError.Fault) -> Unicode.Scalar? {
    if let lead {
      guard UTF16.isTrailSurrogate(unit) else { throw Self.damaged }
      self.lead = nil
      return UTF16.decode(UTF16.EncodedScalar([lead, unit]))
    }
    if UTF16.isLeadSurrogate(unit) {
      lead = unit
      return nil
    }
    guard let scalar = Unicode.Scalar(unit) else { throw Self.damaged }
    return scalar
  }

  private static let damaged = TableError.Fault.notText(
    kind: "damaged text in UTF-16", fix: "export it again as UTF-8")
}
