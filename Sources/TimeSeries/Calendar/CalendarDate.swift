/// A day of the proleptic Gregorian calendar, without a time of day or a time zone.
///
/// The date is stored as the number of days since 1970-01-01, so arithmetic, comparison, and
/// hashing are those of an integer.
public struct CalendarDate: Hashable, Sendable {
  /// The number of days since 1970-01-01.
  public let dayNumber: Int

  /// Creates the date that is `dayNumber` days after 1970-01-01.
  public init(dayNumber: Int) {
    self.dayNumber = dayNumber
  }

  /// Creates a date from a year, a month (1 to 12), and a day of the month, or returns nil if there
  /// is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (-1_000_000...1_000_000).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.dayCount(ofMonth: month, year: year)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// Creates the first day of a month, given as the number of months since January of year 0.
  init(firstDayOfMonth number: Int) {
    let year = number.floorDivided(by: 12)
    self.init(validYear: year, month: number - year * 12 + 1, day: 1)
  }

  private init(validYear year: Int, month: Int, day: Int) {
    // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years start
    // in March, so that the leap day is the last day of a year.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(dayNumber: era * 146_097 + dayOfEra - 719_468)
  }

  /// The year, the month (1 to 12), and the day of the month (1 to 31).
  public var components: (year: Int, month: Int, day: Int) {
    // The inverse of the above: civil_from_days.
    let shifted = dayNumber + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  /// The calendar year.
  public var year: Int { components.year }

  /// The month, 1 to 12.
  public var month: Int { components.month }

  /// The day of the month, 1 to 31.
  public var day: Int { components.day }

  /// The day of the year, 1 to 366.
  public var dayOfYear: Int {
    let firstDay = CalendarDate(year: year, month: 1, day: 1)!
    return dayNumber - firstDay.dayNumber + 1
  }

  /// The ISO 8601 day of the week: Monday is 1, Sunday is 7.
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    (dayNumber + 3) - (dayNumber + 3).floorDivided(by: 7) * 7 + 1
  }

  /// The ISO 8601 week, 1 to 53, and the year it belongs to. Week 1 is the week with the year's
  /// first Thursday.
  public var week: (year: Int, week: Int) {
    let thursday = CalendarDate(dayNumber: dayNumber - weekday + 4)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  /// Returns the number of days in a month (1 to 12): 28 to 31.
  public static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year: year) ? 29 : 28
    default: 31
    }
  }

  /// Returns a Boolean value that indicates whether the year has a February 29.
  public static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension CalendarDate: Strideable {
  // The default operators of Strideable compare distances, which may overflow.
  public static func == (left: CalendarDate, right: CalendarDate) -> Bool {
    left.dayNumber == right.dayNumber
  }
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  public func distance(to other: CalendarDate) -> Int { other.dayNumber - dayNumber }
  public func advanced(by days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) }
}

extension CalendarDate: CustomStringConvertible {
  /// The date in ISO 8601 form: `2011-12-09`.
  public var description: String {
    let (year, month, day) = components
    let sign = year < 0 ? "-" : ""
    return "\(sign)\(padded(abs(year), to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int {
  /// Returns the quotient rounded toward negative infinity. `divisor` must be positive.
  package func floorDivided(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
