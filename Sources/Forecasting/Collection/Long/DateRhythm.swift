/// What the dates of a table read by day say of the length of its steps.
///
/// Weeks and months that are read as days are seen in no single row, but all days in between would
/// pass for days without a sale.
enum DateRhythm {
  case weekly(Weekday)
  case monthly

  /// The rhythm of some dates; nil where they have none, or are fewer than three.
  init?(_ dates: [CalendarDate]) {
    guard dates.count >= 3, let first = dates.first else { return nil }
    if dates.allSatisfy({ $0.weekday == first.weekday }), let day = Weekday(rawValue: first.weekday)
    {
      self = .weekly(day)
    } else if dates.allSatisfy({ $0.day == 1 })
      || dates.allSatisfy({ $0.advanced(by: 1).day == 1 })
    {
      self = .monthly
    } else {
      return nil
    }
  }

  /// What to think of.
  var note: String {
    switch self {
    case .weekly(let day):
      "every date is a \(day), though steps are days: if a row is about a week, read it by the week"
    case .monthly:
      "every date is the first of a month, or every one the last, though steps are days: if a row is "
        + "about a month, read it by the month"
    }
  }
}

extension LongTableRows {
  /// What the dates suggest; nil where steps are longer than days.
  func note(_ span: ClosedRange<Int>, _ frequency: Frequency) -> String? {
    guard frequency == .day else { return nil }
    var hasRow = [Bool](repeating: false, count: span.count)
    for step in stepNumbers { hasRow[Int(step) - span.lowerBound] = true }
    let dates = hasRow.indices.filter { hasRow[$0] }.map {
      CalendarDate(dayNumber: span.lowerBound + $0)
    }
    return DateRhythm(dates)?.note
  }
}
