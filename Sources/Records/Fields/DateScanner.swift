/// A scanner that reads numbers, names, and separators from the bytes of a date.
struct DateScanner {
  struct Number {
    var value: Int
    var digits: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// The number of consecutive digits that follow.
  var digitCount: Int {
    var end = position
    while end < bytes.count, bytes[end].decimalDigit != nil { end += 1 }
    return end - position
  }

  /// Reads up to `limit` digits, at most 18, as a number. Returns `nil` if there are none.
  mutating func number(upTo limit: Int = 9) -> Number? {
    var number = Number(value: 0, digits: 0)
    while position < bytes.count, number.digits < limit, let digit = bytes[position].decimalDigit {
      number.value = number.value * 10 + digit
      number.digits += 1
      position += 1
    }
    return number.digits > 0 ? number : nil
  }

  /// Reads one of `-`, `/`, and `.`. Returns `nil` if there is none.
  mutating func dateSeparator() -> UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") else {
      return nil
    }
    position += 1
    return byte
  }

  /// Skips spaces and date separators between the parts of a date.
  mutating func skipSeparators() {
    while take(UInt8(ascii: " ")) || take(UInt8(ascii: ",")) || dateSeparator() != nil {}
  }

  /// Reads ASCII letters and returns them in lowercase.
  mutating func word() -> String {
    let start = position
    while position < bytes.count, 0x61...0x7A ~= bytes[position] | 0x20 { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Reads a letter in either case.
  mutating func takeLetter(_ lowercase: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] | 0x20 == lowercase else { return false }
    position += 1
    return true
  }

  /// Reads a point and zeros, which floating-point columns have after whole numbers.
  mutating func skipZeroFraction() {
    let start = position
    guard take(UInt8(ascii: ".")) else { return }
    guard let fraction = number(), fraction.value == 0 else { return position = start }
  }

  /// Reads the time after the date of a day. Returns midnight if nothing follows, or `nil` if the
  /// rest is not a time of day.
  mutating func timeOfDay(on day: Int) -> WrittenTime? {
    var time = WrittenTime(day: day)
    if isAtEnd { return time }
    let start = position
    // A zone can follow the date itself. An offset without a colon could be mistaken for a part of
    // it.
    if readZoneName(into: &time) || (hasColonAhead(3) && readOffset(into: &time)) {
      return isAtEnd ? time : nil
    }
    position = start
    time.hasTime = true
    _ = take(UInt8(ascii: ","))
    guard take(UInt8(ascii: " ")) || take(UInt8(ascii: "T")),
      let hour = number(), hour.digits <= 2, take(UInt8(ascii: ":")),
      let minute = number(), minute.digits == 2, minute.value < 60
    else { return nil }
    time.second = minute.value * 60
    if take(UInt8(ascii: ":")) {
      guard readSeconds(into: &time) else { return nil }
    }
    guard let hourOfDay = hourOfDay(hour.value) else { return nil }
    time.second += hourOfDay * 3600
    guard isAtEnd || readZoneName(into: &time) || readOffset(into: &time) else { return nil }
    return time
  }

  /// Reads `hhmm` or `hhmmss` after a date without separators.
  mutating func compactTimeOfDay(on day: Int) -> WrittenTime? {
    var time = WrittenTime(day: day, hasTime: true)
    guard let hour = number(upTo: 2), hour.digits == 2, hour.value < 24,
      let minute = number(upTo: 2), minute.digits == 2, minute.value < 60
    else { return nil }
    time.second = hour.value * 3600 + minute.value * 60
    if digitCount > 0 {
      guard let second = number(upTo: 2), second.digits == 2, second.value < 60 else { return nil }
      time.second += second.value
    }
    guard isAtEnd || readZoneName(into: &time) || readOffset(into: &time) else { return nil }
    return time
  }

  private func hasColonAhead(_ count: Int) -> Bool {
    position + count < bytes.count && bytes[position + count] == UInt8(ascii: ":")
  }

  private mutating func readSeconds(into time: inout WrittenTime) -> Bool {
    guard let second = number(), second.digits == 2, second.value < 60 else { return false }
    time.second += second.value
    if take(UInt8(ascii: ".")) {
      guard let fraction = number() else { return false }
      time.hasFraction = fraction.value > 0
    }
    return true
  }

  /// Returns the hour of day, 0 to 23, of an hour that can be followed by AM or PM after the time.
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

  /// Reads `Z`, `UTC`, or `GMT`.
  private mutating func readZoneName(into time: inout WrittenTime) -> Bool {
    let start = position
    _ = take(UInt8(ascii: " "))
    guard ["z", "utc", "gmt"].contains(word()), isAtEnd else {
      position = start
      return false
    }
    time.offset = 0
    return true
  }

  private mutating func readOffset(into time: inout WrittenTime) -> Bool {
    _ = take(UInt8(ascii: " "))
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
}
