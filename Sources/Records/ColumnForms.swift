/// The formats of the dates and numbers in the columns of a table.
///
/// Columns that share a format, such as the step columns of a wide table, use that of the first of
/// them.
final class ColumnForms {
  private var dates: [DateForm?]
  private var numbers: [NumberForm?]
  /// The columns whose numbers share a format.
  private var shared = 0..<0

  init(columnCount: Int) {
    dates = Array(repeating: nil, count: columnCount)
    numbers = Array(repeating: nil, count: columnCount)
  }

  /// Makes all columns in a range use the number format of the first.
  func shareNumbers(of columns: Range<Int>) { shared = columns }

  /// Returns the columns that share the number format of a column.
  func columnsSharing(_ column: Int) -> Range<Int> {
    shared.contains(column) ? shared : column..<column + 1
  }

  /// Returns the date format of a column. `declared` is the format that was specified for the
  /// table.
  package func dates(of column: Int, _ declared: DateFormat) -> DateForm {
    if let form = dates[column] { return form }
    let form = DateForm(declared)
    dates[column] = form
    return form
  }

  func numbers(of column: Int, declared: DecimalMark?, preferred: DecimalMark?) -> NumberForm {
    let place = shared.contains(column) ? shared.lowerBound : column
    if let form = numbers[place] { return form }
    let form = NumberForm(declared: declared, preferred: preferred)
    numbers[place] = form
    return form
  }

  /// Returns the date format of a column, if a date has been read.
  func knownDates(of column: Int) -> DateForm? { dates[column] }

  /// Discards the number formats when another source declares a different decimal separator.
  func forgetNumbers() { numbers = numbers.map { _ in nil } }

  /// Returns descriptions of the columns with unusual formats, for reports.
  func descriptions(_ names: [String]) -> [String] {
    names.indices.flatMap { column in
      let texts =
        [dates[column]?.description].compactMap { $0 } + (numbers[column]?.descriptions ?? [])
      let name =
        shared.count > 1 && shared.lowerBound == column && dates[column] == nil
        ? "\(names[column]) to \(names[shared.upperBound - 1])" : names[column]
      return texts.map { "\(name): \($0)" }
    }
  }
}
