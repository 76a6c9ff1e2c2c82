/// The way in which the numbers of a column are written, which is found as they are read.
///
/// A number such as `12,5` or `1.234,50` shows what its separators mean. One such as `1,234` does not,
/// and is undecided until a number of the same column shows it.
final class NumberForm {
  /// The decimal separator, declared or found; nil as long as no number shows it.
  private(set) var mark: DecimalMark?
  /// A Boolean value that indicates whether the decimal separator was declared.
  let isDeclared: Bool
  /// The decimal separator of a column that never shows it; nil if there is none to prefer.
  private let preferredMark: DecimalMark?
  private var unit: NumberText.Unit?
  private var hasPlainNumber = false
  /// The text that shows the decimal separator.
  private var evidence: String?
  private var isPreferenceUsed = false
  /// A Boolean value that indicates whether a number that shows nothing has a comma.
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

  /// Reads a number, and takes from it what it shows of the others.
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> NumberField {
    let text = bytes.trimmed
    let fastMark = mark ?? .point
    guard let number = DecimalNumber(text, mark: fastMark.byte), let value = number.value(of: text)
    else { return readSlowly(text) }
    if mark == nil, number.hasMark {
      if number.mayBeGrouped(text) { return .undecided }
      decide(.point, by: text)
    }
    if value != 0 {
      if unit == .percent { return .otherUnit }
      if !hasPlainNumber { hasPlainNumber = true }
    }
    return NumberField(value: value)
  }

  /// Takes what a number that follows an undecided one shows of the decimal separator.
  ///
  /// - Returns: Whether the decimal separator is known now.
  func narrow(by bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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

  /// Decides for the preferred decimal separator, since no number shows it. A number with the other
  /// separator, which would stand between thousands, is no less plain.
  ///
  /// - Returns: Whether the decimal separator is known now.
  func decideByPreference(for bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if mark != nil { return true }
    guard let preferredMark, !hasOtherMark, bytes.contains(preferredMark.byte) else { return false }
    isPreferenceUsed = true
    mark = preferredMark
    return true
  }

  /// What the unit of the column is called, and that of a text, where the two differ.
  func units(with bytes: UnsafeBufferPointer<UInt8>) -> (column: String, text: String) {
    (Self.name(unit), Self.name(NumberText(bytes.trimmed)?.unit))
  }

  private func readSlowly(_ text: UnsafeBufferPointer<UInt8>) -> NumberField {
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

  private func decide(_ mark: DecimalMark, by text: UnsafeBufferPointer<UInt8>) {
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

  /// Returns a Boolean value that indicates whether a number of some unit may be among the others.
  private func fits(_ unit: NumberText.Unit?, _ value: Double) -> Bool {
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

  private func count(_ parts: NumberText, _ text: UnsafeBufferPointer<UInt8>) {
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
  /// A Boolean value that indicates whether the decimal separator of `text` may stand between
  /// thousands: three digits follow, and one to three that do not begin with 0 come first.
  fileprivate func mayBeGrouped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard fractionDigits == 3, (1...3).contains(wholeDigits), !hasExponent else { return false }
    return text.first { $0.decimalDigit != nil } != UInt8(ascii: "0")
  }
}

// MARK: - Reports

extension NumberForm {
  /// What a report says of the way the numbers are written: nothing for plain ones with a decimal
  /// point.
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
        "\(counts.grouped.counted("number")) with separators between thousands, such as "
          + excerpt(example))
    }
    if counts.accounting > 0 {
      texts.append(
        "\(counts.accounting.counted("number")) in parentheses or with a minus sign behind, read as "
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
