/// Records in order, each with a field for every one of some named columns: the rows of a file, or of
/// what a database answers.
///
/// Every reader takes any source, so that a new kind of source is one type that gives names and then
/// records:
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
  /// What errors call the source: the path of a file, or the name of a database and a table.
  var name: String { get }
  /// The names of the columns, in the order of the fields.
  var columns: [String] { get }
  /// The decimal separator of the source's numbers; nil to find it from each column.
  var decimalMark: DecimalMark? { get }
  /// The decimal separator of a column that does not show it, since all of its numbers are like
  /// `1.234`; nil if such a column is ambiguous.
  var preferredDecimalMark: DecimalMark? { get }
  /// What errors count the records by.
  var recordUnit: RecordUnit { get }

  /// Lines that were skipped so far since they hold no data, by reason.
  var skippedLines: [SetAsideRows] { get }

  /// Where the record is that has a ``Record/line``.
  func place(of line: Int) -> RecordPlace

  /// Makes `record` the next one, in place of what it was; false where there is none.
  ///
  /// An error ends the reading: the source is not asked again.
  func next(_ record: inout Record) throws(TableError) -> Bool
}

extension RecordSource {
  /// The one that each column shows.
  public var decimalMark: DecimalMark? { nil }

  /// A point: programs write `1.234` for a number between 1 and 2.
  public var preferredDecimalMark: DecimalMark? { .point }

  /// Lines, as of a text.
  public var recordUnit: RecordUnit { .line }

  /// None.
  public var skippedLines: [SetAsideRows] { [] }

  /// On a line of this source itself.
  public func place(of line: Int) -> RecordPlace {
    RecordPlace(source: name, line: line, unit: recordUnit)
  }

  /// An error of this source: of one of its records, or of all of it. Lines, those that the fault speaks
  /// of, too, are such as ``Record/line`` has them.
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

/// What the records of a source are counted by.
public enum RecordUnit: String, Sendable {
  /// The lines of a text: a record is on the line on which it begins, and the header on the first.
  case line
  /// The rows that a database answers; the names of their columns are no row.
  case row
}

/// The decimal separator of a number.
public enum DecimalMark: String, Codable, Sendable, CaseIterable {
  /// `1234.5`
  case point
  /// `1234,5`
  case comma
}
