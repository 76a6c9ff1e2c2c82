/// The lines of a delimited text above its header, which contain no data: a spreadsheet's `sep=;`
/// line, a title, and blank lines.
///
/// A title is recognized by what follows: a line that has as many fields as most lines, all of them
/// names, while the lines above it have fewer nonempty fields.
struct Preamble {
  /// The number of lines above the header.
  private(set) var lineCount = 0
  /// The separator that is specified or named in the text, or otherwise the one that best fits the
  /// lines from the header on.
  private(set) var separator = Separator.comma
  /// The lines that are not blank.
  private(set) var skipped: [SetAsideRows] = []

  /// Examines the start of a text and moves past the lines above its header.
  init(of text: PeekingByteSource, format: DelimitedFormat) throws(TableError) {
    var length = Self.peekLength
    var start = try text.peek(length)
    // A large number of lines to skip can extend beyond the examined bytes.
    while let count = format.skippedLines, start.count == length, length < Self.peekLimit,
      start.dropFirstLines(count).isEmpty
    {
      length *= 2
      start = try text.peek(length)
    }
    var rest = start
    var named = format.separator
    if let count = format.skippedLines {
      lineCount = count
      rest = start.dropFirstLines(count)
      addSkipped(LineSample.lines(start, count), before: 0, "above the header, as requested")
    } else if let separator = try Self.namedSeparator(start, text.name) {
      named = named ?? separator
      lineCount = 1
      rest = start.dropFirstLines(1)
      addSkipped(LineSample.lines(start, 1), before: 0, "that names the separator")
    }
    let usual = named ?? Separator(detectedIn: rest)
    separator = usual
    if format.skippedLines == nil {
      let choices = named.map { [$0] } ?? [usual] + Separator.allCases.filter { $0 != usual }
      let isWhole = start.count < length
      var best: (sample: LineSample, header: Int)?
      for choice in choices {
        let sample = LineSample(rest, isWhole: isWhole, separator: choice, format: format)
        if choice == usual, sample.beginsWithHeader { break }
        guard let header = sample.headerBelowTitle else { continue }
        if best.map({ $0.sample.width < sample.width }) ?? true { best = (sample, header) }
      }
      if let best {
        separator = best.sample.separator
        let count = best.sample.rows[best.header].line - 1
        addSkipped(LineSample.lines(rest, count), before: lineCount, "above the header")
        lineCount += count
        rest = rest.dropFirstLines(count)
      }
    }
    text.skip(start.count - rest.count)
  }

  /// The number of bytes to examine, and the maximum if lines are to be skipped.
  private static let peekLength = 1 << 16
  private static let peekLimit = 1 << 24

  private mutating func addSkipped(
    _ lines: [(line: Int, text: String)], before count: Int, _ reason: String
  ) {
    for (line, text) in lines where !text.allSatisfy(\.isWhitespace) {
      skipped.add(reason, limit: SetAsideRows.skippedLineLimit) {
        SetAsideRows.Example(source: nil, line: count + line, text: text)
      }
    }
  }

  /// Returns the separator that a first line such as `sep=;` names, or `nil` if it does not name
  /// one.
  private static func namedSeparator(
    _ start: ArraySlice<UInt8>, _ name: String
  ) throws(TableError) -> Separator? {
    var line = start.prefix { $0 != .lineFeed && $0 != .carriageReturn }
    if line.first == .quote, line.last == .quote { line = line.dropFirst().dropLast() }
    guard String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
    let rest = line.dropFirst(4)
    // A longer line is a header, or data.
    guard rest.count == 1 else { return nil }
    guard let byte = rest.first,
      let separator = Separator.allCases.first(where: { $0.byte == byte })
    else {
      throw TableError(
        file: name, line: 1,
        fault: .unknownSeparator(text: String(decoding: rest, as: UTF8.self)))
    }
    return separator
  }
}

extension ArraySlice<UInt8> {
  /// Returns the text after its first lines, which end in LF, CR LF, or CR.
  func dropFirstLines(_ count: Int) -> ArraySlice<UInt8> {
    var rest = self
    for _ in 0..<count {
      guard let end = rest.firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) else {
        return rest.suffix(0)
      }
      let isPair = rest[end] == .carriageReturn && rest[(end + 1)...].first == .lineFeed
      rest = rest[(end + (isPair ? 2 : 1))...]
    }
    return rest
  }
}
