/// The target in the history of one window, in units of the window's scale.
struct WindowTarget {
  /// The values of T steps, 0 where not observed.
  private let values: ArraySlice<Float>
  /// The mask, which is 1 where a value is observed, else 0.
  private let mask: ArraySlice<Float>
  /// The mean size of the observed values, but at least a tenth of the mean size since the series'
  /// start. A scale near zero would make the values after a quiet period too large.
  let scale: Float
  /// The share of observed values that are 0.
  let zeroShare: Float

  /// Creates the target of a window.
  ///
  /// - Parameters:
  ///   - values: The values of T steps, 0 where not observed.
  ///   - mask: The mask, which is 1 where a value is observed, else 0.
  ///   - seriesMean: The mean size of all observed values of the series before the window's end.
  init(_ values: ArraySlice<Float>, mask: ArraySlice<Float>, seriesMean: Float) {
    self.values = values
    self.mask = mask
    var sum: Float = 0
    var count: Float = 0
    var zeros: Float = 0
    for place in values.indices where mask[place] != 0 {
      sum += abs(values[place])
      zeros += values[place] == 0 ? 1 : 0
      count += 1
    }
    let floored = max(count > 0 ? sum / count : 0, seriesMean / 10)
    scale = floored > 0 ? floored : 1
    zeroShare = count > 0 ? zeros / count : 0
  }

  /// Returns a Boolean value that indicates whether a step of the history is observed.
  func isObserved(_ step: Int) -> Bool { mask[values.startIndex + step] != 0 }

  /// Returns a value of the history, compressed so that outliers don't dominate, or 0 if it isn't
  /// observed or lies before the window.
  func compressed(_ step: Int) -> Float {
    guard step >= 0 else { return 0 }
    let place = values.startIndex + step
    return mask[place] != 0 ? signedLog(values[place] / scale) : 0
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
      sums[wrapped] += values[values.startIndex + step] / scale
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
