/// A value whose numbers have ranges: code that creates one with another number is wrong, and a file that
/// holds one is damaged.
package protocol RangeChecked {
  /// A description of the number that is out of its range, or nil.
  var fault: String? { get }
}

extension RangeChecked {
  /// Stops the program if a number is out of its range.
  package func checkRange() {
    if let fault { fatalError("\(Self.self): \(fault)") }
  }
}
