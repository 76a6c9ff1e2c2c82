/// Reads a wide table, one row for each series and one column for each step, as those of the M4 and
/// M5 competitions are.
///
/// ```swift
/// var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
/// reader.categories = ["dept_id", "store_id"]
/// let sales = try reader.read("sales_train.csv.gz")
/// let panel = sales.panel(from: CalendarDate(year: 2011, month: 1, day: 29)!)
/// ```
///
/// Fields without a value before the first one, and after the last one, are outside of the series:
/// rows may be ragged at both ends. Those in between are gaps. The records are read one by one; memory
/// is that of the table's values, 4 bytes each.
public struct WideTableReader: Sendable {
  /// The columns that together say which series a row is of. Without any the table has one row.
  public var identity: [String]
  /// A Boolean value that indicates whether a table that has none of the columns of the identity, and
  /// no other that seems to be one, is one series.
  public var allowsSingleSeries = false
  /// What joins the parts of an identity of several columns; none of the parts may hold it.
  public var identitySeparator = "/"
  /// Which columns are steps.
  public var steps: StepColumns
  /// The length of a step. A column counts in the step that holds its date.
  public var frequency = Frequency.day
  /// Columns of words that say something of a series, such as its department.
  public var categories: [String] = []
  /// Which rows count; those that do not pass all filters are left out, and counted.
  public var filters: [RowFilter] = []
  /// How the text is written; for sources that are no text, of no concern.
  public var format = DelimitedFormat()
  /// What becomes of a negative value.
  public var negativeValues = LongTableReader.NegativeValues.reject
  /// The most values that the table may hold.
  public var cellLimit = 1 << 29

  /// Which columns are steps, and of which one.
  public enum StepColumns: Equatable, Sendable {
    /// Columns named by a prefix and a number, such as `d_1`, `d_2`, …: `first` is the number that
    /// counts as step 0. The numbers must rise by one from column to column.
    case numbered(prefix: String, first: Int)
    /// Columns named by dates, which must rise by one step of the reader's frequency from column to
    /// column; the first of them is step 0.
    case dates(DateFormat)
  }

  /// A reader of series of one column of identity.
  public init(identity: String, steps: StepColumns) {
    self.identity = [identity]
    self.steps = steps
  }

  /// Reads the table in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public func read(_ path: String) throws(TableError) -> WideTable {
    try read(FileByteSource(path: path))
  }

  /// Reads the table in bytes of text.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ bytes: any ByteSource) throws(TableError) -> WideTable {
    try read(DelimitedRecordSource(bytes, format: format))
  }

  /// Reads the table that a source of records gives.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
  public func read(_ source: any RecordSource) throws(TableError) -> WideTable {
    var cursor = RecordCursor(source)
    try cursor.filter(by: filters)
    let header = try WideTableHeader(cursor.columns, self)
    cursor.shareNumbers(of: header.columns)
    var rows = try WideTableRows(self, cursor.columns, header)
    while try cursor.next() {
      try cursor.checkFieldCount()
      try rows.append(cursor, header, self)
    }
    rows.report.conventions = header.conventions + cursor.conventions
    try rows.finish(cursor)
    return try rows.table(of: source, header, frequency)
  }
}

/// Where a wide table has its steps.
struct WideTableHeader {
  /// The columns of the steps, and the step of the first of them.
  let columns: Range<Int>
  let firstStep: Int
  /// The date of the first column of steps, where columns are named by dates.
  let firstDate: CalendarDate?
  /// What a report says of the columns' names where they are not written in the usual way.
  let conventions: [String]

  init(_ names: ColumnNames, _ reader: WideTableReader) throws(TableError) {
    let others = reader.identity + reader.categories + reader.filters.map(\.column)
    let frequency = reader.frequency
    let steps = try Self.steps(names, reader, others)
    if case .dates(let format) = steps, reader.steps != steps, format != .iso {
      conventions = ["columns of steps are read as \(format.pattern) (\(format.rawValue))"]
    } else {
      conventions = []
    }
    let numbers = names.names.map { others.contains($0) ? nil : Self.number($0, steps, frequency) }
    guard let first = numbers.firstIndex(where: { $0 != nil }) else {
      throw names.error(.noStepColumns(expected: Self.example(steps), present: names.names))
    }
    let last = numbers.lastIndex { $0 != nil }!
    for place in first...last where numbers[place] != numbers[first]! + place - first {
      throw names.error(
        .stepColumnOutOfOrder(
          name: names.names[place],
          expected: Self.name(numbers[first]! + place - first, steps, frequency)))
    }
    columns = first..<last + 1
    switch steps {
    case .numbered(_, let zero):
      firstDate = nil
      firstStep = numbers[first]! - zero
      guard firstStep >= 0 else {
        throw names.error(
          .stepColumnOutOfOrder(
            name: names.names[first], expected: Self.name(zero, steps, frequency)))
      }
    case .dates:
      firstDate = frequency.firstDay(ofStep: numbers[first]!)
      firstStep = 0
    }
  }

  /// Returns the columns of steps with the form of their names, if that is to be found.
  private static func steps(
    _ names: ColumnNames, _ reader: WideTableReader, _ others: [String]
  ) throws(TableError) -> WideTableReader.StepColumns {
    guard case .dates(.automatic) = reader.steps else { return reader.steps }
    let readings = DateFormat.forms.map { form in
      (
        form: form,
        steps: names.names.map { name in
          others.contains(name) ? nil : form.plausibleDate(name).map(reader.frequency.number(of:))
        }
      )
    }
    let most = readings.map { $0.steps.count { $0 != nil } }.max() ?? 0
    guard most > 0 else { return .dates(.iso) }
    let best = readings.filter { $0.steps.count { $0 != nil } == most }
    let unbroken = best.filter { isUnbroken($0.steps) }
    let chosen = unbroken.first ?? best[0]
    if let other = unbroken.first(where: { $0.steps != chosen.steps }) {
      let name = names.names[chosen.steps.firstIndex { $0 != nil }!]
      throw names.error(
        .ambiguousDate(
          text: name,
          readings: [chosen.form, other.form].map { form in
            TableError.DateReading(format: form, date: form.date(name)!)
          }))
    }
    return .dates(chosen.form)
  }

  /// Returns a Boolean value that indicates whether the steps rise by one from the first column that
  /// is one to the last.
  private static func isUnbroken(_ steps: [Int?]) -> Bool {
    guard let first = steps.firstIndex(where: { $0 != nil }),
      let last = steps.lastIndex(where: { $0 != nil })
    else { return false }
    return (first...last).allSatisfy { steps[$0] == steps[first]! + $0 - first }
  }

  /// The number in a step column's name, or nil where the column is none.
  private static func number(
    _ name: String, _ steps: WideTableReader.StepColumns, _ frequency: Frequency
  ) -> Int? {
    switch steps {
    case .numbered(let prefix, _):
      guard name.hasPrefix(prefix) else { return nil }
      let digits = name.dropFirst(prefix.count)
      guard !digits.isEmpty, digits.count <= 9, digits.utf8.allSatisfy({ $0.decimalDigit != nil })
      else { return nil }
      return Int(digits)
    case .dates(let format): return format.date(name).map(frequency.number(of:))
    }
  }

  private static func name(
    _ number: Int, _ steps: WideTableReader.StepColumns, _ frequency: Frequency
  ) -> String {
    switch steps {
    case .numbered(let prefix, _): "\(prefix)\(number)"
    case .dates: frequency.firstDay(ofStep: number).description
    }
  }

  private static func example(_ steps: WideTableReader.StepColumns) -> String {
    switch steps {
    case .numbered(let prefix, let first): "\(prefix)\(first)"
    case .dates(let format): format.pattern
    }
  }
}
