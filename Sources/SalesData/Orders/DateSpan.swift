/// The first and last day of a sequence of lines, with their line numbers.
struct DateSpan {
  private let limit: Int
  private var first = (day: Int.max, line: 0)
  private var last = (day: Int.min, line: 0)

  /// Creates an empty span of at most `limit` days.
  init(limit: Int) { self.limit = limit }

  /// Adds the day of a line. Returns a fault if the span becomes too long.
  mutating func add(_ day: Int, line: Int) -> TableError.Fault? {
    if first.day <= day, day <= last.day { return nil }
    if day < first.day { first = (day, line) }
    if day > last.day { last = (day, line) }
    guard last.day - first.day >= limit else { return nil }
    return .spanTooLong(
      first: CalendarDate(dayNumber: first.day), firstLine: .same(first.line),
      last: CalendarDate(dayNumber: last.day), lastLine: .same(last.line), limit: limit)
  }
}
