extension Double {
  /// The shortest decimal that reads back as the same number, without an exponent, such as
  /// `123456782.0` or `0.0000001`. Infinities and NaN have Swift's own description.
  package var plainDecimal: String {
    let text = description
    guard isFinite, let mark = text.firstIndex(of: "e"),
      let exponent = Int(text[text.index(after: mark)...])
    else { return text }
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text[..<mark].drop { $0 == "-" }.split(separator: ".")
    let fraction = parts.count == 2 && parts[1] != "0" ? parts[1] : ""
    let digits = String(parts[0]) + fraction
    let point = parts[0].count + exponent
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let padded = digits + String(repeating: "0", count: max(0, point - digits.count))
    let rest = padded.dropFirst(point)
    return sign + padded.prefix(point) + "." + (rest.isEmpty ? "0" : rest)
  }

  /// The ``plainDecimal`` without a fraction of 0, such as `3`.
  package var shortDecimal: String {
    let text = plainDecimal
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Float {
  /// The double-precision number nearest to the shortest decimal of this number: 8.26 instead of
  /// 8.260000228881836. Further digits of a network's result carry no information.
  package var shortestDecimal: Double { Double(description) ?? Double(self) }
}
