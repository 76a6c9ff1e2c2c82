import Tensor

/// A correction of quantiles by which the share of past values below each quantile equals its level.
///
/// Each quantile is shifted by a multiple of its spread, which is the quantile of the past residuals in
/// units of their spreads. The residuals of all series are pooled, so that few windows suffice. Those of
/// the neighboring steps are pooled as well, so that intervals widen with the horizon as the errors did.
/// Each level has its own shift, so that intervals can be asymmetric.
///
/// Source: Romano, Patterson & Candès 2019, Conformalized quantile regression, with one-sided
/// corrections of each quantile.
struct QuantileCorrection: Sendable {
  /// The shifts, `[K, Q]`, in units of the spread.
  private let shifts: [Double]
  private let levelCount: Int

  /// Fits the correction to at least one past window.
  ///
  /// - Parameter windows: The quantiles of each window, with the same numbers of steps and the same
  ///   levels, and the actual values, `[N, K]`, with NaN where nothing was observed.
  init(_ windows: [(quantiles: SpreadQuantiles, actual: [Double])]) {
    let (stepCount, levels) = (
      windows[0].quantiles.stepCount, windows[0].quantiles.scale.levels
    )
    levelCount = levels.count
    let residuals = Residuals(windows)
    var shifts = parallelMap(stepCount * levels.count) { place in
      let (step, level) = (place / levels.count, place % levels.count)
      return residuals.shift(atStep: step, level: level, of: levels) ?? .nan
    }
    for step in 0..<stepCount {
      Self.fill(&shifts, step * levels.count..<(step + 1) * levels.count, levels)
    }
    self.shifts = shifts
  }

  /// Returns corrected quantiles. The shifts of the windows' last step also apply to later steps.
  func applied(to quantiles: SpreadQuantiles) -> SpreadQuantiles {
    let last = shifts.count / levelCount - 1
    return quantiles.shifted { step, level in shifts[min(step, last) * levelCount + level] }
  }

  /// Replaces unknown shifts: the shift of an outer level with too few residuals by that of its
  /// neighbor toward the median, and that of the middle level by 0.
  private static func fill(_ shifts: inout [Double], _ row: Range<Int>, _ levels: [Double]) {
    let middle = row.lowerBound + (levels.firstIndex { $0 >= 0.5 } ?? levels.count - 1)
    if shifts[middle].isNaN { shifts[middle] = 0 }
    for place in middle + 1..<max(row.upperBound, middle + 1) where shifts[place].isNaN {
      shifts[place] = shifts[place - 1]
    }
    for place in (row.lowerBound..<middle).reversed() where shifts[place].isNaN {
      shifts[place] = shifts[place + 1]
    }
  }
}

/// The differences of actual values and quantiles, in units of the spread.
private struct Residuals {
  private let stepCount: Int
  /// The residuals of all windows by level and step, `[Q][K]`.
  private let values: [[[Double]]]

  init(_ windows: [(quantiles: SpreadQuantiles, actual: [Double])]) {
    let (stepCount, levelCount) = (
      windows[0].quantiles.stepCount, windows[0].quantiles.levelCount
    )
    self.stepCount = stepCount
    var values = [[[Double]]](
      repeating: Array(repeating: [], count: stepCount), count: levelCount)
    let rowCount = windows.reduce(0) { $0 + $1.quantiles.seriesCount }
    let stride = max(1, rowCount / Self.largestPool)
    var row = 0
    for (quantiles, actual) in windows {
      for series in 0..<quantiles.seriesCount {
        defer { row += 1 }
        guard row.isMultiple(of: stride) else { continue }
        for step in 0..<stepCount {
          let cell = series * stepCount + step
          let spread = quantiles.spreads[cell]
          guard spread > 0, !actual[cell].isNaN else { continue }
          for (level, quantile) in quantiles.quantiles(of: cell).enumerated() {
            values[level][step].append((actual[cell] - quantile) / spread)
          }
        }
      }
    }
    self.values = values
  }

  /// Returns the shift of a level at a step according to the neighboring steps or, if these have too
  /// few residuals, all steps. Returns nil if all steps have too few.
  func shift(atStep step: Int, level: Int, of levels: [Double]) -> Double? {
    let tail = min(levels[level], 1 - levels[level])
    for reach in [stepCount / 4, stepCount] {
      let steps = max(0, step - reach)..<min(stepCount, step + reach + 1)
      let pool = values[level][steps].joined().sorted()
      if Double(pool.count) * tail >= Self.fewestBeyond {
        return pool.orderStatistic(levels[level])
      }
    }
    return nil
  }

  /// The approximate number of series of all windows that suffice.
  private static let largestPool = 2000
  /// The minimum expected number of residuals beyond a quantile.
  private static let fewestBeyond = 2.0
}

extension [Double] {
  /// Returns the bound that a further value exceeds with a probability of 1 − level if it is
  /// exchangeable with these sorted n values: the order statistic at level · (n + 1), interpolated.
  fileprivate func orderStatistic(_ level: Double) -> Double {
    let place = level * Double(count + 1) - 1
    let low = Swift.min(Swift.max(Int(place.rounded(.down)), 0), count - 1)
    let high = Swift.min(low + 1, count - 1)
    let share = Swift.min(Swift.max(place - Double(low), 0), 1)
    return self[low] + share * (self[high] - self[low])
  }
}
