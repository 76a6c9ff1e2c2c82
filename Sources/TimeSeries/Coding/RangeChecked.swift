/// A value whose numbers have valid ranges. Creating one with other numbers is a programming error,
/// and a file that contains one is damaged.
package protocol RangeChecked {
  /// A description of a number that is out of range, or nil.
  var fault: String? { get }
}

extension RangeChecked {
  /// Stops the program if a number is out of range.
  package func checkRange() {
    if let fault { fatalError("\(Self.self): \(fault)") }
  }
}
