internal import RealModule

/// The levels of quantiles, and the interpolation between and beyond the quantiles.
///
/// A quantile function is linear in the score of a level, which is the quantile of the standard
/// normal distribution at that level. This is exact for normal distributions.
struct QuantileScale: Sendable, Equatable {
  /// The Q levels, ascending between 0 and 1. There are at least two.
  let levels: [Double]
  /// The scores of the levels.
  let scores: [Double]

  init(_ levels: [Double]) {
    guard levels.count >= 2 else {
      fatalError("QuantileScale: expected at least two levels, got \(levels)")
    }
    self.levels = levels
    scores = levels.map(standardNormalQuantile)
  }

  /// Returns the value of a quantile function at a score.
  ///
  /// - Parameter quantiles: The values at the levels, [Q].
  @inline(__always)
  func value(at score: Double, of quantiles: UnsafePointer<Double>) -> Double {
    var right = 1
    while right < scores.count - 1, scores[right] < score { right += 1 }
    let low = quantiles[right - 1]
    let high = quantiles[right]
    if score == scores[right - 1] { return low }
    if score == scores[right] { return high }
    let share = (score - scores[right - 1]) / (scores[right] - scores[right - 1])
    return low + share * (high - low)
  }

  /// Returns the spread of quantiles: the standard deviation of the normal distribution whose outer
  /// quantiles are as far apart.
  func spread(of quantiles: ArraySlice<Double>) -> Double {
    (quantiles.last! - quantiles.first!) / (scores.last! - scores[0])
  }

  /// Returns a random one of the scores at which a quantile function has a value.
  ///
  /// There are several if the value has a positive probability, as counts have.
  func score(
    of value: Double, in quantiles: ArraySlice<Double>, using generator: inout Xoshiro256
  ) -> Double {
    let low = lowestScore(of: value, in: Array(quantiles))
    let high = -lowestScore(of: -value, in: quantiles.reversed().map { -$0 }, mirrored: true)
    guard low < high else { return min(max(low, -Self.limit), Self.limit) }
    let least = standardNormalProbability(below: low)
    let most = standardNormalProbability(below: high)
    let level = least + (most - least) * generator.nextUnit()
    guard level > 0, level < 1 else { return level > 0 ? Self.limit : -Self.limit }
    return min(max(standardNormalQuantile(level), -Self.limit), Self.limit)
  }

  /// Returns the lowest score at which a quantile function reaches a value, or −∞ if the function is
  /// nowhere below the value.
  private func lowestScore(
    of value: Double, in quantiles: [Double], mirrored: Bool = false
  ) -> Double {
    let scores = mirrored ? self.scores.reversed().map { -$0 } : self.scores
    let last = quantiles.count - 1
    let right = quantiles.firstIndex { $0 >= value } ?? last
    let left = max(right, 1) - 1
    let slope = (quantiles[left + 1] - quantiles[left]) / (scores[left + 1] - scores[left])
    guard slope > 0 else {
      // A flat end of the function: values beyond it have all of the scores beyond it.
      return value <= quantiles[left] ? -.infinity : scores[left + 1]
    }
    return scores[left] + (value - quantiles[left]) / slope
  }

  /// The largest magnitude of a score.
  private static let limit = 4.0
}

extension Quantiles {
  /// The levels of quantiles that describe a distribution: the median and the bounds of the central
  /// intervals of 50, 80, 90, and 95 %.
  public static let standardLevels = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]

  /// Returns the standard levels together with other levels, in ascending order.
  public static func standardLevels(including levels: [Double]) -> [Double] {
    Set(standardLevels + levels).sorted()
  }
}
