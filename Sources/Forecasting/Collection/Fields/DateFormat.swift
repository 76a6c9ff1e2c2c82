/// How a table writes its dates and times. Every form takes spaces around it.
///
/// One form is declared for a whole column, and nothing is guessed: a date in another form is an error,
/// except where it reads as a date in this one, too.
///
/// A time of day may follow the date, after a space or a T: `07:45`, `7:45:30`, `07:45:30.250` or
/// `7:45 AM`, and after it, or after a space, an offset from UTC: `Z`, `+01:00`, `+0100` or `-05`.
public enum DateFormat: String, Codable, Equatable, Sendable, CaseIterable {
  /// `2011-12-09`
  case iso
  /// `09/12/2011`, `9.12.2011` or `9-12-2011`: day, month, year.
  case dayMonthYear = "day-first"
  /// `12/09/2011` or `12/9/2011`: month, day, year.
  case monthDayYear = "month-first"

  /// The form as a message names it.
  public var pattern: String {
    switch self {
    case .iso: "YYYY-MM-DD"
    case .dayMonthYear: "DD/MM/YYYY"
    case .monthDayYear: "MM/DD/YYYY"
    }
  }

  /// The date that `bytes` spell, or the fault that they have. A time of day must be midnight.
  func parseDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<CalendarDate, DateFault> {
    parseMidnight(bytes).map { CalendarDate(dayNumber: $0.day) }
  }

  /// The date that `bytes` spell, at midnight, with its offset from UTC; or the fault that they have.
  func parseMidnight(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<WrittenTime, DateFault> {
    parseTime(bytes).flatMap { $0.isMidnight ? .success($0) : .failure(.timeOfDay) }
  }

  /// The date that a text spells, or nil where it spells none of this form.
  func date(_ text: String) -> CalendarDate? {
    var text = text
    return text.withUTF8 { try? parseDate($0).get() }
  }

  /// The date and time that `bytes` spell, or the fault that they have.
  func parseTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<WrittenTime, DateFault> {
    var digits = DigitReader(bytes.trimmed)
    let first = digits.number()
    let separator = digits.dateSeparator()
    let second = digits.number()
    let isSeparatedAlike = digits.dateSeparator() == separator
    let third = digits.number()
    guard let first, let second, let third, let separator, isSeparatedAlike else {
      return .failure(.unparsable)
    }
    let parts: (year: DigitReader.Number, month: DigitReader.Number, day: DigitReader.Number)
    switch self {
    case .iso: parts = (first, second, third)
    case .dayMonthYear: parts = (third, second, first)
    case .monthDayYear: parts = (third, first, second)
    }
    guard hasForm(year: parts.year, month: parts.month, day: parts.day, separator: separator),
      let date = CalendarDate(
        year: parts.year.value, month: parts.month.value, day: parts.day.value)
    else { return .failure(.unparsable) }
    guard let time = digits.timeOfDay(on: date.dayNumber), digits.isAtEnd else {
      return .failure(.unparsable)
    }
    guard parts.year.value >= 1000 else { return .failure(.yearOutOfRange) }
    return .success(time)
  }

  private func hasForm(
    year: DigitReader.Number, month: DigitReader.Number, day: DigitReader.Number, separator: UInt8
  ) -> Bool {
    switch self {
    case .iso:
      year.digits == 4 && month.digits == 2 && day.digits == 2 && separator == UInt8(ascii: "-")
    case .dayMonthYear, .monthDayYear:
      year.digits == 4 && month.digits <= 2 && day.digits <= 2
    }
  }
}

/// Why a text is no date of a table.
enum DateFault: Error {
  case unparsable
  case timeOfDay
  case yearOutOfRange

  /// The fault of a table in which `text` should be a date in `format`.
  func inTable(text: String, format: DateFormat) -> TableError.Fault {
    switch self {
    case .unparsable: .unparsableDate(text: text, format: format)
    case .timeOfDay: .timeOfDay(text: text)
    case .yearOutOfRange: .yearOutOfRange(text: text)
    }
  }
}

/// A date and time of day as they are written, before any time zone is thought of.
struct WrittenTime: Equatable {
  /// Days since 1970-01-01.
  var day: Int
  /// Whole seconds since midnight.
  var second = 0
  var hasFraction = false
  /// Seconds ahead of UTC, or nil where nothing of that kind is written.
  var offset: Int?

  var isMidnight: Bool { second == 0 && !hasFraction }
}

/// Reads numbers and separators off a few bytes.
private struct DigitReader {
  struct Number {
    var value: Int
    var digits: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Up to nine digits as a number, or nil where there is none.
  mutating func number() -> Number? {
    var number = Number(value: 0, digits: 0)
    while position < bytes.count, number.digits < 9, let digit = bytes[position].decimalDigit {
      number.value = number.value * 10 + digit
      number.digits += 1
      position += 1
    }
    return number.digits > 0 ? number : nil
  }

  /// One of `-`, `/` and `.`, or nil where there is none.
  mutating func dateSeparator() -> UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") else {
      return nil
    }
    position += 1
    return byte
  }

  /// The time on a day that follows: midnight where nothing does, nil where it is no time of day.
  mutating func timeOfDay(on day: Int) -> WrittenTime? {
    var time = WrittenTime(day: day)
    if isAtEnd { return time }
    guard take(UInt8(ascii: " ")) || take(UInt8(ascii: "T")),
      let hour = number(), hour.digits <= 2, take(UInt8(ascii: ":")),
      let minute = number(), minute.digits == 2, minute.value < 60
    else { return nil }
    time.second = minute.value * 60
    if take(UInt8(ascii: ":")) {
      guard let second = number(), second.digits == 2, second.value < 60 else { return nil }
      time.second += second.value
      if take(UInt8(ascii: ".")) {
        guard let fraction = number() else { return nil }
        time.hasFraction = fraction.value > 0
      }
    }
    guard let hourOfDay = hourOfDay(hour.value) else { return nil }
    time.second += hourOfDay * 3600
    guard isAtEnd || readOffset(into: &time) else { return nil }
    return time
  }

  /// The hour of 0 to 23 that is meant by one with, perhaps, AM or PM behind the time.
  private mutating func hourOfDay(_ hour: Int) -> Int? {
    let start = position
    _ = take(UInt8(ascii: " "))
    guard position + 1 < bytes.count, bytes[position + 1] | 0x20 == UInt8(ascii: "m") else {
      position = start
      return hour < 24 ? hour : nil
    }
    let half = bytes[position] | 0x20
    position += 2
    guard (1...12).contains(hour), half == UInt8(ascii: "a") || half == UInt8(ascii: "p") else {
      return nil
    }
    return hour % 12 + (half == UInt8(ascii: "p") ? 12 : 0)
  }

  private mutating func readOffset(into time: inout WrittenTime) -> Bool {
    _ = take(UInt8(ascii: " "))
    if take(UInt8(ascii: "Z")) {
      time.offset = 0
      return true
    }
    let isAhead = take(UInt8(ascii: "+"))
    guard isAhead || take(UInt8(ascii: "-")), let first = number() else { return false }
    var minutes = first.value * 60
    if take(UInt8(ascii: ":")) {
      guard first.digits == 2, let second = number(), second.digits == 2, second.value < 60 else {
        return false
      }
      minutes += second.value
    } else if first.digits == 4 {
      minutes = first.value / 100 * 60 + first.value % 100
    } else if first.digits != 2 {
      return false
    }
    guard minutes <= 18 * 60 else { return false }
    time.offset = (isAhead ? minutes : -minutes) * 60
    return true
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }
}
