import Foundation

extension Double {
  /// Returns the number with some significant digits, without an exponent: `0.0123`, `12.3`,
  /// `1230`.
  func digits(_ count: Int) -> String {
    guard isFinite, self != 0 else { return "\(self == 0 ? "0" : "\(self)")" }
    let exponent = Int(Foundation.floor(Foundation.log10(magnitude)))
    return String(format: "%.\(Swift.max(0, count - 1 - exponent))f", self)
  }

  /// The number of seconds with three significant digits and a unit: `1.23 ms`.
  var seconds: String {
    for (unit, scale) in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)] where self * scale >= 1 {
      return "\((self * scale).digits(3)) \(unit)"
    }
    return "\((self * 1e9).digits(3)) ns"
  }

  /// The share as a percentage: `87 %`.
  var percent: String { String(format: "%.0f %%", self * 100) }
}

extension String {
  /// Returns the text, right-aligned in a field.
  func right(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }

  /// Returns the text, left-aligned in a field.
  func left(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
