import Tensor

/// A source of the records of a delimited text with a header: comma-, tab-, or semicolon-separated
/// values by RFC 4180, uncompressed or compressed with gzip.
///
/// Lines end in LF, CR LF, or CR. Empty lines and a byte-order mark are skipped. Compression is
/// detected from the first bytes, not from the file name.
public final class DelimitedRecordSource: RecordSource {
  public let name: String
  public private(set) var columns: [String] = []
  public let decimalMark: DecimalMark?
  /// The field separator, specified or detected.
  public let separator: Separator

  /// A point if the field separator is a comma, because numbers then rarely contain commas, and
  /// `nil` otherwise.
  public var preferredDecimalMark: DecimalMark? { separator == .comma ? .point : nil }

  /// The lines skipped above the header, and the lines below it that consist only of separators.
  public var skippedLines: [SetAsideRows] { linesAboveHeader + linesOfSeparators }
  private let linesAboveHeader: [SetAsideRows]
  private var linesOfSeparators: [SetAsideRows] = []

  private let nextBlock: () -> RecordBlock
  private var block: RecordBlock
  /// The index of the next record in the block.
  private var place = 0

  /// Creates a source of the records in a file, which is read ahead on a separate thread.
  ///
  /// - Throws: A `TableError` if the file cannot be read, is not text, or has no header.
  public convenience init(
    path: String, format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(FileByteSource(path: path), format: format)
  }

  /// Creates a source of the records in a text.
  ///
  /// A file or compressed text is read ahead and split into records on a separate thread, unless
  /// ``Parallelism/threadCount`` is 1.
  ///
  /// - Throws: A `TableError` if the text cannot be read, is not text, or has no header.
  public convenience init(
    _ bytes: any ByteSource, format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(bytes, format: format, pieceSize: 1 << 17)
  }

  /// Creates a source with a given chunk size.
  ///
  /// - Parameter pieceSize: The number of bytes of text to scan at a time.
  package init(
    _ bytes: any ByteSource, format: DelimitedFormat, pieceSize: Int
  ) throws(TableError) {
    let (text, isCompressed) = try Self.text(of: bytes, encoding: format.encoding)
    name = text.name
    decimalMark = format.decimalMark
    let preamble = try Preamble(of: text, format: format)
    separator = preamble.separator
    linesAboveHeader = preamble.skipped
    let scanner = DelimitedScanner(
      text, line: preamble.lineCount + 1, separator: separator, format: format,
      pieceSize: pieceSize)
    // `foresight prepare online_retail_II.csv.gz --preset online-retail --output panel.safetensors`
    // with two threads, medians of alternating runs: 0.95 s when records are found ahead, in place,
    // and 1.11 s when the text is only decompressed ahead; uncompressed 0.67 s, and 0.72 s without
    // reading ahead.
    if isCompressed || bytes is FileByteSource, Parallelism.threadCount > 1 {
      let ahead = ReadAhead {
        let block = scanner.nextBlock()
        return (block, isLast: block.isLast)
      }
      nextBlock = { ahead.next() }
    } else {
      nextBlock = scanner.nextBlock
    }
    block = nextBlock()
    try readHeader()
  }

  public func next(_ record: inout Record) throws(TableError) -> Bool {
    repeat {
      guard try readNext(&record) else { return false }
      // The first byte of most records shows that they contain data.
    } while Self.mayBeBlank(record[0]) && isOfSeparators(record)
    return true
  }

  /// Determines whether a record has several fields that are all empty, like spreadsheet rows below
  /// a table, and counts it if so.
  private func isOfSeparators(_ record: borrowing Record) -> Bool {
    guard record.fieldCount > 1,
      (0..<record.fieldCount).allSatisfy({ record[$0].allSatisfy(Self.isBlank) })
    else { return false }
    linesOfSeparators.add("of separators only", limit: SetAsideRows.skippedLineLimit) {
      SetAsideRows.Example(source: nil, line: record.line, text: "")
    }
    return true
  }

  @inline(__always)
  private static func mayBeBlank(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    field.isEmpty || isBlank(field[0])
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  @inline(__always)
  private func readNext(_ record: inout Record) throws(TableError) -> Bool {
    while place == block.count {
      switch block.ending {
      case .more: (block, place) = (nextBlock(), 0)
      case .end: return false
      case .failure(let error): throw error
      }
    }
    record.begin(at: place, of: block)
    place += 1
    return true
  }

  private func readHeader() throws(TableError) {
    var header = Record()
    guard try next(&header) else { throw TableError(file: name, fault: .empty) }
    for field in 0..<header.fieldCount {
      guard let column = String(validating: header[field].trimmed, as: UTF8.self) else {
        throw TableError(file: name, line: header.line, fault: .invalidUTF8)
      }
      columns.append(column)
    }
  }

  /// Returns the contents of a ZIP archive of a single file, or nil if the bytes are none.
  private static func singleFile(of bytes: PeekingByteSource) throws(TableError) -> (
    any ByteSource
  )? {
    guard ForeignKind(startingWith: try bytes.peek(ForeignKind.startLength)) == .zip else {
      return nil
    }
    let archive = try ZipArchive(bytes)
    guard archive.entries.count == 1 else {
      throw TableError(
        file: bytes.name,
        fault: .notText(
          kind: "a ZIP archive of \(archive.entries.count.counted("file"))",
          fix: "extract one of them: \(listed(archive.entries.map(\.path)))"))
    }
    return try archive.source(of: archive.entries[0])
  }

  /// Returns the text of a byte source, decompressed, converted to UTF-8, and without a byte-order
  /// mark, and whether it was compressed.
  private static func text(
    of bytes: any ByteSource, encoding: TextEncoding
  ) throws(TableError) -> (text: PeekingByteSource, isCompressed: Bool) {
    var (text, isCompressed) = try PeekingByteSource.decompressing(bytes)
    if let contents = try singleFile(of: text) { text = PeekingByteSource(contents) }
    let start = try text.peek(ForeignKind.startLength)
    if let kind = ForeignKind(startingWith: start) {
      if kind == .utf16 {
        let converter = try UTF16Converter(startOf: text)
        return (PeekingByteSource(ConvertingByteSource(text, by: converter)), isCompressed)
      }
      let file = ForeignFile(kind: kind, path: text.name, isInGzip: isCompressed, start: start)
      throw TableError(file: text.name, fault: file.fault)
    }
    if start.starts(with: DelimitedScanner.byteOrderMark) {
      text.skip(3)
    } else if encoding != .utf8 {
      text = PeekingByteSource(ConvertingByteSource(text, by: SingleByteConverter(encoding)))
    }
    return (text, isCompressed)
  }
}
