/// Numbers with digit groups, such as `1,234,567.50`.
enum GroupedNumber {
  /// Returns the digits without group separators and with a point as the decimal separator, or
  /// `nil` if they are not a number with the given decimal separator.
  ///
  /// Groups have three digits or, as in India, two digits and three in the last group: `12,34,567`.
  /// If there are several groups, the first one starts with a digit other than 0.
  static func plain(_ body: [UInt8], mark: DecimalMark) -> [UInt8]? {
    var whole = body[...]
    var rest: ArraySlice<UInt8> = []
    if let end = body.firstIndex(where: { $0 == mark.byte || $0 | 0x20 == UInt8(ascii: "e") }) {
      (whole, rest) = (body[..<end], body[end...])
    }
    guard let digits = ungrouped(whole, mark: mark) else { return nil }
    // The decimal separator is followed by digits and an exponent, which `DecimalNumber` checks. A
    // number with groups has no exponent.
    if digits.count < whole.count, rest.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      return nil
    }
    guard rest.dropFirst().allSatisfy({ !$0.isSeparator }) else { return nil }
    return digits + rest.map { $0 == mark.byte ? UInt8(ascii: ".") : $0 }
  }

  private static func ungrouped(_ whole: ArraySlice<UInt8>, mark: DecimalMark) -> [UInt8]? {
    guard let separator = whole.first(where: { $0.decimalDigit == nil }) else {
      return Array(whole)
    }
    guard separator.isSeparator, separator != mark.byte else { return nil }
    let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.allSatisfy { $0.decimalDigit != nil } }), groups.last!.count == 3,
      let first = groups.first, (1...3).contains(first.count), first.first != UInt8(ascii: "0")
    else { return nil }
    let middle = groups.dropFirst().dropLast()
    let isIndian = middle.allSatisfy { $0.count == 2 } && first.count <= 2
    guard isIndian || middle.allSatisfy({ $0.count == 3 }) else { return nil }
    return groups.flatMap { $0 }
  }
}

extension UInt8 {
  /// A Boolean value that indicates whether the byte can separate groups of digits.
  fileprivate var isSeparator: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: ",") || self == .groupSpace
      || self == .apostrophe
  }
}
