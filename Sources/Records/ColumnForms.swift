/// The formats of the dates and numbers in the columns of a table.
///
/// Columns that share a format, such as the step columns of a wide table, use that of the first of
/// them. Formats change in place, because each field is read with one.
struct ColumnForms: ~Copyable {
  private let dates: UnsafeMutableBufferPointer<DateForm?>
  private let numbers: UnsafeMutableBufferPointer<NumberForm?>
  /// The column whose number format each column uses.
  private let owners: UnsafeMutableBufferPointer<Int>

  init(columnCount: Int) {
    dates = .allocate(capacity: columnCount)
    dates.initialize(repeating: nil)
    numbers = .allocate(capacity: columnCount)
    numbers.initialize(repeating: nil)
    owners = .allocate(capacity: columnCount)
    _ = owners.initialize(from: 0..<columnCount)
  }

  deinit {
    dates.deinitialize().deallocate()
    numbers.deinitialize().deallocate()
    owners.deallocate()
  }

  /// Makes all columns in a range use the number format of the first.
  func shareNumbers(of columns: Range<Int>) {
    for column in columns { owners[column] = columns.lowerBound }
  }

  /// Returns the columns that share the number format of a column.
  func columnsSharing(_ column: Int) -> Range<Int> {
    let owner = owners[column]
    return owner..<owner + owners[owner...].prefix { $0 == owner }.count
  }

  /// Returns the date format of a column. `declared` is the format that was specified for the
  /// table.
  func dates(of column: Int, _ declared: DateFormat) -> DateForm {
    if let form = dates[column] { return form }
    let form = DateForm(declared)
    dates[column] = form
    return form
  }

  /// Calls a closure with the number format of a column, which `new` creates the first time.
  @inline(__always)
  func withNumbers<Result>(
    of column: Int, new: () -> NumberForm, _ body: (inout NumberForm) -> Result
  ) -> Result {
    let owner = owners[column]
    if numbers[owner] == nil { numbers[owner] = new() }
    return body(&numbers[owner]!)
  }

  /// Returns the date format of a column, if a date has been read.
  func knownDates(of column: Int) -> DateForm? { dates[column] }

  /// Discards the number formats when another source declares a different decimal separator.
  func forgetNumbers() { numbers.update(repeating: nil) }

  /// Returns descriptions of the columns with unusual formats, for reports.
  func descriptions(_ names: [String]) -> [String] {
    names.indices.flatMap { column in
      let texts =
        [dates[column]?.description].compactMap { $0 } + (numbers[column]?.descriptions ?? [])
      let sharing = columnsSharing(column)
      let name =
        sharing.count > 1 && sharing.lowerBound == column && dates[column] == nil
        ? "\(names[column]) to \(names[sharing.upperBound - 1])" : names[column]
      return texts.map { "\(name): \($0)" }
    }
  }
}
