/// A sample of the first records of a delimited text, used to find its header.
struct LineSample {
  let separator: Separator
  /// The nonempty records.
  private(set) var rows: [Row] = []
  /// The most frequent number of fields.
  private(set) var width = 0
  /// The most frequent number of fields up to the last nonempty one, among records of that width.
  private var usedWidth = 0

  /// A record of the sample.
  struct Row {
    let line: Int
    let fields: [String]
    /// The number of fields up to the last nonempty one.
    let usedWidth: Int

    /// A Boolean value that indicates whether the fields can be column names: they are distinct,
    /// the first contains a letter, and none is a number, except for two or more dates.
    var namesColumns: Bool {
      let names = fields.prefix(usedWidth)
      let figures = names.filter { text in
        text.contains(where: \.isNumber) && !text.contains(where: \.isLetter)
      }
      let areDates =
        figures.count > 1
        && figures.allSatisfy { text in
          DateFormat.allCases.contains { $0.time(text) != nil }
        }
      return Set(names).count == names.count && names.contains("") == false
        && names.first?.contains(where: \.isLetter) == true && (figures.isEmpty || areDates)
    }
  }

  /// The maximum numbers of sampled records and of lines above a header.
  private static let recordLimit = 200
  private static let titleLimit = 40

  init(
    _ start: ArraySlice<UInt8>, isWhole: Bool, separator: Separator, format: DelimitedFormat
  ) {
    self.separator = separator
    var text = GrowableBuffer<UInt8>(capacity: start.count + RecordScan.padding)
    start.withUnsafeBufferPointer { text.append(contentsOf: $0) }
    for _ in 0..<RecordScan.padding { text.append(0) }
    var scan = RecordScan(
      text.base, count: start.count, isLast: isWhole, line: 1, separator: separator,
      format: format)
    // Faults are reported when the text is read. The records before them are still found.
    try? scan.run()
    let block = scan.block(of: text, ending: .end)
    for place in 0..<min(block.count, Self.recordLimit) {
      let record = block.record(at: place)
      let fields = record.fields.map { bounds in
        String(decoding: bounds.bytes(of: record.text).trimmed, as: UTF8.self)
      }
      guard let last = fields.lastIndex(where: { !$0.isEmpty }) else { continue }
      rows.append(Row(line: record.line, fields: fields, usedWidth: last + 1))
    }
    width = Self.mostFrequent(rows.map(\.fields.count))
    usedWidth = Self.mostFrequent(rows.filter { $0.fields.count == width }.map(\.usedWidth))
  }

  /// A Boolean value that indicates whether the first record is as wide as the second and as most.
  var beginsWithHeader: Bool {
    guard rows.count > 1 else { return true }
    return isWide(rows[0]) && rows[1].fields.count == width
  }

  /// The index of a header below a title, or `nil` if the first record seems to be the header.
  var headerBelowTitle: Int? {
    guard rows.count > 1, width > 1, !isWide(rows[0]) else { return nil }
    guard let place = rows.prefix(Self.titleLimit).firstIndex(where: isWide) else { return nil }
    return rows[place].namesColumns ? place : nil
  }

  private func isWide(_ row: Row) -> Bool {
    row.fields.count == width && row.usedWidth >= usedWidth
  }

  /// Returns the most frequent number, or the greatest of several. Returns 0 if there are no
  /// numbers.
  private static func mostFrequent(_ numbers: [Int]) -> Int {
    let counts = Dictionary(numbers.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// Returns the first lines of a text with their line numbers, from 1.
  static func lines(_ text: ArraySlice<UInt8>, _ count: Int) -> [(line: Int, text: String)] {
    var rest = text
    return (0..<count).prefix { _ in !rest.isEmpty }.map { index in
      let line = rest.prefix { $0 != .lineFeed && $0 != .carriageReturn }
      rest = rest.dropFirstLines(1)
      return (index + 1, String(decoding: line.prefix(120), as: UTF8.self))
    }
  }
}
