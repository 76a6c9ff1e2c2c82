/// The periods of a shop's own calendar and the days of each: a table that maps dates to labels, such as
/// Walmart's weeks.
///
/// ```swift
/// let weeks = try PeriodLabels("calendar.csv", label: "wm_yr_wk", date: "date")
/// ```
public struct PeriodLabels: Sendable {
  private(set) var labels = IdentityTable()
  /// The days, in days since 1970-01-01, in their order, each with the number of its label.
  private(set) var days: [(day: Int, label: Int)] = []
  let file: String

  /// Reads the labels of the dates in a file.
  ///
  /// - Throws: A `TableError` that names the file, the line and the column, and how to mend it.
  public init(
    _ path: String, label: String, date: String, dateFormat: DateFormat = .automatic,
    format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(
      DelimitedRecordSource(path: path, format: format), label: label, date: date,
      dateFormat: dateFormat)
  }

  /// Reads the labels of the dates that a source of records gives. Rows of one date must agree.
  ///
  /// - Throws: A `TableError` that names the source, the line and the column, and how to mend it.
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
