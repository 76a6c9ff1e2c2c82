/// From the first to the last day of some lines, and where they stand.
struct DateSpan {
  private let limit: Int
  private var first = (day: Int.max, line: 0)
  private var last = (day: Int.min, line: 0)

  /// A span of no day yet, and of at most `limit`.
  init(limit: Int) { self.limit = limit }

  /// Takes the day of a line; gives the fault where the span is too long now.
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
