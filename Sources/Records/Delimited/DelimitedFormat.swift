/// How a delimited text is written: what a reader has to know besides the columns.
public struct DelimitedFormat: Codable, Equatable, Sendable {
  /// The character between fields; nil finds it in the header, as the one of comma, semicolon and
  /// tab that stands there most often outside of quotes.
  public var separator: Separator?
  /// How characters are written as bytes.
  public var encoding = TextEncoding.utf8
  /// The decimal separator of numbers. With nil, the numbers of each column show it, and a column of
  /// numbers such as `1,234` alone, which have two readings, is an error.
  public var decimalMark: DecimalMark?
  /// The longest record taken, in bytes, half a GiB at most. A quote that is not closed would else read
  /// on to the end.
  public var recordLimit = 4 << 20
  /// The most columns taken.
  public var columnLimit = 1 << 16

  /// The number of lines above the header, which are skipped. If it is nil, a line that names the
  /// separator (`sep=;`), and a title above a header that is plain, are found and skipped.
  public var skippedLines: Int?

  /// A format of which all but what is given is as most tables have it.
  public init(
    separator: Separator? = nil, encoding: TextEncoding = .utf8, decimalMark: DecimalMark? = nil
  ) {
    self.separator = separator
    self.encoding = encoding
    self.decimalMark = decimalMark
  }
}

extension DelimitedFormat {
  /// Reads a format of which all but what is not as most tables have it may be left out.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(separator: try values.choiceIfPresent(.separator))
    try values.update(&encoding, .encoding)
    decimalMark = try values.choiceIfPresent(.decimalMark)
    try values.update(&recordLimit, .recordLimit)
    try values.update(&columnLimit, .columnLimit)
    skippedLines = try values.decodeIfPresent(Int.self, forKey: .skippedLines)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case separator, encoding, decimalMark, recordLimit, columnLimit, skippedLines
  }
}

/// The character between the fields of a line.
public enum Separator: String, Codable, Sendable, CaseIterable {
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

  /// The separator that stands most often in the first line with something in it, outside of quotes;
  /// a comma where there is none.
  init(detectedIn start: ArraySlice<UInt8>) {
    var counts = [Separator: Int]()
    var isQuoted = false
    var isBlank = true
    for byte in start {
      if byte == .lineFeed || byte == .carriageReturn, !isQuoted {
        if isBlank { continue }
        break
      }
      isBlank = false
      if byte == .quote { isQuoted.toggle() }
      if !isQuoted, let separator = Self.allCases.first(where: { $0.byte == byte }) {
        counts[separator, default: 0] += 1
      }
    }
    self = Self.allCases.max { counts[$0, default: 0] < counts[$1, default: 0] }!
    if counts.isEmpty { self = .comma }
  }
}
