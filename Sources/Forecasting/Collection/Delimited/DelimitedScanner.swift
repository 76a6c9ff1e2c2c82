/// Splits delimited text into records and fields, by RFC 4180: fields in double quotes may hold
/// separators, line breaks and, doubled, quotes.
///
/// More lenient than the RFC in three points: lines end in LF, CR LF or CR; a quote within an
/// unquoted field is a character like any other; lines with nothing in them are skipped.
///
/// Memory is one piece of the text and one record, each of limited length.
struct DelimitedScanner: ~Copyable {
  private let source: any ByteSource
  private let separator: UInt8
  private let format: DelimitedFormat
  private let chunk: UnsafeMutableBufferPointer<UInt8>
  /// Where the unread bytes of the chunk begin and end.
  private var position = 0
  private var end = 0
  private var line = 1
  /// For each byte, whether a run of an unquoted field, and of a quoted one, stops at it.
  private let stopsPlain: UnsafeMutableBufferPointer<Bool>
  private let stopsQuoted: UnsafeMutableBufferPointer<Bool>

  /// - Parameter separator: The character between fields, whatever the format says of it.
  init(
    _ source: any ByteSource, separator: Separator, format: DelimitedFormat,
    chunkSize: Int = 1 << 18
  ) {
    self.source = source
    self.separator = separator.byte
    self.format = format
    chunk = .allocate(capacity: chunkSize)
    stopsPlain = Self.table(of: [separator.byte, .lineFeed, .carriageReturn, 0])
    stopsQuoted = Self.table(of: [.quote, .lineFeed, .carriageReturn, 0])
  }

  deinit {
    chunk.deallocate()
    stopsPlain.deallocate()
    stopsQuoted.deallocate()
  }

  /// Makes `record` the next one; false where there is none.
  mutating func next(_ record: inout Record) throws(TableError) -> Bool {
    while try hasByte() {
      record.begin(line: line)
      try scanRecord(&record)
      let isBlank = record.fieldCount == 1 && record.byteCount == 0
      if isBlank { continue }
      guard record[0].first != 0xEF || !record[0].starts(with: Self.byteOrderMark) else {
        throw error(.byteOrderMark, line: record.line)
      }
      return true
    }
    return false
  }

  private mutating func scanRecord(_ record: inout Record) throws(TableError) {
    while true {
      if try hasByte(), chunk[position] == .quote {
        try scanQuotedField(&record)
      } else {
        try scanPlainField(&record)
      }
      record.endField()
      guard record.fieldCount <= format.columnLimit else {
        throw error(.tooManyColumns(limit: format.columnLimit), line: record.line)
      }
      guard try hasByte() else { return }
      let byte = chunk[position]
      position += 1
      if byte == separator { continue }
      if byte == .carriageReturn, try hasByte(), chunk[position] == .lineFeed { position += 1 }
      line += 1
      return
    }
  }

  /// Scans up to the separator or line break that ends the field, or the end of the text.
  private mutating func scanPlainField(_ record: inout Record) throws(TableError) {
    while try hasByte() {
      try scanRun(&record, to: stopsPlain)
      guard position < end else { continue }
      guard chunk[position] != 0 else { throw error(.nulByte, line: line) }
      return
    }
  }

  /// Scans from an opening quote to past the closing one.
  private mutating func scanQuotedField(_ record: inout Record) throws(TableError) {
    let openingLine = line
    position += 1
    while true {
      guard try hasByte() else { throw error(.unclosedQuote, line: openingLine) }
      try scanRun(&record, to: stopsQuoted)
      guard position < end else { continue }
      switch chunk[position] {
      case .lineFeed:
        line += 1
        takeByte(&record)
      case .carriageReturn:
        takeByte(&record)
        // Where a line feed follows, that one counts.
        if try hasByte(), chunk[position] != .lineFeed { line += 1 }
      case .quote:
        position += 1
        guard try hasByte() else { return }
        if chunk[position] == .quote {
          takeByte(&record)
        } else {
          guard stopsPlain[Int(chunk[position])] else { throw error(.textAfterQuote, line: line) }
          return
        }
      default:
        throw error(.nulByte, line: line)
      }
    }
  }

  /// Adds the bytes before the next one that stops the run, or all of the chunk, to the field.
  private mutating func scanRun(
    _ record: inout Record, to stops: UnsafeMutableBufferPointer<Bool>
  ) throws(TableError) {
    let start = position
    while position < end, !stops[Int(chunk[position])] { position += 1 }
    record.extendField(UnsafeBufferPointer(rebasing: chunk[start..<position]))
    guard record.byteCount <= format.recordLimit else {
      throw error(.recordTooLong(limit: format.recordLimit), line: record.line)
    }
  }

  private mutating func takeByte(_ record: inout Record) {
    record.extendField(UnsafeBufferPointer(rebasing: chunk[position..<position + 1]))
    position += 1
  }

  /// Whether there is a byte at `position`, reading on where the chunk is used up.
  @inline(__always)
  private mutating func hasByte() throws(TableError) -> Bool {
    if position < end { return true }
    return try readOn()
  }

  private mutating func readOn() throws(TableError) -> Bool {
    end = try source.read(into: UnsafeMutableRawBufferPointer(chunk))
    position = 0
    return end > 0
  }

  private func error(_ fault: TableError.Fault, line: Int) -> TableError {
    TableError(file: source.name, line: line, fault: fault)
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func table(of bytes: [UInt8]) -> UnsafeMutableBufferPointer<Bool> {
    let table = UnsafeMutableBufferPointer<Bool>.allocate(capacity: 256)
    table.initialize(repeating: false)
    for byte in bytes { table[Int(byte)] = true }
    return table
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
