internal import RealModule

/// What a date says of itself, as numbers that a network takes: known for the past and the future
/// alike.
///
/// A column for each day of the week (1 on that day), and sine and cosine of the day's place in the
/// month and, at two frequencies, in the year.
enum CalendarFeatures {
  /// The number of features of a date, C.
  static let count = 7 + 2 + 4

  /// The features of all steps of a calendar, row-major [T, C].
  static func table(_ calendar: RegularCalendar) -> [Float] {
    calendar.dates.flatMap(row)
  }

  private static func row(_ date: CalendarDate) -> [Float] {
    let (year, month, day) = date.components
    var row = [Float](repeating: 0, count: 7)
    row[date.weekday - 1] = 1
    let ofMonth = Double(day - 1) / Double(CalendarDate.dayCount(ofMonth: month, year: year))
    let ofYear = Double(date.dayOfYear - 1) / (CalendarDate.isLeap(year: year) ? 366 : 365)
    for turns in [ofMonth, ofYear, 2 * ofYear] {
      row.append(Float(Double.sin(2 * .pi * turns)))
      row.append(Float(Double.cos(2 * .pi * turns)))
    }
    return row
  }
}
