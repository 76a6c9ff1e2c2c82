/// The content of a number field.
package enum NumberField: Equatable {
  /// A number within the range of single precision, rounded once to double precision.
  case number(Double)
  /// An empty field, or a word that represents a missing value.
  case missing
  /// An infinity, or a number too large for single precision.
  case infinite
  case unparsable
  /// A number that the possible decimal separators of the column interpret differently.
  case undecided
  /// A percentage among plain numbers, a plain number among percentages, or a different currency
  /// than before.
  case otherUnit

  init(value: Double) {
    // Adding 0 turns −0, which is a different bit pattern, into 0.
    self = abs(value) <= Double(Float.greatestFiniteMagnitude) ? .number(value + 0) : .infinite
  }

  /// Creates the meaning of a word in place of a number, or returns `nil` if it has none.
  package init?(word bytes: UnsafeBufferPointer<UInt8>) {
    // Most texts are not such words and need no string.
    guard bytes.count <= 13, bytes.first.map(Self.firstBytes.contains) ?? true else { return nil }
    let word = String(decoding: bytes, as: UTF8.self).lowercased()
    if Self.missingWords.contains(word) {
      self = .missing
    } else if Self.infiniteWords.contains(word) {
      self = .infinite
    } else {
      return nil
    }
  }

  private static let firstBytes = Set(
    (missingWords.union(infiniteWords)).flatMap { word in
      [word, word.uppercased()].compactMap { $0.utf8.first }
    })

  /// The empty field, and the missing values of pandas, R, SQL, SAS, and spreadsheets. Letter case
  /// is ignored.
  private static let missingWords: Set<String> = [
    "", "nan", "-nan", "na", "n/a", "n.a.", "null", "(null)", "none", "nil", "nat", "<na>", "\\n",
    "#n/a", "#na", "#n/a n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!",
    "#getting_data", "#spill!", "#calc!", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "(blank)",
    "-", "--", "---", "\u{2013}", "\u{2014}", "\u{2212}", ".", "..", "...", "\u{2026}", "?",
    "missing",
  ]

  private static let infiniteWords: Set<String> = [
    "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "\u{221E}", "-\u{221E}",
    "\u{2212}\u{221E}",
  ]
}

/// The parts of a decimal number: `mantissa · 10^exponent`.
package struct DecimalNumber {
  private var isNegative = false
  private var mantissa: UInt64 = 0
  private var exponent = 0
  /// A Boolean value that indicates whether the parts represent the number exactly, so that its
  /// value is rounded once.
  private var isExact = true
  /// The numbers of digits before and after the decimal separator.
  private(set) var wholeDigits = 0, fractionDigits = 0
  private(set) var hasMark = false
  private(set) var hasExponent = false

  /// Creates the parts of the number that all of `bytes` represent, or returns `nil` if they are
  /// not a number.
  @inline(__always)
  package init?(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) {
    var position = 0
    if position < bytes.count, let sign = bytes[position].sign {
      isNegative = sign < 0
      position += 1
    }
    wholeDigits = readDigits(bytes, &position, exponentPerDigit: 0)
    if position < bytes.count, bytes[position] == mark {
      position += 1
      hasMark = true
      fractionDigits = readDigits(bytes, &position, exponentPerDigit: -1)
    }
    guard wholeDigits + fractionDigits > 0, readExponent(bytes, &position),
      position == bytes.count
    else { return nil }
  }

  /// Returns the number in double precision, rounded once.
  @inline(__always)
  package func value(of bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    // Clinger's fast path: an integer below 2^53 and a power of ten up to 10^22 are both exact.
    guard isExact, mantissa < 1 << 53, abs(exponent) <= 22 else {
      return Self.longValue(of: bytes)
    }
    let magnitude = Double(mantissa)
    if exponent == 0 { return isNegative ? -magnitude : magnitude }
    let power = Self.powersOfTen[abs(exponent)]
    let value = exponent < 0 ? magnitude / power : magnitude * power
    return isNegative ? -value : value
  }

  /// Returns the value of a number with many digits or a large exponent.
  private static func longValue(of bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    Double(String(decoding: bytes, as: UTF8.self).replacing(",", with: "."))
  }

  @inline(__always)
  private mutating func readDigits(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int, exponentPerDigit: Int
  ) -> Int {
    let start = position
    while position < bytes.count, let digit = bytes[position].decimalDigit {
      if mantissa < 100_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(digit)
        exponent += exponentPerDigit
      } else {
        isExact = false
      }
      position += 1
    }
    return position - start
  }

  /// Reads an exponent such as `e12` or `E-3` if there is one. Returns `false` if it has no digits.
  @inline(__always)
  private mutating func readExponent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) -> Bool {
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return true }
    position += 1
    hasExponent = true
    var sign = 1
    if position < bytes.count, let given = bytes[position].sign {
      sign = given
      position += 1
    }
    let start = position
    var value = 0
    while position < bytes.count, let digit = bytes[position].decimalDigit {
      value = min(value * 10 + digit, 100_000)
      position += 1
    }
    exponent += sign * value
    return position > start
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension DecimalMark {
  package var byte: UInt8 {
    switch self {
    case .point: UInt8(ascii: ".")
    case .comma: UInt8(ascii: ",")
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns the number that at most 15 digits represent, which is exact in double precision, or
  /// `nil` for any other text. Most counts are such numbers.
  @inline(__always)
  var wholeNumber: Double? {
    guard (1...15).contains(count) else { return nil }
    var value: Int64 = 0
    for byte in self {
      guard let digit = byte.decimalDigit else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return Double(value)
  }
}

extension UInt8 {
  /// The value of an ASCII digit.
  package var decimalDigit: Int? {
    let value = self &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  fileprivate var sign: Int? {
    switch self {
    case UInt8(ascii: "-"): -1
    case UInt8(ascii: "+"): 1
    default: nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without surrounding ASCII whitespace: spaces, tabs, and line breaks.
  @inlinable
  package var trimmed: UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = count
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }
}

extension UInt8 {
  /// A Boolean value that indicates whether the byte is an ASCII space, tab, or line break.
  @inlinable
  package var isBlank: Bool { self == UInt8(ascii: " ") || 0x09...0x0D ~= self }
}
