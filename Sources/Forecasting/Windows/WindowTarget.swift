/// The target in the history of one window, as differences from its level, in units of its scale.
///
/// A ``WindowBase`` defines the level, the scale, and the profile.
struct WindowTarget {
  /// The values of T steps, 0 where not observed.
  private let values: ArraySlice<Float>
  /// The mask, which is 1 where a value is observed, else 0.
  private let mask: ArraySlice<Float>
  /// The values that forecasts start from.
  private let base: WindowBase
  /// The season length of the base, in steps.
  private let seasonLength: Int
  /// The value that counts as 0.
  let level: Float
  /// The unit of the differences from the level, which is greater than 0.
  let scale: Float
  /// The share of observed values that are 0.
  let zeroShare: Float

  /// Creates the target of a window.
  ///
  /// - Parameters:
  ///   - values: The values of T steps, 0 where not observed.
  ///   - mask: The mask, which is 1 where a value is observed, else 0.
  ///   - base: The values that forecasts start from.
  ///   - seasonLength: The season length of the base, in steps.
  ///   - seriesMean: The mean size of all observed values of the series before the window's end.
  init(
    _ values: ArraySlice<Float>, mask: ArraySlice<Float>, base: WindowBase, seasonLength: Int,
    seriesMean: Float
  ) {
    self.values = values
    self.mask = mask
    self.base = base
    self.seasonLength = seasonLength
    let observed = ObservedValues(values, mask)
    zeroShare = observed.zeroShare
    // A scale near zero would make the values after a quiet period too large. After a gap as long as the
    // window, sales are probably as they were before.
    let meanSize =
      observed.isEmpty ? seriesMean : max(observed.meanSize, seriesMean / 10)
    switch base {
    case .seasonalMeans:
      level = 0
      scale = meanSize > 0 ? meanSize : 1
    case .lastSeason, .lastValue:
      let lag = base == .lastSeason ? seasonLength : 1
      level = observed.mean(ofLast: lag)
      let change = max(
        observed.meanChange(over: lag) ?? observed.meanDistance(from: level), meanSize / 100)
      scale = change > 0 ? change : 1
    }
  }

  /// Returns a Boolean value that indicates whether a step of the history is observed.
  func isObserved(_ step: Int) -> Bool { mask[values.startIndex + step] != 0 }

  /// Returns the difference of a value of the history from the level, in units of the scale, or 0 if it
  /// isn't observed.
  func difference(_ step: Int) -> Float {
    let place = values.startIndex + step
    return mask[place] != 0 ? (values[place] - level) / scale : 0
  }

  /// Returns a value of the history, compressed so that outliers don't dominate, or 0 if it isn't
  /// observed or lies before the window.
  func compressed(_ step: Int) -> Float {
    step >= 0 ? signedLog(difference(step)) : 0
  }

  /// Returns the forecast of a network whose outputs are 0, for each future step.
  func profile(horizon: Int) -> [Float] {
    switch base {
    case .seasonalMeans: seasonalProfile(seasonLength: seasonLength, horizon: horizon)
    case .lastSeason: lastSeason(horizon: horizon)
    case .lastValue: Array(repeating: 0, count: horizon)
    }
  }

  /// Returns, for each future step, the last value that was observed at the same position in the
  /// season, or the level if none was.
  private func lastSeason(horizon: Int) -> [Float] {
    (0..<horizon).map { step in
      var place = values.count - seasonLength + step % seasonLength
      while place >= 0, !isObserved(place) { place -= seasonLength }
      return place < 0 ? 0 : (values[values.startIndex + place] - level) / scale
    }
  }

  /// Returns, for each future step, the mean of the scaled values at the same position in the
  /// season, or the mean of all values if none was observed there.
  func seasonalProfile(seasonLength: Int, horizon: Int) -> [Float] {
    var sums = [Float](repeating: 0, count: seasonLength)
    var counts = [Float](repeating: 0, count: seasonLength)
    for step in 0..<values.count where mask[values.startIndex + step] != 0 {
      // Positions count back from the end, so that the first future step has position 0.
      let place = (step - values.count) % seasonLength
      let wrapped = place < 0 ? place + seasonLength : place
      sums[wrapped] += (values[values.startIndex + step] - level) / scale
      counts[wrapped] += 1
    }
    let total = counts.reduce(0, +)
    let mean = total > 0 ? sums.reduce(0, +) / total : 0
    return (0..<horizon).map { step in
      let place = step % seasonLength
      return counts[place] > 0 ? sums[place] / counts[place] : mean
    }
  }
}
