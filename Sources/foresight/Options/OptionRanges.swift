import ArgumentParser

/// The valid ranges of numeric options. The limits are far beyond practical values. They prevent a
/// typo from causing an overflow or using all of the memory.
enum OptionRange {
  /// At most the longest time span of a table.
  static let days = 1...36_525
  static let units = 1...4096
  static let layers = 1...64
  static let interactions = 0...256
  static let networks = 1...1000
  static let rounds = 1...1_000_000
  static let windows = 1...10_000
  static let paths = 2...100_000
  static let skippedLines = 0...100_000
  static let threads = 1...1024
}

/// Throws a usage error if an option's number is out of its range.
func check(_ value: Int?, _ option: String, in range: ClosedRange<Int>) throws {
  if let value, !range.contains(value) {
    throw ValidationError(
      "\(option) must be from \(range.lowerBound) to \(range.upperBound), but is \(value).")
  }
}
