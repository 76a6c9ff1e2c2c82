/// The format of a delimited text, apart from its columns.
public struct DelimitedFormat: Codable, Equatable, Sendable {
  /// The field separator. If it is `nil`, the separator is detected in the header: the most
  /// frequent one of comma, semicolon, and tab outside of quotes.
  public var separator: Separator?
  /// The character encoding.
  public var encoding = TextEncoding.utf8
  /// The decimal separator of numbers. If it is `nil`, the separator is detected from the numbers
  /// of each column. A column that contains only numbers such as `1,234`, which have two
  /// interpretations, is then an error.
  public var decimalMark: DecimalMark?
  /// The maximum length of a record, in bytes, at most half a GiB. It keeps an unclosed quote from
  /// extending to the end of the file.
  public var recordLimit = 4 << 20
  /// The maximum number of columns.
  public var columnLimit = 1 << 16

  /// The number of lines above the header to skip. If it is `nil`, a line that names the separator
  /// (`sep=;`) and a title above an unambiguous header are detected and skipped.
  public var skippedLines: Int?

  /// The sheet to read, if the file is a workbook, or `nil` for the first one with rows.
  public var sheet: String?

  /// Creates a format with default values for all properties that are not given.
  public init(
    separator: Separator? = nil, encoding: TextEncoding = .utf8, decimalMark: DecimalMark? = nil
  ) {
    self.separator = separator
    self.encoding = encoding
    self.decimalMark = decimalMark
  }
}

extension DelimitedFormat {
  /// Creates a format by decoding. Properties that are left out have default values.
  public init(from decoder: any Decoder) throws {
    try decoder.rejectProperties(otherThan: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(separator: try values.choiceIfPresent(.separator))
    try values.update(&encoding, .encoding)
    decimalMark = try values.choiceIfPresent(.decimalMark)
    try values.update(&recordLimit, .recordLimit)
    try values.update(&columnLimit, .columnLimit)
    skippedLines = try values.decodeIfPresent(Int.self, forKey: .skippedLines)
    sheet = try values.decodeIfPresent(String.self, forKey: .sheet)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case separator, encoding, decimalMark, recordLimit, columnLimit, skippedLines, sheet
  }
}

/// The character between the fields of a line.
public enum Separator: String, Codable, Sendable, CaseIterable {
  case comma
  case semicolon
  case tab

  /// The separator character.
  public var character: Character { Character(Unicode.Scalar(byte)) }

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }

  /// Creates the separator that is most frequent outside of quotes in the first nonempty line, or a
  /// comma if there is none.
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
