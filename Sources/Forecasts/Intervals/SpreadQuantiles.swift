/// Quantiles of N series over K steps or sums, in units of the target, with the spread of each cell.
struct SpreadQuantiles: Sendable {
  let scale: QuantileScale
  /// The number of steps, K.
  let stepCount: Int
  /// The quantiles, `[N, K, Q]`.
  private(set) var values: [Double]
  /// The spreads, `[N, K]`.
  let spreads: [Double]

  var levelCount: Int { scale.levels.count }
  var seriesCount: Int { spreads.count / max(stepCount, 1) }

  init(_ scale: QuantileScale, stepCount: Int, values: [Double]) {
    self.scale = scale
    self.stepCount = stepCount
    self.values = values
    let width = scale.levels.count
    spreads = stride(from: 0, to: values.count, by: width).map {
      scale.spread(of: values[$0..<$0 + width])
    }
  }

  /// Creates the quantiles of a forecast that has at least two quantile levels.
  init(_ forecast: Forecast) {
    let quantiles = forecast.quantiles!
    self.init(
      QuantileScale(quantiles.levels), stepCount: forecast.horizon, values: quantiles.values)
  }

  /// Returns the quantiles of a cell, [Q].
  func quantiles(of cell: Int) -> ArraySlice<Double> {
    values[cell * levelCount..<(cell + 1) * levelCount]
  }

  /// Returns the quantiles, each shifted by a multiple of its spread, in ascending order.
  ///
  /// - Parameter shift: The multiple for a step and the index of a level.
  func shifted(by shift: (_ step: Int, _ level: Int) -> Double) -> SpreadQuantiles {
    var values = values
    values.withUnsafeMutableBufferPointer { values in
      for cell in spreads.indices where spreads[cell] > 0 {
        let first = cell * levelCount
        for level in 0..<levelCount {
          values[first + level] += spreads[cell] * shift(cell % stepCount, level)
        }
        for level in 1..<levelCount {
          var place = first + level
          while place > first, values[place] < values[place - 1] {
            values.swapAt(place, place - 1)
            place -= 1
          }
        }
      }
    }
    return SpreadQuantiles(scale, stepCount: stepCount, values: values)
  }

  /// Returns the quantiles with negative ones replaced by 0 in some of the series.
  func raised(where isNeverNegative: [Bool]) -> SpreadQuantiles {
    var values = values
    let width = stepCount * levelCount
    for place in values.indices where values[place] < 0 && isNeverNegative[place / width] {
      values[place] = 0
    }
    return SpreadQuantiles(scale, stepCount: stepCount, values: values)
  }

  /// Returns the quantiles of the same steps at the levels of another scale.
  func expressed(at other: QuantileScale) -> SpreadQuantiles {
    other == scale
      ? self : SpreadQuantiles(other, stepCount: stepCount, values: values(at: other.levels))
  }

  /// Returns the quantiles at other levels, `[N, K, levels]`.
  func values(at levels: [Double]) -> [Double] {
    if levels == scale.levels { return values }
    let scores = levels.map { level in
      scale.levels.firstIndex(of: level).map { scale.scores[$0] } ?? standardNormalQuantile(level)
    }
    return values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return [] }
      return spreads.indices.flatMap { cell in
        scores.map { scale.value(at: $0, of: first + cell * levelCount) }
      }
    }
  }
}
