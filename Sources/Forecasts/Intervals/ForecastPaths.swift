import Tensor

/// Sample paths of N series over H steps: S equally likely courses of each series.
///
/// The steps of a path depend on each other, so quantiles of a sum over steps are quantiles of the sums of
/// paths. The values of one step over all paths have the quantiles of the forecast.
///
/// An autoregressive network draws its own paths. For other models, ``ForecastCalibration`` draws them from
/// the quantiles of the steps and from the errors of past windows.
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

  /// Creates paths. Stops the program if the number of values isn't N · S · H.
  ///
  /// - Parameters:
  ///   - ids: The ids of the N series.
  ///   - calendar: The calendar of the H steps.
  ///   - count: The number of paths of each series, S, at least 1.
  ///   - values: The values, row-major `[N, S, H]`, in units of the target.
  public init(ids: [String], calendar: RegularCalendar, count: Int, values: [Double]) {
    guard count >= 1, values.count == ids.count * count * calendar.count else {
      fatalError(
        "ForecastPaths: expected \(ids.count) × \(count) × \(calendar.count) values of at least one "
          + "path, got \(values.count)")
    }
    self.ids = ids
    self.calendar = calendar
    self.count = count
    self.values = values
  }

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

  /// The mean of each step over all paths, row-major `[N, H]`.
  public var means: [Double] {
    numbers(1) { series, step, mean in
      mean[0] = (0..<count).reduce(0) { $0 + value(series, $1, step) } / Double(count)
    }
  }

  /// Returns the quantiles of each step, `[N, H, Q]`.
  ///
  /// The quantiles of whole numbers are whole numbers: the smallest value that isn't exceeded by a share
  /// of the paths of at least the level. Stops the program if the levels don't ascend between 0 and 1.
  public func quantiles(levels: [Double]) -> Quantiles {
    Quantiles(
      levels: levels,
      values: numbers(levels.count) { series, step, quantiles in
        let values = (0..<count).map { value(series, $0, step) }.sorted()
        for (place, quantile) in values.sampleQuantiles(levels).enumerated() {
          quantiles[place] = quantile
        }
      })
  }

  /// Returns the paths with 0 at the steps that are marked for a series.
  ///
  /// - Parameter closed: A function that returns a mark for each step of the series with an id.
  package func zeroed(where closed: (_ id: String) -> [Bool]) -> ForecastPaths {
    let horizon = horizon
    var values = values
    for (series, id) in ids.enumerated() {
      let closed = closed(id)
      for step in closed.indices where closed[step] {
        for path in 0..<count { values[(series * count + path) * horizon + step] = 0 }
      }
    }
    return ForecastPaths(ids: ids, calendar: calendar, count: count, values: values)
  }

  /// The ranks of the paths at each step.
  package var ranks: PathRanks { PathRanks(of: values, pathCount: count, horizon: horizon) }

  /// Returns `width` numbers of each step of each series, `[N, H, width]`.
  private func numbers(
    _ width: Int,
    _ write: @Sendable (_ series: Int, _ step: Int, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    Array(
      Tensor<Double>([ids.count, horizon, width]) { result in
        let result = SendablePointer(result)
        parallelFor(ids.count) { series in
          for step in 0..<horizon {
            write(series, step, result.pointer + (series * horizon + step) * width)
          }
        }
      }.scalars)
  }

  private func value(_ series: Int, _ path: Int, _ step: Int) -> Double {
    values[(series * count + path) * horizon + step]
  }

  /// Returns the quantiles of the sum over a range of steps for each series, `[N, 1, Q]`.
  ///
  /// The quantiles of whole numbers are whole numbers; see ``quantiles(levels:)``. Stops the program if the range is empty or extends beyond the horizon, or if the levels don't
  /// ascend between 0 and 1.
  public func quantiles(ofSumOver steps: Range<Int>, levels: [Double]) -> Quantiles {
    guard !steps.isEmpty, steps.lowerBound >= 0, steps.upperBound <= horizon else {
      fatalError("ForecastPaths.quantiles: expected steps in 0..<\(horizon), got \(steps)")
    }
    let quantiles = ids.indices.flatMap { series in
      let sums = (0..<count).map { values(of: series, path: $0).sum(over: steps) }
      return sums.sorted().sampleQuantiles(levels)
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
  /// The scores of the paths.
  private let scores: PathScores

  /// Creates a drawing.
  ///
  /// - Parameters:
  ///   - ranks: The ranks of the paths of the forecast itself, which take the place of the dependence, or
  ///     nil if it has no paths.
  init(
    _ quantiles: SpreadQuantiles, _ dependence: StepDependence, ranks: PathRanks?, count: Int,
    seed: UInt64, isNeverNegative: [Bool]
  ) {
    self.quantiles = quantiles
    self.count = count
    self.isNeverNegative = isNeverNegative
    if let ranks {
      scores = .own(RankScores(ranks, count: count))
    } else {
      var generator = Xoshiro256(seed: seed)
      scores = .shared(dependence.samples(count, steps: quantiles.stepCount, using: &generator))
    }
  }

  /// Writes the paths of a series, `[S, H]`.
  func write(of series: Int, to values: UnsafeMutablePointer<Double>) {
    let steps = quantiles.stepCount
    let width = quantiles.levelCount
    let lowest = isNeverNegative[series] ? 0 : -Double.infinity
    quantiles.values.withUnsafeBufferPointer { quantile in
      let first = quantile.baseAddress! + series * steps * width
      for place in 0..<count * steps {
        let step = place % steps
        let score =
          switch scores {
          case .shared(let scores): scores[place]
          case .own(let scores): scores.score(ofSeries: series, path: place / steps, step: step)
          }
        values[place] = max(quantiles.scale.value(at: score, of: first + step * width), lowest)
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

/// The scores of paths, which are quantiles of the standard normal distribution.
private enum PathScores: Sendable {
  /// The scores `[S, H]`, which all series share.
  case shared([Double])
  /// The scores of each series.
  case own(RankScores)
}

/// The scores of paths by the ranks of the paths of a forecast.
private struct RankScores: Sendable {
  private let ranks: PathRanks
  /// The number of paths to draw.
  private let count: Int
  /// The scores of ranks that S′ / S paths share, rounded down and up. The paths of a rank divide its range
  /// of levels.
  private let fewer, more: [Double]

  init(_ ranks: PathRanks, count: Int) {
    self.ranks = ranks
    self.count = count
    func scores(_ shares: Int) -> [Double] {
      (0..<ranks.count * shares).map {
        standardNormalQuantile((Double($0) + 0.5) / Double(ranks.count * shares))
      }
    }
    fewer = scores(count / ranks.count)
    more = scores(count / ranks.count + 1)
  }

  @inline(__always)
  func score(ofSeries series: Int, path: Int, step: Int) -> Double {
    let (round, kept) = path.quotientAndRemainder(dividingBy: ranks.count)
    let rank = ranks.rank(ofSeries: series, path: kept, step: step)
    let shares = count / ranks.count
    return kept < count % ranks.count
      ? more[rank * (shares + 1) + round] : fewer[rank * shares + round]
  }
}

extension ArraySlice<Double> {
  /// Returns the sum over a range of offsets from the first element.
  fileprivate func sum(over places: Range<Int>) -> Double {
    self[startIndex + places.lowerBound..<startIndex + places.upperBound].reduce(0, +)
  }
}

extension [Double] {
  /// Returns the quantiles of sorted numbers. Those of whole numbers are some of the numbers, and others
  /// are interpolated.
  func sampleQuantiles(_ levels: [Double]) -> [Double] {
    guard allSatisfy({ $0 == $0.rounded() }) else { return quantiles(levels) }
    return levels.map { level in
      self[Swift.min(Swift.max(Int((level * Double(count) - 1e-9).rounded(.up)) - 1, 0), count - 1)]
    }
  }

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
