internal import RealModule

/// Ridge regression of the level of a series, under a fixed seasonal shape: the method FLAIR.
///
/// 1. The series is folded into periods of the season that describes it best, or of one step if no
///    season does (``FoldedSeries``).
/// 2. The shape of a period is the mean of the last two. The level is the sum of each period, without
///    the part of its variance that is noise, and without a second, longer season.
/// 3. The changes of the level, after a Box-Cox transform, depend on the level before, on a trend,
///    and on the level one longer season before. A ridge regression estimates the coefficients,
///    averaged over 25 penalties by their leave-one-out errors.
/// 4. Paths of the level with errors drawn from the leave-one-out errors, times the shape, times the
///    deviation of a past period from it, give the mean and the quantiles. They stay above the
///    smallest known value, and are counts if all known values are.
///
/// The forecast is that of the reference implementation for the same draws, with two exceptions.
/// Series whose values are all below 1, or exceed 1e9, are scaled to that range first, so that the
/// forecast scales with the series. Draws are stratified, the same for all series. Series of fewer
/// than 5 values are forecast by their last one.
///
/// Source: Honda 2026, FLAIR: Factored Level And Interleaved Ridge, github.com/TakatoHonda/FLAIR.
public struct RidgeForecaster: LocalForecaster {
  public let name = "Ridge"
  /// The season lengths in steps, in ascending order, or nil for those of the calendar's frequency,
  /// which include a year for days and business days.
  public let seasonLengths: [Int]?
  public let quantileLevels: [Double]

  /// The number of paths, S.
  private static let pathCount = 200

  /// Creates a forecaster. Stops the program if there are no season lengths, or if one is less than
  /// 1.
  public init(seasonLengths: [Int]? = nil, quantileLevels: [Double] = []) {
    if let seasonLengths, !seasonLengths.allSatisfy({ $0 >= 1 }) || seasonLengths.isEmpty {
      fatalError("RidgeForecaster: expected seasonLengths of at least 1, got \(seasonLengths)")
    }
    self.seasonLengths = seasonLengths.map { Set($0).sorted() }
    self.quantileLevels = checkedLevels(quantileLevels, of: "RidgeForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    if history.isConstant {
      return SeriesForecast(level: history.values[0], deviation: 0, horizon: horizon)
    }
    let unit = Self.unit(of: history.values)
    let lowest = history.values.min()! / unit
    let shift = max(1 - lowest, 1)
    let folded = FoldedSeries(
      history.values.map { $0 / unit + shift }, seasons: seasonLengths ?? seasons(of: history))
    let season = folded.lags.first.flatMap { LevelSeason(folded.levels, length: $0) }
    guard
      let model = LevelRegression(
        season?.removed(from: folded.levels) ?? folded.levels, seasonalLag: folded.lags.last)
    else { return nil }

    let blocks = (horizon + folded.period - 1) / folded.period
    let draws = StratifiedDraws(count: Self.pathCount, dimensions: blocks + 1)
    let noise = PhaseNoise(folded)
    let bounds = SupportBounds(history, horizon: horizon)
    let leverages = model.leverages(blocks)
    var paths = model.paths(leverages, draws)  // [blocks, S]
    for block in 0..<blocks {
      let factor = season?.factor(folded.count + block) ?? 1
      for path in paths[block].indices { paths[block][path] *= factor }
    }
    return SeriesForecast(
      steps: (0..<horizon).lazy.map { step in
        let (block, phase) = step.quotientAndRemainder(dividingBy: folded.period)
        let damping = 1 / (1 + leverages[block]).squareRoot()
        return (0..<Self.pathCount).map { path in
          let period = draws.index(path, dimension: 0, of: noise.periodCount)
          let level = paths[block][path] * folded.shape[phase]
          let value = level * (1 + damping * noise.deviation(phase: phase, period: period))
          return bounds.clamped((value - shift) * unit)
        }
      }, quantileLevels: quantileLevels)
  }

  private func seasons(of history: SeriesHistory) -> [Int] {
    switch history.frequency {
    case .day: [7, 365]
    case .businessDay: [5, 260]
    default: history.frequency.seasonLengths
    }
  }

  /// Returns the unit in which the largest absolute value is between 1 and 1e9: 1 for most series.
  private static func unit(of values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest / min(max(largest, 1), 1e9)
  }
}

/// The range that forecasts don't leave, and the whole numbers if all known values are.
private struct SupportBounds {
  let lowest: Double
  let highest: Double
  let roundsToIntegers: Bool

  /// Creates bounds: the smallest value, and the largest of the last 50 values, or of twice the
  /// horizon, plus the range of those.
  init(_ history: SeriesHistory, horizon: Int) {
    let recent = history.values.suffix(max(2 * horizon, 50))
    lowest = history.values.min()!
    highest = recent.max()! + (recent.max()! - recent.min()!)
    roundsToIntegers = history.known.allSatisfy { $0 == $0.rounded() }
  }

  func clamped(_ value: Double) -> Double {
    let inside = max(min(value, highest), lowest)
    return roundsToIntegers ? inside.rounded(.toNearestOrEven) : inside
  }
}

extension SeriesForecast {
  /// Creates a forecast from the S equally likely values of each step, with its own quantiles if
  /// there are levels.
  fileprivate init(steps: some Collection<[Double]>, quantileLevels: [Double]) {
    var mean: [Double] = []
    var deviation: [Double] = []
    var quantiles: [Double] = []
    for values in steps {
      let average = values.reduce(0, +) / Double(values.count)
      mean.append(average)
      deviation.append(rootMeanSquare(values.lazy.map { $0 - average }, count: values.count))
      if !quantileLevels.isEmpty { quantiles += values.sorted().quantiles(quantileLevels) }
    }
    self.init(mean: mean, deviation: deviation)
    self.quantiles = quantileLevels.isEmpty ? nil : quantiles
  }
}
