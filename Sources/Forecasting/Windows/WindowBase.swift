/// The values that a network's forecasts start from in each window.
///
/// A network sees and forecasts differences from a level, in units of a scale. While its outputs are
/// 0 it forecasts the profile, so it learns only what the profile lacks. Centering windows on their
/// end follows NLinear (Zeng et al. 2023).
///
/// | base | profile | level | scale |
/// |---|---|---|---|
/// | ``seasonalMeans`` | mean at each position in the season | 0 | mean size of the values |
/// | ``lastSeason`` | last value at the same position in the season | mean of the last season | mean change from season to season |
/// | ``lastValue`` | level | last value | mean change from step to step |
public enum WindowBase: String, Sendable, Codable, CaseIterable {
  /// The means of the window at each position in the season: for sales with many zeros or much noise.
  case seasonalMeans
  /// The last season: for a strong season at a level that changes.
  case lastSeason
  /// The last value: for a level that changes without a season.
  case lastValue
}

extension WindowBase {
  /// Returns the base and its season length whose profile comes nearest to the last values of the
  /// series of a panel.
  ///
  /// The errors of the profiles of a window are divided by their sum, so that all windows count alike.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - inputLength: The number of past steps of a window, T.
  ///   - horizon: The number of future steps, K.
  ///   - seasonLengths: The season lengths to choose from, in steps. All but the first one must fit
  ///     twice into the past steps.
  static func nearest(
    to panel: Panel, inputLength: Int, horizon: Int, seasonLengths: [Int]
  ) -> (base: WindowBase, seasonLength: Int) {
    let seasons = seasonLengths.enumerated()
      .filter { $0.offset == 0 || 2 * $0.element <= inputLength }.map(\.element)
    let candidates = seasons.flatMap { season in allCases.map { (base: $0, seasonLength: season) } }
    var errors = [Float](repeating: 0, count: candidates.count)
    let step = max(1, panel.seriesCount / 512)
    for index in stride(from: 0, to: panel.seriesCount, by: step) {
      let series = ProfiledSeries(panel.series(at: index), horizon: horizon)
      for end in series.ends(after: inputLength, count: 3) {
        let found = candidates.map {
          series.error(
            of: $0.base, before: end, inputLength: inputLength, seasonLength: $0.seasonLength)
        }
        let sum = found.reduce(0, +)
        guard sum > 0 else { continue }
        for place in errors.indices { errors[place] += found[place] / sum }
      }
    }
    return candidates[errors.indices.min { errors[$0] < errors[$1] }!]
  }
}

/// A series whose last windows are compared with profiles.
private struct ProfiledSeries {
  /// The values, 0 where not observed.
  private let values: [Float]
  /// 1 where a value is observed, else 0.
  private let mask: [Float]
  private let horizon: Int

  init(_ series: Series, horizon: Int) {
    let observed = series.observed
    values = series.values.indices.map { observed[$0] ? Float(series.values[$0]) : 0 }
    mask = series.values.indices.map { observed[$0] ? 1 : 0 }
    self.horizon = horizon
  }

  /// Returns the ends of history of up to `count` windows, a horizon apart, from the last one back.
  func ends(after inputLength: Int, count: Int) -> [Int] {
    (1...count).map { values.count - $0 * horizon }.filter { $0 >= inputLength }
  }

  /// Returns the mean absolute error of a base's profile over the steps after an end of history.
  func error(of base: WindowBase, before end: Int, inputLength: Int, seasonLength: Int) -> Float {
    let history = end - inputLength..<end
    let target = WindowTarget(
      values[history], mask: mask[history], base: base, seasonLength: seasonLength, seriesMean: 0)
    let profile = target.profile(horizon: horizon)
    return (0..<horizon).reduce(0) { sum, step in
      sum + mask[end + step] * abs(target.level + target.scale * profile[step] - values[end + step])
    }
  }
}
