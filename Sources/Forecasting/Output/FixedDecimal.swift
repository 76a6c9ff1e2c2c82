extension Double {
  /// The number with so many decimals, rounded half away from zero, as `3.14`; never as `-0.00`.
  /// Infinities and what is no number are written as Swift does.
  package func fixed(_ decimals: Int) -> String {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = (abs(self) * power).rounded()
    // From 2^53 on, a double has no decimals to round.
    guard scaled < 9_007_199_254_740_992 else { return description }
    let digits = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
