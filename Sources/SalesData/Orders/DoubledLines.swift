/// The lines met so far, by fingerprint, so that one that comes again is known.
///
/// Two lines that differ have one fingerprint of 64 bits with a probability of 3·10⁻⁸ in a million
/// lines. A line takes 12 bytes, in a table that is at least three eighths full.
struct DoubledLines {
  /// What is known of a line.
  enum Repetition {
    case none
    /// An earlier line of the same run is the same.
    case inRun
    /// A line of an earlier run is the same.
    case acrossRuns
  }

  /// Open addressing with linear probing; 0 where a slot is free.
  private var fingerprints = [UInt64](repeating: 0, count: 1 << 12)
  /// The run, counted from 1, in which the line of a slot stood first.
  private var runs = [Int32](repeating: 0, count: 1 << 12)
  private var count = 0

  /// Takes a line of a run, counted from 1, and says whether it was met before.
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

  /// Whether a line is one of those met so far.
  func contains(_ fingerprint: UInt64) -> Bool { fingerprints[place(of: fingerprint)] != 0 }

  /// 0 says that a slot is free.
  private static func key(_ fingerprint: UInt64) -> UInt64 { max(fingerprint, 1) }

  /// The slot of a line, or the free one where it belongs.
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
