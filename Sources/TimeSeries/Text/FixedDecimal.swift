extension Double {
  /// Returns the number with a fixed count of decimals, such as `3.14`. Ties round away from zero.
  /// The result is never `-0.00` and has no exponent. Infinities and NaN have Swift's own
  /// description.
  package func fixed(_ decimals: Int) -> String {
    guard isFinite else { return description }
    let scaled = (magnitude * Self.powerOfTen(decimals)).rounded()
    // From 2^53 on, the scaled number has no exact whole part. The parts of the unscaled number are
    // exact.
    guard scaled < 9_007_199_254_740_992 else { return fixedParts(decimals) }
    let digits = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Returns the number with a fixed count of decimals, or with its first three digits if that
  /// count would show fewer than `leastDigits` digits: `0.723`, but `0.0000123`. Numbers under
  /// 10⁻¹² are rounding errors and get no further decimals.
  package func fixed(_ decimals: Int, leastDigits: Int) -> String {
    let bound = Self.powerOfTen(leastDigits - 1)
    guard magnitude >= 1e-12, magnitude * Self.powerOfTen(decimals) < bound else {
      return fixed(decimals)
    }
    var needed = decimals
    while magnitude * Self.powerOfTen(needed) < 100 { needed += 1 }
    return fixed(needed)
  }

  private func fixedParts(_ decimals: Int) -> String {
    let whole = magnitude.rounded(.down)
    let fraction = (magnitude - whole).fixed(decimals)
    let carried = fraction.hasPrefix("1") ? whole + 1 : whole
    return (self < 0 ? "-" : "") + carried.plainDecimal.dropLast(2) + fraction.dropFirst()
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
