/// A source of records, each with one field for every named column, such as the rows of a file or a
/// database query.
///
/// Readers accept any source. To support a new kind of source, write a type that provides the
/// column names and then the records:
///
/// ```swift
/// final class Answers: RecordSource {
///   let name = "query", columns = ["unique_id", "ds", "y"]
///   private var rows = [["tea", "2024-01-01", "3"], ["tea", "2024-01-02", nil]][...]
///
///   func next(_ record: inout Record) -> Bool {
///     guard let row = rows.popFirst() else { return false }
///     record.begin(line: 2 - rows.count)
///     for field in row { record.append(field) }
///     return true
///   }
/// }
/// ```
public protocol RecordSource: AnyObject {
  /// The name of the source in errors: the path of a file, or the name of a database and a table.
  var name: String { get }
  /// The names of the columns, in the order of the fields.
  var columns: [String] { get }
  /// The decimal separator of the source's numbers, or `nil` to detect it for each column.
  var decimalMark: DecimalMark? { get }
  /// The decimal separator of a column in which all numbers are ambiguous, like `1.234`, or `nil`
  /// if such a column is an error.
  var preferredDecimalMark: DecimalMark? { get }
  /// The unit by which errors count the records.
  var recordUnit: RecordUnit { get }

  /// The lines without data that were skipped so far, by reason.
  var skippedLines: [SetAsideRows] { get }

  /// The choices of the source, such as that of a sheet of a workbook, each as a sentence.
  var remarks: [String] { get }

  /// Returns the place of the record with a ``Record/line``.
  func place(of line: Int) -> RecordPlace

  /// Replaces `record` by the next one. Returns `false` if there is none.
  ///
  /// Reading ends with an error. Do not call this method after it throws.
  func next(_ record: inout Record) throws(TableError) -> Bool
}

extension RecordSource {
  /// The default value, `nil`, detects the separator for each column.
  public var decimalMark: DecimalMark? { nil }

  /// The default value, a point, because programs write `1.234` for a number between 1 and 2.
  public var preferredDecimalMark: DecimalMark? { .point }

  /// The default value, a line of text.
  public var recordUnit: RecordUnit { .line }

  /// The default value, an empty array.
  public var skippedLines: [SetAsideRows] { [] }

  /// The default value, an empty array.
  public var remarks: [String] { [] }

  /// Returns the line in this source.
  public func place(of line: Int) -> RecordPlace {
    RecordPlace(source: name, line: line, unit: recordUnit)
  }

  /// Returns an error about one of the source's records or the whole source. Line numbers,
  /// including those in the fault, are values of ``Record/line``.
  public func error(
    _ fault: TableError.Fault, line: Int? = nil, column: String? = nil
  ) -> TableError {
    let place = line.map(place(of:))
    let file = place?.source ?? name
    let related = fault.relating { line in
      let place = self.place(of: line)
      return place.source == file ? .same(place.line) : .other(place)
    }
    return TableError(
      file: file, line: place?.line, unit: place?.unit ?? recordUnit, column: column,
      fault: related)
  }
}

/// The unit by which the records of a source are counted.
public enum RecordUnit: String, Sendable {
  /// Lines of text. A record is on the line on which it begins, and the header is on the first.
  case line
  /// Rows of a database query, not counting the column names.
  case row
}

/// The decimal separator of a number.
public enum DecimalMark: String, Codable, Sendable, CaseIterable {
  /// `1234.5`
  case point
  /// `1234,5`
  case comma
}
