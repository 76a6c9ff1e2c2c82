extension QuantileScale {
  /// Returns the median of a quantile function, which is linear in the score between two levels.
  ///
  /// - Parameter quantiles: The values at the levels, [Q].
  func median(of quantiles: ArraySlice<Double>) -> Double {
    quantiles.withUnsafeBufferPointer { value(at: 0, of: $0.baseAddress!) }
  }

  /// Returns the score nearest to 0 among those of a range of values, or nil if all quantiles are
  /// equal.
  ///
  /// Beyond the outermost quantile, the function continues with its mean slope between the median and
  /// that quantile. If the two are equal, it has the slope of the other side.
  ///
  /// - Parameters:
  ///   - values: The range of values, such as the numbers that are rounded to a count.
  ///   - quantiles: The values at the levels, [Q], which do not decrease.
  func score(of values: ClosedRange<Double>, in quantiles: ArraySlice<Double>) -> Double? {
    guard quantiles.last! > quantiles.first! else { return nil }
    let median = median(of: quantiles)
    if values.contains(median) { return 0 }
    let points = zip(scores, quantiles)
    let above = HalfScale(
      points: points.filter { $0.0 > 0 }.map { ($0.0, max($0.1 - median, 0)) })
    let below = HalfScale(
      points: points.filter { $0.0 < 0 }.reversed().map { (-$0.0, max(median - $0.1, 0)) })
    return values.lowerBound > median
      ? above.score(at: values.lowerBound - median, otherSlope: below.slope)
      : below.score(at: median - values.upperBound, otherSlope: above.slope).map { -$0 }
  }
}

/// The quantiles on one side of the median, as distances from it.
private struct HalfScale {
  /// The magnitudes of scores and the distances at them, ascending.
  let points: [(score: Double, distance: Double)]

  /// The mean distance for each unit of score, or 0 if there is no quantile or no spread.
  var slope: Double { points.last.map { $0.distance / $0.score } ?? 0 }

  /// Returns the lowest score at which the distance is reached, or nil if neither side has a spread.
  func score(at distance: Double, otherSlope: Double) -> Double? {
    var last = (score: 0.0, distance: 0.0)
    for point in points {
      if point.distance >= distance {
        let share = (distance - last.distance) / (point.distance - last.distance)
        return last.score + share * (point.score - last.score)
      }
      last = point
    }
    let slope = slope > 0 ? slope : otherSlope
    guard slope > 0 else { return nil }
    return min(last.score + (distance - last.distance) / slope, Self.largest)
  }

  /// The largest magnitude of a score.
  private static let largest = 1e6
}
