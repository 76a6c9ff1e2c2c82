/// A set of the lines read so far, stored by fingerprint, that detects repeated lines.
///
/// The probability that two different lines among a million have the same 64-bit fingerprint is
/// 3·10⁻⁸. A line takes 12 bytes, in a table that is at least three eighths full.
struct DoubledLines {
  /// The relation of a line to earlier lines.
  enum Repetition {
    case none
    /// The line equals an earlier line of the same run.
    case inRun
    /// The line equals a line of an earlier run.
    case acrossRuns
  }

  /// A hash table with open addressing and linear probing. Free slots are 0.
  private var fingerprints = [UInt64](repeating: 0, count: 1 << 12)
  /// The run, counted from 1, in which the line of each slot first occurred.
  private var runs = [Int32](repeating: 0, count: 1 << 12)
  private var count = 0

  /// Adds a line of a run, counted from 1, and returns its relation to earlier lines.
  mutating func insert(_ fingerprint: UInt64, run: Int) -> Repetition {
    let run = Int32(truncatingIfNeeded: run)
    let place = place(of: fingerprint)
    if fingerprints[place] != 0 { return runs[place] < run ? .acrossRuns : .inRun }
    fingerprints[place] = Self.key(fingerprint)
    runs[place] = run
    count += 1
    if count * 4 > fingerprints.count * 3 { resize(to: 2 * fingerprints.count) }
    return .none
  }

  /// Returns a Boolean value that indicates whether a line was added before.
  func contains(_ fingerprint: UInt64) -> Bool { fingerprints[place(of: fingerprint)] != 0 }

  /// Returns the key of a fingerprint, which is not 0 because 0 marks a free slot.
  private static func key(_ fingerprint: UInt64) -> UInt64 { max(fingerprint, 1) }

  /// Returns the slot of a line, or the free slot for it.
  private func place(of fingerprint: UInt64) -> Int {
    let key = Self.key(fingerprint)
    let mask = fingerprints.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while fingerprints[place] != 0, fingerprints[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func resize(to size: Int) {
    let (oldFingerprints, oldRuns) = (fingerprints, runs)
    fingerprints = [UInt64](repeating: 0, count: size)
    runs = [Int32](repeating: 0, count: size)
    for (old, fingerprint) in oldFingerprints.enumerated() where fingerprint != 0 {
      let place = place(of: fingerprint)
      fingerprints[place] = fingerprint
      runs[place] = oldRuns[old]
    }
  }
}
