/// The time of a study's evaluations.
struct StudyClock {
  private let limit: Double?
  private let resources: [Double]
  private var times: [Int: (sum: Double, count: Double)] = [:]

  /// The time of all evaluations so far, in seconds.
  private(set) var seconds = 0.0

  init(_ limit: Duration?, _ resources: [Double]) {
    self.limit = limit.map { $0 / .seconds(1) }
    self.resources = resources
  }

  /// Counts an evaluation.
  mutating func add(_ time: Double, at rung: Int) {
    seconds += time
    let known = times[rung] ?? (0, 0)
    times[rung] = (known.sum + time, known.count + 1)
  }

  /// Returns a Boolean value that indicates whether the time that is left is expected to last for an
  /// evaluation.
  func hasTime(at rung: Int) -> Bool {
    guard let limit else { return true }
    return seconds < limit && seconds + expected(at: rung) <= limit
  }

  /// Returns the mean time of the evaluations at a rung. If there was none, it is that of the nearest rung,
  /// in proportion to the resource.
  private func expected(at rung: Int) -> Double {
    guard let nearest = times.keys.min(by: { (abs($0 - rung), $0) < (abs($1 - rung), $1) }) else {
      return 0
    }
    let known = times[nearest]!
    return known.sum / known.count * resources[rung] / resources[nearest]
  }
}
