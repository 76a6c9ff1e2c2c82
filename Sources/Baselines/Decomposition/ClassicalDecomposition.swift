/// The seasonal component of a series, estimated by moving averages.
///
/// The trend is the centered average over a season. The component is the mean of the detrended
/// values at each position in the season, normalized to a mean of 0, or of 1 if it is a factor.
///
/// Source: Kendall & Stuart 1983. The implementation matches `seasonal_decompose` of statsmodels.
enum ClassicalDecomposition {
  /// The way in which the season combines with the trend.
  enum Kind: Sendable {
    case additive
    case multiplicative
  }

  /// Returns the seasonal component at each position in the season, starting with that of the first
  /// value.
  ///
  /// - Parameters:
  ///   - values: The values, which cover at least two seasons.
  ///   - season: The season length, at least 2 steps.
  static func seasonal(_ values: [Double], season: Int, _ kind: Kind) -> [Double] {
    let half = season / 2
    var sums = [Double](repeating: 0, count: season)
    var counts = [Double](repeating: 0, count: season)
    for step in half..<values.count - half {
      let trend = average(values, at: step, season: season)
      sums[step % season] += kind == .additive ? values[step] - trend : values[step] / trend
      counts[step % season] += 1
    }
    let means = zip(sums, counts).map { $0 / $1 }
    let overall = means.reduce(0, +) / Double(season)
    return means.map { kind == .additive ? $0 - overall : $0 / overall }
  }

  /// Returns the average over a season around a step. If the season length is even, both ends have
  /// half a weight.
  private static func average(_ values: [Double], at step: Int, season: Int) -> Double {
    let half = season / 2
    var sum = 0.0
    for place in step - half...step + half { sum += values[place] }
    if season % 2 == 0 { sum -= (values[step - half] + values[step + half]) / 2 }
    return sum / Double(season)
  }
}
