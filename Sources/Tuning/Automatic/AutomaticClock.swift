import Forecasting

/// The time of an ``AutomaticRun``.
final class AutomaticClock {
  private let limit: Duration?
  private let start: ContinuousClock.Instant
  /// The time of earlier processes.
  private var earlier = Duration.zero

  /// The share of the time after which the search ends. The rest is for the final trainings.
  private static let searchShare = 0.6

  init(limit: Duration?, start: ContinuousClock.Instant) {
    self.limit = limit
    self.start = start
  }

  /// Counts the time of evaluations that an earlier process made.
  func add(_ seconds: Double) { earlier += .seconds(seconds) }

  /// The time that is left, or nil if there is no limit.
  var left: Duration? { limit.map { max($0 - spent, .zero) } }

  /// The time that is left for the search, or nil if there is no limit.
  var leftForSearch: Duration? { limit.map { max($0 * Self.searchShare - spent, .zero) } }

  private var spent: Duration { ContinuousClock.now - start + earlier }

  /// Measures the time of a short training of the first network, and returns a Boolean value that indicates
  /// whether the time for the search lasts for a whole one.
  func hasTime(forSearch search: NetworkSearch, on panel: Panel) throws -> Bool {
    guard let searchTime = leftForSearch else { return true }
    guard searchTime > .zero else { return false }
    func time(ofShare share: Double) throws -> Duration {
      let forecaster = search.forecaster(for: search.defaults[0], resource: share)
      return try ContinuousClock().measure { _ = try forecaster.fit(panel) }
    }
    // The shortest training has one of the twenty epochs. The difference to two of them leaves out what its
    // start takes.
    let one = try time(ofShare: 0.05)
    if one * 20 < searchTime { return true }
    guard one < searchTime else { return false }
    let two = try time(ofShare: 0.1)
    return one + max(two - one, .zero) * 19 < leftForSearch!
  }

  /// Returns the number of networks that the time that is left lasts for, at least 1 and at most `limit`.
  ///
  /// - Parameters:
  ///   - limit: The maximum number.
  ///   - seconds: The time of a training.
  ///   - fits: The number of times that each network is trained.
  func networkCount(upTo limit: Int, eachTaking seconds: Double, times fits: Int) -> Int {
    guard let left else { return limit }
    // A fifth more, since the last trainings see more steps.
    let count = left / .seconds(1) / max(1.2 * seconds * Double(fits), 1e-9)
    return max(1, Int(min(count, Double(limit))))
  }
}
