/// A comparison of the rows of a run with those of an earlier run.
package struct ResultComparison: Equatable, Sendable {
  /// The change of a row's time.
  package enum Verdict: String, Sendable {
    case faster, same, slower
  }

  /// The change of a row that both runs have.
  package struct Change: Equatable, Sendable {
    package let key: ResultRow.Key
    /// The median times before and now, in seconds.
    package let before, now: Double
    package let verdict: Verdict
  }

  /// The rows of both runs, in the order of the later one.
  package let changes: [Change]
  /// Rows that only the later run has.
  package let added: [ResultRow.Key]
  /// Rows that only the earlier run has.
  package let missing: [ResultRow.Key]

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - old: The rows of the earlier run.
  ///   - new: The rows of the later run.
  ///   - tolerance: The share by which a median may grow or shrink and still count as the same.
  package init(from old: [ResultRow], to new: [ResultRow], tolerance: Double) {
    let before = Dictionary(old.map { ($0.key, $0.median) }) { first, _ in first }
    changes = new.compactMap { row in
      before[row.key].map { median in
        Change(
          key: row.key, before: median, now: row.median,
          verdict: Self.verdict(from: median, to: row.median, tolerance))
      }
    }
    added = new.map(\.key).filter { before[$0] == nil }
    let now = Set(new.map(\.key))
    missing = old.map(\.key).filter { !now.contains($0) }
  }

  /// A Boolean value that indicates whether a row became slower.
  package var hasSlower: Bool { changes.contains { $0.verdict == .slower } }

  private static func verdict(from before: Double, to now: Double, _ tolerance: Double) -> Verdict {
    if now > before * (1 + tolerance) { return .slower }
    return before > now * (1 + tolerance) ? .faster : .same
  }
}

extension ResultComparison: CustomStringConvertible {
  /// The changes, one per line, followed by the number of rows of each kind.
  package var description: String {
    let width = changes.map(\.key.description.count).max() ?? 0
    var lines = changes.filter { $0.verdict != .same }.map { change in
      [
        change.verdict.rawValue.left(6), change.key.description.left(width),
        change.before.seconds.right(9), "->", change.now.seconds.right(9),
        "(\((change.now / change.before).digits(3))x the time)",
      ].joined(separator: "  ")
    }
    lines += missing.map { "not in this run:     \($0)" }
    lines += added.map { "not in the old file: \($0)" }
    func count(_ verdict: Verdict) -> Int { changes.count { $0.verdict == verdict } }
    lines.append(
      "\(changes.count) rows compared: \(count(.slower)) slower, \(count(.faster)) faster, "
        + "\(count(.same)) the same; \(missing.count) not in this run, \(added.count) new")
    return lines.joined(separator: "\n")
  }
}
