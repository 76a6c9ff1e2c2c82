/// The rows of a text whose first index and extents are known only at its end.
struct ParsedRows {
  /// A fault of a line.
  struct Failure: Error {
    var line: Int?
    var fault: SparseRowsError.Fault
  }

  private let format: SparseRowsReader.Format
  private var entries: [SparseRows.Entry] = []
  /// The index of the first entry of each row, and the line of each row.
  private var starts: [Int] = []
  private var lines: [Int] = []
  private var labels: [Float] = []
  private var groups: [Int] = []
  private var hasGroups: Bool?

  init(format: SparseRowsReader.Format) { self.format = format }

  /// Appends the row of a line, if it has one.
  mutating func append(_ line: UnsafeBufferPointer<UInt8>) throws(SparseRowsError.Fault) {
    let end = line.firstIndex(of: UInt8(ascii: "#")) ?? line.count
    var position = 0
    guard let label = Self.next(line, &position, end) else { return }
    guard let value = Self.number(label) else { throw .badLabel(text: Self.text(label)) }
    starts.append(entries.count)
    labels.append(value)
    var group: Int?
    var isFirst = true
    while let field = Self.next(line, &position, end) {
      if isFirst, field.starts(with: "qid:".utf8) {
        group = try Self.index(UnsafeBufferPointer(rebasing: field[4...]), in: field)
      } else {
        entries.append(try entry(field))
      }
      isFirst = false
    }
    guard hasGroups == nil || hasGroups == (group != nil) else { throw .mixedGroups }
    hasGroups = group != nil
    if let group { groups.append(group) }
    try sortLastRow()
  }

  /// Stores the number of the line whose row was appended.
  mutating func finishLine(_ line: Int) {
    if lines.count < starts.count { lines.append(line) }
  }

  /// Returns all rows.
  func rows(
    firstIndex: Int?, columnCount: Int?, fieldCount: Int?
  ) throws(Failure) -> LabeledRows {
    guard !starts.isEmpty else { throw Failure(line: nil, fault: .empty) }
    let hasZero = entries.contains { $0.column == 0 }
    let first = firstIndex ?? (format == .libffm || hasZero ? 0 : 1)
    let largest = Int(entries.map(\.column).max() ?? -1)
    let columns = columnCount ?? max(0, largest + 1 - first)
    let fields = fieldCount ?? Int(entries.map(\.field).max() ?? 0) + 1
    var rows = SparseRows(columnCount: columns, fieldCount: fields)
    var row: [SparseRows.Entry] = []
    for (place, start) in starts.enumerated() {
      row.removeAll(keepingCapacity: true)
      for var entry in entries[
        start..<(place + 1 < starts.count ? starts[place + 1] : entries.count)]
      {
        let column = Int(entry.column) - first
        guard 0..<columns ~= column else {
          let expected = first...max(first, columns - 1 + first)
          throw Failure(
            line: lines[place], fault: .indexOutOfRange(Int(entry.column), expected: expected))
        }
        guard Int(entry.field) < fields else {
          throw Failure(
            line: lines[place],
            fault: .fieldOutOfRange(Int(entry.field), expected: 0...fields - 1))
        }
        entry.column = Int32(column)
        row.append(entry)
      }
      rows.append(row)
    }
    return LabeledRows(rows, labels: labels, groups: hasGroups == true ? groups : nil)
  }

  private func entry(
    _ field: UnsafeBufferPointer<UInt8>
  ) throws(SparseRowsError.Fault) -> SparseRows.Entry {
    let colon = UInt8(ascii: ":")
    let form = format == .libsvm ? "index:value" : "field:index:value"
    let marks = field.indices.filter { field[$0] == colon }
    guard marks.count == (format == .libsvm ? 1 : 2) else {
      throw .badEntry(text: Self.text(field), form: form)
    }
    func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: field[range])
    }
    var group = 0
    if format == .libffm { group = try Self.index(part(0..<marks[0]), in: field) }
    let start = format == .libffm ? marks[0] + 1 : 0
    let column = try Self.index(part(start..<marks[marks.count - 1]), in: field)
    guard let value = Self.number(part(marks[marks.count - 1] + 1..<field.count)) else {
      throw .badValue(text: Self.text(field))
    }
    return SparseRows.Entry(column: column, value: value, field: group)
  }

  private mutating func sortLastRow() throws(SparseRowsError.Fault) {
    let start = starts[starts.count - 1]
    entries[start...].sort { $0.column < $1.column }
    for index in entries.indices[start...].dropFirst()
    where entries[index].column == entries[index - 1].column {
      throw .duplicateIndex(Int(entries[index].column))
    }
  }

  /// Returns the next text between blanks, or `nil` if there is none before `end`.
  private static func next(
    _ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ end: Int
  ) -> UnsafeBufferPointer<UInt8>? {
    while position < end, line[position].isBlank { position += 1 }
    let start = position
    while position < end, !line[position].isBlank { position += 1 }
    return start == position ? nil : UnsafeBufferPointer(rebasing: line[start..<position])
  }

  /// Returns a finite number, or `nil` if the text is not one.
  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Float? {
    guard let parts = DecimalNumber(text, mark: UInt8(ascii: ".")),
      let value = parts.value(of: text)
    else { return nil }
    let number = Float(value)
    return number.isFinite ? number : nil
  }

  /// Returns a whole number of at most 2³¹ − 2.
  private static func index(
    _ text: UnsafeBufferPointer<UInt8>, in field: UnsafeBufferPointer<UInt8>
  ) throws(SparseRowsError.Fault) -> Int {
    var value = 0
    for byte in text {
      guard let digit = byte.decimalDigit, value < Int(Int32.max) else {
        throw .badIndex(text: Self.text(field))
      }
      value = value * 10 + digit
    }
    guard !text.isEmpty, value < Int(Int32.max) else { throw .badIndex(text: Self.text(field)) }
    return value
  }

  /// Returns a text for an error, of at most 40 bytes.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes.prefix(40), as: UTF8.self) + (bytes.count > 40 ? "…" : "")
  }
}
