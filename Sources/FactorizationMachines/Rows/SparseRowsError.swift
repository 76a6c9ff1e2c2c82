/// An error that occurs when reading sparse rows. It says what is wrong, where, and how to fix it.
public struct SparseRowsError: Error, Equatable {
  /// The file, as given, or the name of another source.
  public let file: String
  /// The line, counted from 1, or `nil` if the fault concerns the whole file.
  public let line: Int?
  /// The kind of fault.
  public let fault: Fault

  /// The kinds of fault.
  public enum Fault: Error, Equatable, Sendable {
    /// The file cannot be read or decompressed.
    case unreadable(TableError.Fault)
    /// The file has no rows.
    case empty
    /// The first text of a line is not a finite number.
    case badLabel(text: String)
    /// An entry does not have the form of the format.
    case badEntry(text: String, form: String)
    /// An index or a field is not a whole number from 0 to 2,147,483,646.
    case badIndex(text: String)
    /// A value is missing, is not a number, or is not finite.
    case badValue(text: String)
    /// An index occurs twice in a row.
    case duplicateIndex(Int)
    /// An index is 0 although they begin with 1, or is too large for the number of columns.
    case indexOutOfRange(Int, expected: ClosedRange<Int>)
    /// A field is too large for the number of fields.
    case fieldOutOfRange(Int, expected: ClosedRange<Int>)
    /// A row has a `qid`, but the first one has none, or the reverse.
    case mixedGroups
    /// A row begins here that is longer than the limit.
    case lineTooLong(limit: Int)
  }
}

extension SparseRowsError: CustomStringConvertible {
  public var description: String {
    if case .unreadable(let fault) = fault {
      return "\(TableError(file: file, line: line, fault: fault))"
    }
    return (line.map { "\(file):\($0)" } ?? file) + ": " + fault.message
  }
}

extension SparseRowsError.Fault {
  fileprivate var message: String {
    switch self {
    case .unreadable(let fault): "\(fault)"
    case .empty: "has no rows; expected lines such as \"1 3:0.5 7:1\""
    case .badLabel(let text):
      "begins with \(text.debugDescription), which is not a finite number; begin each line with its label"
    case .badEntry(let text, let form):
      "\(text.debugDescription) is not an entry of the form \(form); separate entries by spaces"
    case .badIndex(let text):
      "\(text.debugDescription) has an index that is not a whole number from 0 to \(Int32.max - 1)"
    case .badValue(let text):
      "\(text.debugDescription) has no finite number as its value; leave out entries without a value"
    case .duplicateIndex(let index):
      "has the index \(index) twice; give each feature of a row once"
    case .indexOutOfRange(let index, let expected):
      "has the index \(index), but indices must be from \(expected.lowerBound) to "
        + "\(expected.upperBound); set the first index and the number of columns to those of all files"
    case .fieldOutOfRange(let field, let expected):
      "has the field \(field), but fields must be from \(expected.lowerBound) to "
        + "\(expected.upperBound); set the number of fields to that of all files"
    case .mixedGroups: "differs from the first row in having a qid; give one to all rows or to none"
    case .lineTooLong(let limit):
      "is longer than \(limit) bytes; separate rows by line breaks"
    }
  }
}
