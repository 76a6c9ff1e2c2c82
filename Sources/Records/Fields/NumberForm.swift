/// The number format of a column, which is detected as its numbers are read.
///
/// A number such as `12,5` or `1.234,50` determines the meaning of its separators. A number such as
/// `1,234` does not, and is undecided until another number of the column determines it.
struct NumberForm {
  /// The decimal separator, declared or detected, or `nil` while it is unknown.
  private(set) var mark: DecimalMark?
  /// A Boolean value that indicates whether the decimal separator was declared.
  let isDeclared: Bool
  /// The decimal separator to assume if no number determines it, or `nil` if there is none.
  private let preferredMark: DecimalMark?
  private var unit: NumberText.Unit?
  private var hasPlainNumber = false
  /// The text that determined the decimal separator.
  private var evidence: String?
  private var isPreferenceUsed = false
  /// A Boolean value that indicates whether an ambiguous number contains a comma.
  private var hasOtherMark = false
  private var counts = Counts()

  private struct Counts {
    var grouped = 0
    var accounting = 0
    var withUnit = 0
    var example: String?
  }

  init(declared: DecimalMark?, preferred: DecimalMark?) {
    mark = declared
    isDeclared = declared != nil
    preferredMark = preferred
  }

  /// Reads a number and updates the format.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> NumberField {
    let text = bytes.trimmed
    if let value = text.wholeNumber { return plain(value) }
    let fastMark = mark ?? .point
    guard let number = DecimalNumber(text, mark: fastMark.byte), let value = number.value(of: text)
    else { return readSlowly(text) }
    if mark == nil, number.hasMark {
      if number.mayBeGrouped(text) { return .undecided }
      decide(.point, by: text)
    }
    return plain(value)
  }

  /// Reads a number without a unit.
  private mutating func plain(_ value: Double) -> NumberField {
    if value != 0 {
      if unit == .percent { return .otherUnit }
      if !hasPlainNumber { hasPlainNumber = true }
    }
    return NumberField(value: value)
  }

  /// Updates the decimal separator with a number after an undecided one.
  ///
  /// - Returns: A Boolean value that indicates whether the decimal separator is known.
  mutating func narrow(by bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = bytes.trimmed
    if let number = DecimalNumber(text, mark: DecimalMark.point.byte) {
      if number.hasMark, !number.mayBeGrouped(text) { decide(.point, by: text) }
    } else if let parts = NumberText(text) {
      let marks = DecimalMark.allCases.filter { Self.value(parts, $0) != nil }
      if marks.count == 1 { decide(marks[0], by: text) }
      if parts.body.contains(DecimalMark.comma.byte) { hasOtherMark = true }
    }
    return mark != nil
  }

  /// Assumes the preferred decimal separator if no number determines it. This is not possible if a
  /// number contains the other separator, because it could equally be the decimal separator.
  ///
  /// - Returns: A Boolean value that indicates whether the decimal separator is known.
  mutating func decideByPreference(for bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if mark != nil { return true }
    guard let preferredMark, !hasOtherMark, bytes.contains(preferredMark.byte) else { return false }
    isPreferenceUsed = true
    mark = preferredMark
    return true
  }

  /// Returns the names of the column's unit and of a text's unit, if the two differ.
  func units(with bytes: UnsafeBufferPointer<UInt8>) -> (column: String, text: String) {
    (Self.name(unit), Self.name(NumberText(bytes.trimmed)?.unit))
  }

  private mutating func readSlowly(_ text: UnsafeBufferPointer<UInt8>) -> NumberField {
    if let word = NumberField(word: text) { return word }
    guard let parts = NumberText(text) else { return .unparsable }
    let marks = mark.map { [$0] } ?? DecimalMark.allCases
    let readings = marks.compactMap { mark in Self.value(parts, mark).map { (mark, $0) } }
    guard let (first, value) = readings.first else { return .unparsable }
    guard readings.allSatisfy({ $0.1 == value }) else { return .undecided }
    guard fits(parts.unit, value) else { return .otherUnit }
    if readings.count == 1, mark == nil { decide(first, by: text) }
    count(parts, text)
    return NumberField(value: value)
  }

  private mutating func decide(_ mark: DecimalMark, by text: UnsafeBufferPointer<UInt8>) {
    self.mark = mark
    evidence = String(decoding: text, as: UTF8.self)
  }

  private static func value(_ parts: NumberText, _ mark: DecimalMark) -> Double? {
    guard let digits = GroupedNumber.plain(parts.body, mark: mark) else { return nil }
    let value = digits.withUnsafeBufferPointer { digits in
      DecimalNumber(digits, mark: DecimalMark.point.byte).flatMap { $0.value(of: digits) }
    }
    return value.map { parts.isNegative ? -$0 : $0 }
  }

  /// Returns a Boolean value that indicates whether a number with the given unit is consistent with
  /// the others.
  private mutating func fits(_ unit: NumberText.Unit?, _ value: Double) -> Bool {
    guard let unit else {
      if self.unit == .percent, value != 0 { return false }
      if value != 0 { hasPlainNumber = true }
      return true
    }
    if let known = self.unit { return known == unit }
    if unit == .percent, hasPlainNumber { return false }
    self.unit = unit
    return true
  }

  private mutating func count(_ parts: NumberText, _ text: UnsafeBufferPointer<UInt8>) {
    if parts.unit != nil { counts.withUnit += 1 }
    if parts.isAccounting { counts.accounting += 1 }
    if isGrouped(parts.body) {
      counts.grouped += 1
      if counts.example == nil { counts.example = String(decoding: text, as: UTF8.self) }
    }
  }

  private func isGrouped(_ body: [UInt8]) -> Bool {
    body.contains(.groupSpace) || body.contains(.apostrophe)
      || mark.map { mark in body.contains(mark == .point ? UInt8(ascii: ",") : UInt8(ascii: ".")) }
        ?? body.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
  }

  private static func name(_ unit: NumberText.Unit?) -> String {
    switch unit {
    case .percent: "a percentage"
    case .currency(let name): "an amount in \(name)"
    case nil: "a plain number"
    }
  }
}

extension DecimalNumber {
  /// Returns a Boolean value that indicates whether the decimal separator of `text` could separate
  /// thousands: three digits follow it, and one to three digits that do not start with 0 precede
  /// it.
  fileprivate func mayBeGrouped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard fractionDigits == 3, (1...3).contains(wholeDigits), !hasExponent else { return false }
    return text.first { $0.decimalDigit != nil } != UInt8(ascii: "0")
  }
}

// MARK: - Reports

extension NumberForm {
  /// Descriptions of the number format for a report. Empty for plain numbers with a decimal point.
  var descriptions: [String] {
    var texts: [String] = []
    if mark == .comma, !isDeclared, let evidence {
      texts.append("numbers have a decimal comma, such as \(excerpt(evidence))")
    }
    if isPreferenceUsed {
      texts.append(
        "a point before three digits is read as the decimal point, as in all of its numbers")
    }
    if let example = counts.example {
      texts.append(
        "\(counts.grouped.counted("number")) with thousands separators, such as "
          + excerpt(example))
    }
    if counts.accounting > 0 {
      texts.append(
        "\(counts.accounting.counted("number")) in parentheses or with a trailing minus sign, read as "
          + "negative")
    }
    switch unit {
    case .percent:
      texts.append(
        "\(counts.withUnit) \(counts.withUnit == 1 ? "percentage" : "percentages"), read as the "
          + "number before the sign: 35 % is 35")
    case .currency(let name):
      texts.append("\(counts.withUnit.counted("amount")) in \(name), read without the currency")
    case nil: break
    }
    return texts
  }
}
