/// The forms of the dates and numbers in the columns of a table.
///
/// Columns that share a form, such as those of a wide table's steps, have it from one of them.
final class ColumnForms {
  private var dates: [DateForm?]
  private var numbers: [NumberForm?]
  /// The columns whose numbers have one form.
  private var shared = 0..<0

  init(columnCount: Int) {
    dates = Array(repeating: nil, count: columnCount)
    numbers = Array(repeating: nil, count: columnCount)
  }

  /// Gives all columns of a range the form of the first.
  func shareNumbers(of columns: Range<Int>) { shared = columns }

  /// The columns whose numbers have the form of those of a column.
  func columnsSharing(_ column: Int) -> Range<Int> {
    shared.contains(column) ? shared : column..<column + 1
  }

  /// The form of a column's dates; `declared` is what the table was said to have.
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

  /// The form of a column's dates, once one was read.
  func knownDates(of column: Int) -> DateForm? { dates[column] }

  /// Forgets the forms of numbers, whose decimal separator another source declares.
  func forgetNumbers() { numbers = numbers.map { _ in nil } }

  /// What a report says of each column that is not written in the usual way.
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
