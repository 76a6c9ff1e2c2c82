/// Follows the runs of a file of order lines, and finds the lines that stand in it twice.
///
/// A run ends where the time goes back. Lines that are the same have the same time, so that only those
/// of a time that an earlier run covers are looked up, and a run is made ready for that when it is over.
struct LineRuns {
  /// Places where the time goes back.
  private(set) var timeGoesBack = 0
  /// Lines that are the same as an earlier one of their run, of the runs that are over.
  private(set) var doubledInRun = 0
  /// Lines that are the same as one of an earlier run.
  private(set) var doubledAcrossRuns = 0

  private let policy: OrderRules.DoubledLines
  private var lines = DoubledLines()
  private var run = 1
  /// The latest time of the current run, and of all that are over.
  private var latest = Int.min
  private var latestOfEarlier = Int.min
  /// The fingerprints of the current run that are not in `lines` yet.
  private var pending: [UInt64] = []

  init(_ policy: OrderRules.DoubledLines) { self.policy = policy }

  /// Takes a line, with its time in seconds, and says whether it is double.
  mutating func add(time: Int, _ fingerprint: @autoclosure () -> UInt64) -> DoubledLines.Repetition
  {
    if time < latest { beginRun() }
    latest = time
    switch policy {
    case .keep: return .none
    case .setAsideAll:
      let repetition = lines.insert(fingerprint(), run: run)
      count(repetition)
      return repetition
    case .setAsideRepeatedRuns:
      let fingerprint = fingerprint()
      if time <= latestOfEarlier, lines.contains(fingerprint) {
        doubledAcrossRuns += 1
        return .acrossRuns
      }
      pending.append(fingerprint)
      return .none
    }
  }

  /// Ends the last run.
  mutating func finish() { settle() }

  private mutating func beginRun() {
    timeGoesBack += 1
    latestOfEarlier = max(latestOfEarlier, latest)
    settle()
    run += 1
  }

  /// Puts the lines of the current run among those that later runs are compared with.
  private mutating func settle() {
    lines.reserve(pending.count)
    for fingerprint in pending {
      if lines.insert(fingerprint, run: run) == .inRun { doubledInRun += 1 }
    }
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func count(_ repetition: DoubledLines.Repetition) {
    switch repetition {
    case .none: break
    case .inRun: doubledInRun += 1
    case .acrossRuns: doubledAcrossRuns += 1
    }
  }
}
