import ArgumentParser

/// The numbers that options take. The limits are far beyond use; they keep a slip of the keyboard
/// from an overflow, or from taking all of the memory.
enum OptionRange {
  /// Up to the longest span that a table may have.
  static let days = 1...36_525
  static let units = 1...4096
  static let layers = 1...64
  static let rounds = 1...1_000_000
  static let skippedLines = 0...100_000
  static let threads = 1...1024
}

/// Stops with a usage message if an option's number is out of its range.
func check(_ value: Int?, _ option: String, in range: ClosedRange<Int>) throws {
  if let value, !range.contains(value) {
    throw ValidationError(
      "\(option) must be from \(range.lowerBound) to \(range.upperBound), but is \(value).")
  }
}
