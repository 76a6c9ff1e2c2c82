/// Formats that name a step longer than a day. The date is its first day.
extension DateScanner {
  /// Reads a month such as `2011-12`, `201112`, `12/2011`, `Dec 2011`, or `2011 December`.
  mutating func month() -> WrittenTime? {
    if digitCount == 6 {
      guard let year = number(upTo: 4), let month = number(upTo: 2),
        Self.plausibleYears.contains(year.value)
      else { return nil }
      skipZeroFraction()
      return firstDay(year.value, month.value)
    }
    if let first = number() {
      skipSeparators()
      if first.digits == 4, digitCount == 0 {
        return Self.month(named: word()).flatMap { firstDay(first.value, $0) }
      }
      guard let second = number() else { return nil }
      if first.digits == 4, second.digits <= 2 { return firstDay(first.value, second.value) }
      guard first.digits <= 2, second.digits == 4 else { return nil }
      return firstDay(second.value, first.value)
    }
    guard let month = Self.month(named: word()) else { return nil }
    skipSeparators()
    guard let year = number(), year.digits == 4 else { return nil }
    return firstDay(year.value, month)
  }

  /// Reads a week such as `2011-W49`, `2011W49`, or `W49 2011`, or one of its days such as
  /// `2011-W49-5`. The date of a week is its Monday.
  mutating func week(hasDay: Bool) -> WrittenTime? {
    guard let (year, week) = yearAndPart(marked: UInt8(ascii: "w")) else { return nil }
    var day = 1
    if hasDay {
      _ = take(UInt8(ascii: "-"))
      guard let weekday = number(), weekday.digits == 1, (1...7).contains(weekday.value) else {
        return nil
      }
      day = weekday.value
    }
    // January 4 is always in the first week of its year.
    guard let anchor = CalendarDate(year: year, month: 1, day: 4) else { return nil }
    let monday = anchor.advanced(by: 1 - anchor.weekday + 7 * (week - 1))
    guard monday.week == (year, week) else { return nil }
    return hasDay ? timeOfDay(on: monday.dayNumber + day - 1) : WrittenTime(day: monday.dayNumber)
  }

  /// Reads a quarter such as `2011-Q4`, `2011Q4`, `Q4 2011`, or `4Q 2011`.
  mutating func quarter() -> WrittenTime? {
    let start = self
    if let quarter = number(upTo: 1), takeLetter(UInt8(ascii: "q")) {
      skipSeparators()
      guard let year = number(), year.digits == 4, (1...4).contains(quarter.value) else {
        return nil
      }
      return firstDay(year.value, quarter.value * 3 - 2)
    }
    self = start
    guard let (year, quarter) = yearAndPart(marked: UInt8(ascii: "q")), (1...4).contains(quarter)
    else { return nil }
    return firstDay(year, quarter * 3 - 2)
  }

  /// Reads a year such as `2011`.
  mutating func bareYear() -> WrittenTime? {
    guard digitCount == 4, let year = number(), Self.plausibleYears.contains(year.value) else {
      return nil
    }
    skipZeroFraction()
    return firstDay(year.value, 1)
  }

  /// Reads a year with four digits and the number of a part of it after a letter, in either order.
  private mutating func yearAndPart(marked letter: UInt8) -> (year: Int, part: Int)? {
    if takeLetter(letter) {
      skipSeparators()
      guard let part = number(), part.digits <= 2 else { return nil }
      skipSeparators()
      guard let year = number(), year.digits == 4 else { return nil }
      return (year.value, part.value)
    }
    guard let year = number(), year.digits == 4 else { return nil }
    skipSeparators()
    guard takeLetter(letter), let part = number(upTo: 2) else { return nil }
    return (year.value, part.value)
  }

  private func firstDay(_ year: Int, _ month: Int) -> WrittenTime? {
    CalendarDate(year: year, month: month, day: 1).map { WrittenTime(day: $0.dayNumber) }
  }
}
