/// A scan that finds records and their fields in a piece of text by RFC 4180. Fields in double
/// quotes can contain separators, line breaks, and doubled quotes.
///
/// The scan is more lenient than the RFC in three points: lines end in LF, CR LF, or CR; a quote
/// inside an unquoted field is an ordinary character; and empty lines are skipped.
struct RecordScan: ~Copyable {
  /// The complete records found so far.
  private(set) var fields: GrowableBuffer<RecordBlock.Bounds>
  private(set) var starts: GrowableBuffer<RecordBlock.Start>
  /// The position after the last complete record, and its line.
  private(set) var position = 0
  private(set) var line: Int

  private let text: UnsafeMutablePointer<UInt8>
  private let end: Int
  /// A Boolean value that indicates whether the last record ends with this piece of the text.
  private let isLast: Bool
  private let separator: UInt8
  private let recordLimit: Int
  private let columnLimit: Int
  private var stops: StopSearch

  // The state of the current record:
  private var start = RecordBlock.Start(line: 0, field: 0)
  /// The number of bytes in its fields.
  private var byteCount = 0
  /// Its fields that contain doubled quotes.
  private var doubledFields: [Int] = []

  /// The number of NUL bytes that must follow the text.
  static let padding = 8

  /// A fault in the text and its line.
  struct Failure: Error {
    package let fault: TableError.Fault
    let line: Int
  }

  /// Creates a scan of `count` bytes of text that begin with a record on `line`.
  init(
    _ text: UnsafeMutablePointer<UInt8>, count: Int, isLast: Bool, line: Int,
    separator: Separator, format: DelimitedFormat
  ) {
    self.text = text
    end = count
    self.isLast = isLast
    self.line = line
    self.separator = separator.byte
    // A text of two such records with every quote doubled is still smaller than 4 GiB.
    recordLimit = min(format.recordLimit, 1 << 29)
    columnLimit = format.columnLimit
    // Most tables have fewer than one field per 8 bytes and one record per 64 bytes.
    fields = GrowableBuffer(capacity: count / 8)
    starts = GrowableBuffer(capacity: count / 64)
    stops = StopSearch(text, from: 0, for: self.separator)
  }

  /// Finds all complete records. Records before a failure are kept.
  mutating func run() throws(Failure) {
    while position < end {
      let recordPosition = position
      start = RecordBlock.Start(line: line, field: fields.count)
      do {
        guard try scanRecord() else {
          dropFields()
          (position, line) = (recordPosition, start.line)
          return
        }
        try addRecord()
      } catch {
        dropFields()
        throw error
      }
    }
  }

  /// Returns the records found in `text`, which is the scanned text.
  consuming func block(
    of text: consuming GrowableBuffer<UInt8>, ending: RecordBlock.Ending
  ) -> RecordBlock {
    RecordBlock(text: text, fields: fields, starts: starts, ending: ending)
  }

  /// Scans a record and the line break after it. Returns `false` if it extends beyond this piece.
  private mutating func scanRecord() throws(Failure) -> Bool {
    byteCount = 0
    doubledFields.removeAll(keepingCapacity: true)
    while true {
      let isWhole = try text[position] == .quote ? scanQuotedField() : scanPlainField()
      guard isWhole else { return false }
      guard fields.count - start.field <= columnLimit else {
        throw Failure(fault: .tooManyColumns(limit: columnLimit), line: start.line)
      }
      if position == end { return true }
      let byte = text[position]
      position += 1
      if byte == separator { continue }
      if byte == .carriageReturn {
        if position == end, !isLast { return false }
        if text[position] == .lineFeed { position = stops.next() + 1 }
      }
      line += 1
      return true
    }
  }

  /// Scans up to the separator or line break after the field, or the end of the text.
  @inline(__always)
  private mutating func scanPlainField() throws(Failure) -> Bool {
    let fieldStart = position
    repeat { position = stops.next() } while !endsField(text[position])
    try addBytes(position - fieldStart)
    if text[position] == 0 {
      guard position == end else { throw Failure(fault: .nulByte, line: line) }
      guard isLast else { return false }
    }
    fields.append(RecordBlock.Bounds(fieldStart..<position))
    return true
  }

  /// Scans from an opening quote to after the closing one.
  private mutating func scanQuotedField() throws(Failure) -> Bool {
    let openingLine = line
    let fieldStart = position + 1
    var quotes = StopSearch(text, from: fieldStart, for: .quote)
    var runStart = fieldStart
    while true {
      position = quotes.next()
      switch text[position] {
      case .lineFeed: line += 1
      // If a line feed follows, only it is counted.
      case .carriageReturn: if text[position + 1] != .lineFeed { line += 1 }
      case .quote:
        try addBytes(position - runStart)
        if position + 1 == end, !isLast { return false }
        guard text[position + 1] == .quote else {
          return try endQuotedField(from: fieldStart)
        }
        if doubledFields.last != fields.count { doubledFields.append(fields.count) }
        runStart = quotes.next()
      case 0:
        try addBytes(position - runStart)
        guard position == end else { throw Failure(fault: .nulByte, line: line) }
        guard isLast else { return false }
        throw Failure(fault: .unclosedQuote, line: openingLine)
      default: break
      }
    }
  }

  /// Moves past the closing quote.
  private mutating func endQuotedField(from fieldStart: Int) throws(Failure) -> Bool {
    fields.append(RecordBlock.Bounds(fieldStart..<position))
    position += 1
    guard endsField(text[position]) else { throw Failure(fault: .textAfterQuote, line: line) }
    stops.move(to: position)
    position = stops.next()
    guard text[position] != 0 || position == end else {
      throw Failure(fault: .nulByte, line: line)
    }
    return true
  }

  /// Returns a Boolean value that indicates whether an unquoted field ends before a byte. NUL is
  /// the end of the text, or a fault.
  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == .lineFeed || byte == .carriageReturn || byte == 0
  }

  /// Counts bytes of a field.
  @inline(__always)
  private mutating func addBytes(_ count: Int) throws(Failure) {
    byteCount += count
    guard byteCount <= recordLimit else {
      throw Failure(fault: .recordTooLong(limit: recordLimit), line: start.line)
    }
  }

  /// Adds the record unless it is empty.
  private mutating func addRecord() throws(Failure) {
    if byteCount == 0, fields.count == start.field + 1 { return dropFields() }
    let first = fields.base[start.field].bytes(of: text)
    guard first.first != 0xEF || !first.starts(with: DelimitedScanner.byteOrderMark) else {
      throw Failure(fault: .byteOrderMark, line: start.line)
    }
    // Quotes are only merged in complete records, because incomplete ones are scanned again.
    for field in doubledFields { mergeDoubledQuotes(&fields.base[field]) }
    starts.append(start)
  }

  private func mergeDoubledQuotes(_ field: inout RecordBlock.Bounds) {
    let range = field.range
    var (from, to) = (range.lowerBound, range.lowerBound)
    while from < range.upperBound {
      text[to] = text[from]
      from += text[from] == .quote ? 2 : 1
      to += 1
    }
    field = RecordBlock.Bounds(range.lowerBound..<to)
  }

  private mutating func dropFields() { fields.cut(to: start.field) }
}
