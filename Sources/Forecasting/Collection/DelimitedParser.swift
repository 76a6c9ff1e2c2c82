/// Splits delimited text into records and fields, by RFC 4180: fields in double quotes may hold
/// separators, line breaks and, doubled, quotes.
///
/// More lenient than the RFC in three points: lines end in LF, CR LF or CR; a quote within an
/// unquoted field is a character like any other; lines with nothing in them are skipped. A UTF-8
/// byte-order mark at the start is skipped, too.
///
/// Works over a buffer of bytes that holds the current record and what follows it; nothing is
/// allocated for a field.
struct DelimitedParser: ~Copyable {
  /// The longest record taken, in bytes.
  static let recordLimit = 4 << 20

  /// The line on which the current record begins, counted from 1.
  private(set) var line = 0
  /// What errors call the text.
  var sourceName: String { source.name }
  /// The number of fields of the current record.
  var fieldCount: Int { fields.count }

  private let source: any ByteSource
  private let separator: UInt8
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  /// Where the unread bytes begin, and where the bytes of the buffer end.
  private var position = 0
  private var filled = 0
  private var isAtEnd = false
  private var nextLine = 1
  private var fields: [Field] = []
  private var unquoted: [UInt8] = []

  private struct Field {
    var range: Range<Int>
    /// Whether doubled quotes in the field stand for single ones.
    var hasDoubledQuotes = false
  }

  init(
    _ source: any ByteSource, separator: Separator, chunkSize: Int = 1 << 18
  ) throws(TableError) {
    self.source = source
    self.separator = separator.byte
    buffer = .allocate(capacity: max(chunkSize, 16))
    try skipByteOrderMark()
  }

  deinit { buffer.deallocate() }

  /// Moves to the next record; false where there is none.
  mutating func next() throws(TableError) -> Bool {
    while true {
      guard try fill(beyond: position) else { return false }
      line = nextLine
      let isBlank = try scanRecord()
      if !isBlank { return true }
    }
  }

  /// Passes the bytes of a field, quotes removed, to `body`.
  mutating func withField<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let field = fields[index]
    guard field.hasDoubledQuotes else {
      return body(UnsafeBufferPointer(rebasing: buffer[field.range]))
    }
    unquoted.removeAll(keepingCapacity: true)
    var place = field.range.lowerBound
    while place < field.range.upperBound {
      unquoted.append(buffer[place])
      place += buffer[place] == .quote ? 2 : 1
    }
    return unquoted.withUnsafeBufferPointer(body)
  }

  /// A field as text, with replacement characters where it is not UTF-8.
  mutating func text(_ index: Int) -> String {
    withField(index) { String(decoding: $0, as: UTF8.self) }
  }

  func error(_ fault: TableError.Fault, line: Int? = nil, column: String? = nil) -> TableError {
    TableError(file: source.name, line: line ?? self.line, column: column, fault: fault)
  }
}

// MARK: - Scanning

extension DelimitedParser {
  /// Scans the record at `position` and moves past it; true where the line had nothing in it.
  private mutating func scanRecord() throws(TableError) -> Bool {
    fields.removeAll(keepingCapacity: true)
    // Offsets from `position`, since a fill may move the bytes to the front of the buffer.
    var offset = 0
    var lineBreaks = 0
    while true {
      let isQuoted = try fill(beyond: position + offset) && buffer[position + offset] == .quote
      let field =
        isQuoted
        ? try scanQuotedField(&offset, &lineBreaks) : try scanPlainField(&offset)
      fields.append(field)
      guard try fill(beyond: position + offset) else { break }
      let byte = buffer[position + offset]
      offset += 1
      if byte == separator { continue }
      if byte == .carriageReturn, try fill(beyond: position + offset),
        buffer[position + offset] == .lineFeed
      {
        offset += 1
      }
      lineBreaks += 1
      break
    }
    let isBlank = fields.count == 1 && fields[0].range.isEmpty
    rebaseFields()
    position += offset
    nextLine += lineBreaks
    return isBlank
  }

  /// Scans up to the separator or line break that ends the field, or the end of the text.
  private mutating func scanPlainField(_ offset: inout Int) throws(TableError) -> Field {
    let start = offset
    while true {
      var place = position + offset
      while place < filled, !endsField(buffer[place]) { place += 1 }
      offset = place - position
      if place < filled { break }
      guard try fill(beyond: place) else { break }
    }
    return Field(range: start..<offset)
  }

  /// Scans from an opening quote to past the closing one.
  private mutating func scanQuotedField(
    _ offset: inout Int, _ lineBreaks: inout Int
  ) throws(TableError) -> Field {
    let openingLine = nextLine + lineBreaks
    offset += 1
    var field = Field(range: offset..<offset)
    while true {
      guard try fill(beyond: position + offset) else {
        throw error(.unclosedQuote, line: openingLine)
      }
      let byte = buffer[position + offset]
      offset += 1
      if byte == .lineFeed { lineBreaks += 1 }
      guard byte == .quote else { continue }
      let hasNext = try fill(beyond: position + offset)
      if hasNext, buffer[position + offset] == .quote {
        field.hasDoubledQuotes = true
        offset += 1
        continue
      }
      guard !hasNext || endsField(buffer[position + offset]) else {
        throw error(.textAfterQuote, line: nextLine + lineBreaks)
      }
      field.range = field.range.lowerBound..<offset - 1
      return field
    }
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == .lineFeed || byte == .carriageReturn
  }

  /// Turns the ranges of the record's fields from offsets into places in the buffer.
  private mutating func rebaseFields() {
    for index in fields.indices {
      let range = fields[index].range
      fields[index].range = range.lowerBound + position..<range.upperBound + position
    }
  }
}

// MARK: - The buffer

extension DelimitedParser {
  /// Whether there is a byte at `place`, reading on where it is not in the buffer yet.
  ///
  /// Reading on moves the bytes from `position` to the front of the buffer, and `position` with
  /// them: other places are kept as offsets from it.
  @inline(__always)
  private mutating func fill(beyond place: Int) throws(TableError) -> Bool {
    if place < filled { return true }
    return isAtEnd ? false : try readOn()
  }

  private mutating func readOn() throws(TableError) -> Bool {
    let kept = filled - position
    guard kept <= Self.recordLimit else { throw error(.recordTooLong(limit: Self.recordLimit)) }
    if kept == buffer.count {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * buffer.count)
      _ = larger.update(fromContentsOf: buffer)
      buffer.deallocate()
      buffer = larger
    } else if position > 0 {
      buffer.baseAddress!.update(from: buffer.baseAddress! + position, count: kept)
      position = 0
      filled = kept
    }
    let free = UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
    let count = try source.read(into: free)
    filled += count
    isAtEnd = count == 0
    return count > 0
  }

  private mutating func skipByteOrderMark() throws(TableError) {
    while filled < 4, try fill(beyond: filled) {}
    let start = [UInt8](buffer[..<min(filled, 4)])
    if let kind = foreignKind(start) {
      throw TableError(file: source.name, fault: .notText(kind: kind))
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// What files that are taken for a table by mistake begin with.
  private func foreignKind(_ start: [UInt8]) -> String? {
    let kinds: [(start: [UInt8], kind: String)] = [
      ([0xFF, 0xFE], "text in UTF-16"),
      ([0xFE, 0xFF], "text in UTF-16"),
      ([0x1F, 0x8B], "compressed by gzip"),
      ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an Excel workbook"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file"),
    ]
    return kinds.first { start.starts(with: $0.start) }?.kind
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}

/// The character between the fields of a line.
public enum Separator: String, Sendable, CaseIterable {
  case comma
  case semicolon
  case tab

  /// The character itself.
  public var character: Character { Character(Unicode.Scalar(byte)) }

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }
}
