/// What is wrong with a table that was to be read, where, and how to mend it.
///
/// Its description is one line to show to a person:
/// `sales.csv:12: column "ds": "2011-13-01" is not a date; write it as YYYY-MM-DD`.
public struct TableError: Error, Equatable {
  /// The table's file, as it was given.
  public let file: String
  /// The line, counted from 1, or nil where the fault lies with the whole file.
  public let line: Int?
  /// The column, or nil where the fault lies with the whole line.
  public let column: String?
  /// What is wrong.
  public let fault: Fault

  public init(file: String, line: Int? = nil, column: String? = nil, fault: Fault) {
    self.file = file
    self.line = line
    self.column = column
    self.fault = fault
  }

  /// The kinds of fault.
  public enum Fault: Equatable, Sendable {
    case noSuchFile
    case isDirectory
    case unreadable(reason: String)
    /// The file is none of text: `kind` says what its first bytes look like.
    case notText(kind: String)
    /// The file has no byte, or blank lines only.
    case empty
    /// There is a header, and no row.
    case noRows
    case missingColumn(name: String, present: [String], suggestion: String?)
    case ambiguousColumn(name: String)
    /// One column was asked for twice.
    case sharedColumn(name: String)
    case fieldCount(expected: Int, found: Int)
    /// A quoted field that begins on the error's line does not end.
    case unclosedQuote
    /// Something other than a separator follows a closing quote.
    case textAfterQuote
    case recordTooLong(limit: Int)
    case invalidUTF8
    case emptyIdentity
    case unparsableDate(text: String, format: DateFormat)
    case timeOfDay(text: String)
    case yearOutOfRange(text: String)
    case unparsableNumber(text: String)
    case missingNumber(text: String)
    case infiniteNumber(text: String)
    case negativeNumber(text: String)
    /// Another row with the same identity and date was on an earlier line.
    case duplicate(id: String, date: CalendarDate, firstLine: Int)
    case spanTooLong(
      first: CalendarDate, firstLine: Int, last: CalendarDate, lastLine: Int, limit: Int)
    case tooManyCells(series: Int, cells: Int, limit: Int)
    /// No row has a value.
    case noValues
    /// A value is missing from a row that must have one in every column asked for.
    case missingValue(text: String)
    /// No row has a value in every column asked for.
    case noCompleteRow
  }
}

extension TableError: CustomStringConvertible {
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if let column { place += ": column \(excerpt(column))" }
    return "\(place): \(fault.message)"
  }
}

extension TableError.Fault {
  fileprivate var message: String {
    switch self {
    case .noSuchFile:
      "no such file; check the path"
    case .isDirectory:
      "is a directory; name a file in it"
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .notText(let kind):
      "is \(kind); export it as CSV in UTF-8"
    case .empty:
      "is empty; expected a header line and rows below it"
    case .noRows:
      "has a header and no rows below it"
    case .missingColumn, .ambiguousColumn, .sharedColumn:
      columnMessage
    case .fieldCount, .unclosedQuote, .textAfterQuote, .recordTooLong, .invalidUTF8:
      formMessage
    case .emptyIdentity, .unparsableDate, .timeOfDay, .yearOutOfRange, .unparsableNumber,
      .missingNumber, .missingValue, .infiniteNumber, .negativeNumber:
      valueMessage
    case .duplicate, .spanTooLong, .tooManyCells, .noValues, .noCompleteRow:
      contentMessage
    }
  }

  private var columnMessage: String {
    switch self {
    case .missingColumn(let name, let present, let suggestion):
      "no column \(excerpt(name)); there \(present.count == 1 ? "is" : "are") \(listed(present))"
        + (suggestion.map { "; \($0)" } ?? "; name the column that takes its place")
    case .ambiguousColumn(let name):
      "column \(excerpt(name)) appears more than once in the header; rename all but one"
    case .sharedColumn(let name):
      "column \(excerpt(name)) was asked for twice; name a column for each purpose"
    default:
      ""
    }
  }

  private var formMessage: String {
    switch self {
    case .fieldCount(let expected, let found):
      "has \(found) \(found == 1 ? "field" : "fields") where the header has \(expected); "
        + "put a field that holds a separator in double quotes"
    case .unclosedQuote:
      "a quoted field begins here and does not end; close it, or write a quote within it twice"
    case .textAfterQuote:
      "text follows a closing quote; write a quote within a quoted field twice"
    case .recordTooLong(let limit):
      "a row begins here that is longer than \(limit) bytes; is a quote missing?"
    case .invalidUTF8:
      "is not UTF-8; save the file in that encoding"
    default:
      ""
    }
  }

  private var valueMessage: String {
    switch self {
    case .emptyIdentity:
      "is empty; every row needs the id of its series"
    case .unparsableDate(let text, let format):
      "\(excerpt(text)) is not a date; write it as \(format.pattern)"
    case .timeOfDay(let text):
      "\(excerpt(text)) has a time of day; sum the rows of each day into one, and leave the time "
        + "out"
    case .yearOutOfRange(let text):
      "\(excerpt(text)) is not in the years 1000 to 9999; correct the date"
    case .unparsableNumber(let text):
      "\(excerpt(text)) is not a number; write it like 1234.5, without unit or thousands "
        + "separators"
    case .missingNumber(let text):
      (text.isEmpty ? "there is no value" : "\(excerpt(text)) is no value")
        + "; write 0 for no sale, leave the row out, or let missing values be gaps"
    case .missingValue(let text):
      (text.isEmpty ? "there is no value" : "\(excerpt(text)) is no value")
        + "; write one, or let rows that lack a value be dropped"
    case .infiniteNumber(let text):
      "\(excerpt(text)) is not a finite number of single precision; correct it"
    case .negativeNumber(let text):
      "\(excerpt(text)) is negative; net returns against sales, or let negative values be "
        + "clipped to 0 or kept"
    default:
      ""
    }
  }

  private var contentMessage: String {
    switch self {
    case .duplicate(let id, let date, let firstLine):
      "a second row for \(excerpt(id)) on \(date), after line \(firstLine); "
        + "sum the rows of a series and date into one"
    case .spanTooLong(let first, let firstLine, let last, let lastLine, let limit):
      "the dates span \(first.distance(to: last) + 1) days, from \(first) (line \(firstLine)) to "
        + "\(last) (line \(lastLine)), more than the \(limit) allowed; is one of them mistyped?"
    case .tooManyCells(let series, let cells, let limit):
      "\(series) series would take a calendar of \(cells) values in all, more than the \(limit) "
        + "allowed; are the columns of id and date the right ones?"
    case .noValues:
      "no row has a value; is the column of values the right one?"
    case .noCompleteRow:
      "no row has a value in every column asked for; are they the right ones?"
    default:
      ""
    }
  }
}

/// A text from a file as a message shows it: quoted, control characters escaped, and cut short.
private func excerpt(_ text: String) -> String {
  let limit = 60
  let shown = text.unicodeScalars.prefix(limit)
  let isCut = text.unicodeScalars.dropFirst(limit).first != nil
  return (String(String.UnicodeScalarView(shown)) + (isCut ? "…" : "")).debugDescription
}

/// Names as a message lists them, a long list cut short.
private func listed(_ names: [String]) -> String {
  let limit = 20
  let rest = names.count - limit
  return names.prefix(limit).map(excerpt).joined(separator: ", ")
    + (rest > 0 ? " and \(rest) more" : "")
}
