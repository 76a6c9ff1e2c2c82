/// How a table writes its dates. Every form takes spaces around it.
public enum DateFormat: Equatable, Sendable, CaseIterable {
  /// `2011-12-09`. A time of day may follow, after a space or a T, where it is midnight.
  case iso
  /// `09/12/2011`, `9.12.2011` or `9-12-2011`: day, month, year.
  case dayMonthYear
  /// `12/09/2011` or `12/9/2011`: month, day, year.
  case monthDayYear

  /// The form as a message names it.
  public var pattern: String {
    switch self {
    case .iso: "YYYY-MM-DD"
    case .dayMonthYear: "DD/MM/YYYY"
    case .monthDayYear: "MM/DD/YYYY"
    }
  }

  /// The date that `bytes` spell, or the fault that they have.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<CalendarDate, DateFault> {
    var digits = DigitReader(bytes.trimmed)
    let first = digits.number()
    let separator = digits.separator()
    let second = digits.number()
    let isSeparatedAlike = digits.separator() == separator
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
    if !digits.isAtEnd {
      guard self == .iso, let isMidnight = digits.timeOfDayIsMidnight() else {
        return .failure(.unparsable)
      }
      guard isMidnight else { return .failure(.timeOfDay) }
    }
    guard parts.year.value >= 1000 else { return .failure(.yearOutOfRange) }
    return .success(date)
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
  mutating func separator() -> UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") else {
      return nil
    }
    position += 1
    return byte
  }

  /// Whether the rest, ` 00:00`, `T00:00:00`, `T00:00:00.000` or one of these with a `Z`, says
  /// midnight; nil where it is no time of day.
  mutating func timeOfDayIsMidnight() -> Bool? {
    guard take(UInt8(ascii: " ")) || take(UInt8(ascii: "T")) else { return nil }
    guard let hour = number(), take(UInt8(ascii: ":")), let minute = number() else { return nil }
    var sum = hour.value + minute.value
    if take(UInt8(ascii: ":")) {
      guard let second = number() else { return nil }
      sum += second.value
      if take(UInt8(ascii: ".")) {
        guard let fraction = number() else { return nil }
        sum += fraction.value
      }
    }
    _ = take(UInt8(ascii: "Z"))
    return isAtEnd ? sum == 0 : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }
}
