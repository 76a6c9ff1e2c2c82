import Tensor

/// Sample paths of N series over H steps: S equally likely courses of each series.
///
/// The steps of a path depend on each other as the errors of past windows did. Therefore, quantiles of a
/// sum over steps are quantiles of the sums of paths. The values of one step over all paths have the
/// quantiles of the forecast.
///
/// The paths of different series are not coupled, so they must not be added. For quantiles of a sum over
/// series, forecast the sum as a series of its own.
public struct ForecastPaths: Sendable {
  /// The ids of the N series.
  public let ids: [String]
  /// The calendar of the H steps.
  public let calendar: RegularCalendar
  /// The number of paths of each series, S.
  public let count: Int
  /// The values, row-major `[N, S, H]`, in units of the target.
  public let values: [Double]

  /// The number of steps, H.
  public var horizon: Int { calendar.count }

  init(_ drawing: PathDrawing, ids: [String], calendar: RegularCalendar) {
    self.ids = ids
    self.calendar = calendar
    count = drawing.count
    let width = drawing.count * calendar.count
    values = Array(
      Tensor<Double>([ids.count * width]) { values in
        let values = SendablePointer(values)
        parallelFor(ids.count) { drawing.write(of: $0, to: values.pointer + $0 * width) }
      }.scalars)
  }

  /// Returns the H values of a path. Stops the program if an index is out of its range.
  public func values(of series: Int, path: Int) -> ArraySlice<Double> {
    guard ids.indices.contains(series), (0..<count).contains(path) else {
      fatalError(
        "ForecastPaths.values: expected a series in 0..<\(ids.count) and a path in 0..<\(count), got "
          + "\(series) and \(path)")
    }
    let first = (series * count + path) * horizon
    return values[first..<first + horizon]
  }

  /// Returns the quantiles of the sum over a range of steps for each series, `[N, 1, Q]`.
  ///
  /// Stops the program if the range is empty or extends beyond the horizon, or if the levels don't
  /// ascend between 0 and 1.
  public func quantiles(ofSumOver steps: Range<Int>, levels: [Double]) -> Quantiles {
    guard !steps.isEmpty, steps.lowerBound >= 0, steps.upperBound <= horizon else {
      fatalError("ForecastPaths.quantiles: expected steps in 0..<\(horizon), got \(steps)")
    }
    let quantiles = ids.indices.flatMap { series in
      let sums = (0..<count).map { values(of: series, path: $0).sum(over: steps) }
      return sums.sorted().quantiles(levels)
    }
    return Quantiles(levels: levels, values: quantiles)
  }
}

/// The sampling of paths from the quantiles of each step and the dependence between steps.
struct PathDrawing: Sendable {
  /// The quantiles of the steps, `[N, H, Q]`.
  let quantiles: SpreadQuantiles
  /// The number of paths of each series, S.
  let count: Int
  /// A Boolean value for each series that indicates whether its paths have no negative values.
  let isNeverNegative: [Bool]
  /// The scores of the paths, `[S, H]`, which all series share.
  private let scores: [Double]

  init(
    _ quantiles: SpreadQuantiles, _ dependence: StepDependence, count: Int, seed: UInt64,
    isNeverNegative: [Bool]
  ) {
    var generator = Xoshiro256(seed: seed)
    self.quantiles = quantiles
    self.count = count
    self.isNeverNegative = isNeverNegative
    scores = dependence.samples(count, steps: quantiles.stepCount, using: &generator)
  }

  /// Writes the paths of a series, `[S, H]`.
  func write(of series: Int, to values: UnsafeMutablePointer<Double>) {
    let steps = quantiles.stepCount
    let width = quantiles.levelCount
    let lowest = isNeverNegative[series] ? 0 : -Double.infinity
    quantiles.values.withUnsafeBufferPointer { quantile in
      let first = quantile.baseAddress! + series * steps * width
      for place in scores.indices {
        values[place] = max(
          quantiles.scale.value(at: scores[place], of: first + place % steps * width), lowest)
      }
    }
  }

  /// Returns the quantiles of the sums over consecutive blocks of steps from a step on, at the levels of
  /// the steps' quantiles. Steps after the last whole block are dropped.
  func sums(over length: Int, from start: Int) -> SpreadQuantiles {
    let (steps, levels) = (quantiles.stepCount, quantiles.scale.levels)
    let blocks = (steps - start) / length
    let width = blocks * levels.count
    let found = Tensor<Double>([quantiles.seriesCount * width]) { result in
      let result = SendablePointer(result)
      parallelFor(quantiles.seriesCount) { series in
        let paths = Array<Double>(unsafeUninitializedCapacity: count * steps) { buffer, filled in
          write(of: series, to: buffer.baseAddress!)
          filled = count * steps
        }
        for block in 0..<blocks {
          let first = start + block * length
          let range = first..<first + length
          let sums = (0..<count).map {
            paths[$0 * steps..<($0 + 1) * steps].sum(over: range)
          }
          for (place, value) in sums.sorted().quantiles(levels).enumerated() {
            result.pointer[series * width + block * levels.count + place] = value
          }
        }
      }
    }
    return SpreadQuantiles(
      quantiles.scale, stepCount: blocks, values: Array(found.scalars))
  }
}

extension ArraySlice<Double> {
  /// Returns the sum over a range of offsets from the first element.
  fileprivate func sum(over places: Range<Int>) -> Double {
    self[startIndex + places.lowerBound..<startIndex + places.upperBound].reduce(0, +)
  }
}

extension [Double] {
  /// Returns the quantiles of sorted numbers, with linear interpolation.
  package func quantiles(_ levels: [Double]) -> [Double] {
    levels.map { level in
      let place = level * Double(count - 1)
      let low = Int(place)
      let share = place - Double(low)
      let high = Swift.min(low + 1, count - 1)
      return self[low] + share * (self[high] - self[low])
    }
  }
}
