/// The parts of a number as people write it: digits with separators, a sign, and a currency or a
/// percent sign.
///
/// Examples are `$1,234.50`, `(28)`, `5-`, `12 €`, `GBP 12`, and `35 %`. This type does not
/// interpret the separators.
struct NumberText: Equatable {
  /// The unit of a number.
  enum Unit: Equatable {
    case currency(String)
    case percent
  }

  var isNegative = false
  /// A Boolean value that indicates whether parentheses or a trailing sign make the number
  /// negative.
  var isAccounting = false
  var unit: Unit?
  /// The digits with the separators between them, and an exponent.
  var body: [UInt8] = []

  /// Parses a text, or returns `nil` if it is not a number.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= 64, let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var rest = text.unicodeScalars[...]
    rest.trim()
    var signs = 0
    if rest.first == "(", rest.last == ")" {
      rest = rest.dropFirst().dropLast()
      signs = 1
      (isNegative, isAccounting) = (true, true)
      rest.trim()
    }
    guard takePrefix(of: &rest, &signs), takeSuffix(of: &rest, &signs), signs <= 1 else {
      return nil
    }
    // The currency can be inside of the parentheses, as in `($28)`, or outside, as in `$(28)`.
    if signs == 0, rest.first == "(", rest.last == ")" {
      rest = rest.dropFirst().dropLast()
      (isNegative, isAccounting) = (true, true)
      rest.trim()
    }
    for scalar in rest {
      guard let byte = Self.byte(of: scalar) else { return nil }
      body.append(byte)
    }
    guard let first = body.first, first != .groupSpace, first != .apostrophe else { return nil }
  }

  /// Removes signs and a currency from the start.
  private mutating func takePrefix(of rest: inout Substring.UnicodeScalarView, _ signs: inout Int)
    -> Bool
  {
    while let first = rest.first, !first.beginsNumber, first != "(" {
      if first.isSign {
        signs += 1
        if first != "+" { isNegative = true }
        rest.removeFirst()
      } else {
        let word = rest.prefix { !$0.beginsNumber && !$0.isSign && !$0.isSpace && $0 != "(" }
        guard let unit = Self.unit(String(Substring(word))), setUnit(unit) else { return false }
        rest = rest.dropFirst(word.count)
      }
      rest.trim()
    }
    return true
  }

  /// Removes signs, a currency, and a percent sign from the end.
  private mutating func takeSuffix(of rest: inout Substring.UnicodeScalarView, _ signs: inout Int)
    -> Bool
  {
    while let last = rest.last, !rest.endsNumber {
      if last.isSign {
        signs += 1
        if last != "+" { (isNegative, isAccounting) = (true, true) }
        rest.removeLast()
      } else {
        let word = rest.reversed().prefix {
          $0.asciiDigit == nil && !$0.isSign && !$0.isSpace && $0 != ")"
        }
        let name = String(String.UnicodeScalarView(word.reversed()))
        guard !name.isEmpty, let unit = Self.unit(name), setUnit(unit) else { return false }
        rest = rest.dropLast(word.count)
      }
      rest.trim()
    }
    return true
  }

  private mutating func setUnit(_ unit: Unit) -> Bool {
    guard self.unit == nil else { return false }
    self.unit = unit
    return true
  }

  private static func unit(_ name: String) -> Unit? {
    if ["%", "\u{66A}", "\u{FF05}"].contains(name) { return .percent }
    return Currency.isSymbol(name) ? .currency(name) : nil
  }

  /// Returns one byte for a digit or separator. All spaces map to the same byte, and so do all
  /// apostrophes.
  private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isSpace { return .groupSpace }
    switch scalar {
    case "'", "\u{2019}", "\u{02BC}", "\u{00B4}": return .apostrophe
    case "0"..."9", ".", ",", "e", "E", "+", "-": return UInt8(ascii: scalar)
    case "\u{2212}": return UInt8(ascii: "-")
    default: return nil
    }
  }
}

/// The names and symbols of currencies.
enum Currency {
  /// Returns a Boolean value that indicates whether a text is a currency: a symbol of Unicode
  /// category Sc, optionally with the letters of its country, an ISO 4217 code, or a common
  /// abbreviation.
  static func isSymbol(_ text: String) -> Bool {
    if codes.contains(text) || abbreviations.contains(text) { return true }
    let scalars = text.unicodeScalars
    guard let last = scalars.last, last.properties.generalCategory == .currencySymbol else {
      return false
    }
    return scalars.count <= 4 && scalars.dropLast().allSatisfy { "A"..."Z" ~= $0 }
  }

  private static let abbreviations: Set<String> = [
    "kr", "kr.", "zł", "Kč", "Ft", "lei", "Fr.", "Fr", "SFr.", "Rs", "Rs.", "руб.", "руб", "лв.",
    "лв", "din.", "R", "RM", "Rp", "S/", "DM", "元", "円",
  ]

  private static let codes = Set(
    """
    AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GEL GHS HKD HRK HUF \
    IDR ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON \
    RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UYU UZS VND ZAR
    """.split(separator: " ").map(String.init))
}

extension UInt8 {
  /// The representation of any space between digits.
  static let groupSpace = UInt8(ascii: " ")
  /// The representation of any apostrophe between digits.
  static let apostrophe = UInt8(ascii: "'")
}

extension Substring.UnicodeScalarView {
  fileprivate mutating func trim() {
    while let first, first.isSpace { removeFirst() }
    while let last, last.isSpace { removeLast() }
  }

  /// A Boolean value that indicates whether the text ends like a number. A point after a letter
  /// ends an abbreviation.
  fileprivate var endsNumber: Bool {
    guard let last else { return true }
    if last == ")" || last.asciiDigit != nil { return true }
    guard last == "." || last == "," else { return false }
    return !(dropLast().last?.properties.isAlphabetic ?? false)
  }
}

extension Unicode.Scalar {
  /// A Boolean value that indicates whether the scalar is a space that can separate digits,
  /// including no-break, narrow, and thin spaces.
  var isSpace: Bool {
    switch self {
    case " ", "\t", "\u{A0}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200A}", "\u{202F}": true
    default: false
    }
  }

  fileprivate var isSign: Bool { self == "-" || self == "+" || self == "\u{2212}" }

  fileprivate var asciiDigit: UInt8? { "0"..."9" ~= self ? UInt8(ascii: self) : nil }

  fileprivate var beginsNumber: Bool { asciiDigit != nil || self == "." || self == "," }
}
