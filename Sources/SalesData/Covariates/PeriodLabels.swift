/// The periods of a shop's own calendar and their days, from a table that maps dates to labels,
/// such as Walmart's weeks.
///
/// ```swift
/// let weeks = try PeriodLabels("calendar.csv", label: "wm_yr_wk", date: "date")
/// ```
public struct PeriodLabels: Sendable {
  private(set) var labels = IdentityTable()
  /// The days, in days since 1970-01-01, in ascending order, each with the number of its label.
  private(set) var days: [(day: Int, label: Int)] = []
  let file: String

  /// Reads the labels of dates from a file.
  ///
  /// - Throws: A `TableError` that names the file, line, and column, and says how to fix it.
  public init(
    _ path: String, label: String, date: String, dateFormat: DateFormat = .automatic,
    format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(
      DelimitedRecordSource(path: path, format: format), label: label, date: date,
      dateFormat: dateFormat)
  }

  /// Reads the labels of dates from a source of records. Rows with the same date must have the same
  /// label.
  ///
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it.
  public init(
    _ source: any RecordSource, label: String, date: String, dateFormat: DateFormat = .automatic
  ) throws(TableError) {
    file = source.name
    var cursor = RecordCursor(source)
    let places = try cursor.columns.places(of: [label, date])
    var firsts: [Int: (label: Int, line: Int)] = [:]
    while try cursor.next() {
      try cursor.checkFieldCount()
      let day = try cursor.date(places[1], dateFormat).dayNumber
      let number = try Self.number(cursor, places[0], in: &labels)
      if let first = firsts[day] {
        guard first.label == number else {
          throw cursor.error(
            .dateInTwoPeriods(
              date: CalendarDate(dayNumber: day), first: labels.ids[first.label],
              firstLine: .same(first.line), second: labels.ids[number]), column: places[0])
        }
      } else {
        firsts[day] = (number, cursor.line)
        days.append((day, number))
      }
    }
    guard !days.isEmpty else { throw source.error(.noRows) }
    days.sort { $0.day < $1.day }
  }

  private static func number(
    _ cursor: borrowing RecordCursor, _ place: Int, in labels: inout IdentityTable
  ) throws(TableError) -> Int {
    let text = cursor.record[place].trimmed
    guard !text.isEmpty else { throw cursor.error(.missingValue(text: ""), column: place) }
    guard let number = labels.number(of: text) else {
      throw cursor.error(.invalidUTF8, column: place)
    }
    return number
  }
}
