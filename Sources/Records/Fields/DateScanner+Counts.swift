/// Formats that count days or moments.
extension DateScanner {
  /// Reads ticks since 1970-01-01 00:00 UTC.
  mutating func epoch(ticksPerSecond: Int) -> WrittenTime? {
    let isNegative = take(UInt8(ascii: "-"))
    // An Int holds this number of digits without overflow.
    guard digitCount <= 19, let count = longNumber() else { return nil }
    var hasFraction = count % ticksPerSecond != 0
    if take(UInt8(ascii: ".")) {
      guard let fraction = number(upTo: 18) else { return nil }
      if fraction.value > 0 { hasFraction = true }
    }
    let ticks = isNegative ? -count : count
    let second = ticks.floorDivided(by: ticksPerSecond)
    let day = second.floorDivided(by: 86_400)
    return WrittenTime(
      day: day, second: second - day * 86_400, hasFraction: hasFraction, hasTime: true,
      offset: 0)
  }

  /// Reads an Excel day count, in which 61 is 1900-03-01. Earlier days are affected by a leap day
  /// that did not exist.
  mutating func excelSerial() -> WrittenTime? {
    guard let days = number(upTo: 7), days.value >= 61 else { return nil }
    var time = WrittenTime(day: days.value - 25_569)
    guard take(UInt8(ascii: ".")) else { return time }
    guard let fraction = number(upTo: 15) else { return nil }
    time.hasTime = fraction.value > 0
    // Further digits are below a microsecond.
    _ = number(upTo: 18)
    var share = Double(fraction.value)
    for _ in 0..<fraction.digits { share /= 10 }
    // Serial numbers have a precision of a few microseconds, so the time is rounded to
    // milliseconds.
    let milliseconds = Int((share * 86_400_000).rounded())
    time.day += milliseconds / 86_400_000
    time.second = milliseconds % 86_400_000 / 1000
    time.hasFraction = milliseconds % 1000 > 0
    return time
  }

  /// Reads up to 19 digits. Returns `nil` if there are none or the number is too large.
  private mutating func longNumber() -> Int? {
    guard let high = number(upTo: 18) else { return nil }
    guard digitCount == 1, let low = number(upTo: 1) else { return high.value }
    let (product, overflows) = high.value.multipliedReportingOverflow(by: 10)
    let (sum, overflowsToo) = product.addingReportingOverflow(low.value)
    return overflows || overflowsToo ? nil : sum
  }
}
