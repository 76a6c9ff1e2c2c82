/// Formats that name a day.
extension DateScanner {
  /// The order of year, month, and day.
  enum Order { case yearFirst, dayFirst, monthFirst }

  /// Reads a date such as `2011-12-09` and the time after it.
  mutating func iso() -> WrittenTime? {
    guard let year = number(), year.digits == 4, take(UInt8(ascii: "-")),
      let month = number(), month.digits == 2, take(UInt8(ascii: "-")),
      let day = number(), day.digits == 2
    else { return nil }
    return time(year.value, month.value, day.value)
  }

  /// Reads three numbers with the same separator between them, and the time after them. If the day
  /// or month comes first, the separators are optional, as in `09122011`.
  mutating func separatedDate(_ order: Order) -> WrittenTime? {
    if order != .yearFirst, digitCount == 8 { return joinedDate(order) }
    guard let first = number(), let separator = dateSeparator(), let second = number(),
      dateSeparator() == separator, let third = number()
    else { return nil }
    let parts =
      switch order {
      case .yearFirst: (year: first, month: second, day: third)
      case .dayFirst: (year: third, month: second, day: first)
      case .monthFirst: (year: third, month: first, day: second)
      }
    guard parts.year.digits == 4, parts.month.digits <= 2, parts.day.digits <= 2 else { return nil }
    return time(parts.year.value, parts.month.value, parts.day.value)
  }

  private mutating func joinedDate(_ order: Order) -> WrittenTime? {
    guard let first = number(upTo: 2), let second = number(upTo: 2), let year = number(upTo: 4),
      Self.plausibleYears.contains(year.value)
    else { return nil }
    skipZeroFraction()
    return order == .dayFirst
      ? time(year.value, second.value, first.value) : time(year.value, first.value, second.value)
  }

  /// Reads a date such as `20111209` and the time after it, with or without separators.
  mutating func compactDate() -> WrittenTime? {
    let digits = digitCount
    guard [8, 12, 14].contains(digits), let year = number(upTo: 4), let month = number(upTo: 2),
      let day = number(upTo: 2), Self.plausibleYears.contains(year.value),
      let date = CalendarDate(year: year.value, month: month.value, day: day.value)
    else { return nil }
    if digits > 8 { return compactTimeOfDay(on: date.dayNumber) }
    skipZeroFraction()
    let start = self
    if let time = timeOfDay(on: date.dayNumber) { return time }
    self = start
    return take(UInt8(ascii: "T")) ? compactTimeOfDay(on: date.dayNumber) : nil
  }

  /// Reads a date with the English name of its month, and the time after it.
  mutating func namedDate() -> WrittenTime? {
    skipWeekdayName()
    if digitCount > 0 {
      guard let first = number() else { return nil }
      if first.digits <= 2 { skipOrdinalSuffix() }
      skipSeparators()
      guard let month = Self.month(named: word()) else { return nil }
      skipSeparators()
      guard let last = number() else { return nil }
      if first.digits == 4, last.digits <= 2 { return time(first.value, month, last.value) }
      guard first.digits <= 2, last.digits == 4 else { return nil }
      return time(last.value, month, first.value)
    }
    guard let month = Self.month(named: word()) else { return nil }
    skipSeparators()
    guard let day = number(), day.digits <= 2 else { return nil }
    skipOrdinalSuffix()
    skipSeparators()
    guard let year = number(), year.digits == 4 else { return nil }
    return time(year.value, month, day.value)
  }

  /// Returns the month, 1 to 12, of an English name or abbreviation in lowercase.
  static func month(named name: String) -> Int? {
    let place = CalendarDate.monthNames.firstIndex { $0 == name || $0.prefix(3) == name }
    return (place ?? (name == "sept" ? 8 : nil)).map { $0 + 1 }
  }

  /// The valid years of dates that consist only of digits. Other numbers of the same length rarely
  /// are years in this range.
  static let plausibleYears = 1800..<2200

  private static let weekdayNames = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private mutating func skipWeekdayName() {
    let start = self
    let name = word()
    guard Self.weekdayNames.contains(where: { $0 == name || $0.prefix(3) == name }) else {
      self = start
      return
    }
    skipSeparators()
  }

  private mutating func skipOrdinalSuffix() {
    let start = self
    if !["st", "nd", "rd", "th"].contains(word()) { self = start }
  }

  private mutating func time(_ year: Int, _ month: Int, _ day: Int) -> WrittenTime? {
    CalendarDate(year: year, month: month, day: day).flatMap { timeOfDay(on: $0.dayNumber) }
  }
}
