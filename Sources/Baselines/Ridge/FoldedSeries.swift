import Tensor
internal import RealModule

/// A series of positive values that is folded into M periods of P steps, with the level of each
/// period and the shape that all of them share: value = level · shape.
struct FoldedSeries {
  /// The number of steps of a period, P; 1 if no season describes the series.
  let period: Int
  /// The number of whole periods at the end of the series, M, at most 500.
  let count: Int
  /// The values of the whole periods, `[M, P]`.
  let values: ArraySlice<Double>
  /// The sum of each period, `[M]`, reduced to the part that is not noise.
  let levels: [Double]
  /// The share of each step in the sum of its period, `[P]`: the mean of the last two periods.
  let shape: [Double]
  /// The lengths of longer seasons in periods, ascending, if the series has two of them.
  let lags: [Int]

  private static let largestCount = 500
  private static let smallestCount = 3

  /// Folds a series by one of several season lengths.
  ///
  /// Each season length is judged by the Bayesian information criterion of a product of levels and a
  /// shape, the first singular triple of the folded series, against a constant.
  init(_ values: [Double], seasons: [Int]) {
    var best = Fold(constant: values)
    let candidates = seasons.filter { $0 >= 2 && values.count / $0 >= Self.smallestCount }
    if let shortest = candidates.first {
      let recent = values.suffix(Self.largestCount * shortest)
      best = Fold(constant: Array(recent))
      for period in candidates where recent.count / period >= Self.smallestCount {
        if let fold = Fold(recent, period: period), fold.criterion < best.criterion { best = fold }
      }
    }
    var count = min(values.count / best.period, Self.largestCount)
    var lags = Self.lags(
      of: candidates.isEmpty ? [] : seasons, period: best.period, count: count)
    // Leave-one-out errors are reliable with two periods for each coefficient.
    let rows = count - (lags.last ?? 1)
    if best.period > 1, rows < 2 * (lags.isEmpty ? 3 : 4) {
      best = Fold(constant: values)
      count = min(values.count, Self.largestCount)
      lags = []
    }
    if best.period == 1, let season = seasons.first, season >= 2, season <= count / 2,
      !lags.contains(season)
    {
      lags = [season]
    }

    let period = best.period
    let folded = values.suffix(count * period)
    let sums = (0..<count).map { place in
      (0..<period).reduce(0.0) { $0 + folded[folded.startIndex + place * period + $1] }
    }
    let recent = max(count - 2, 0)..<count
    let shares = (0..<period).map { phase in
      recent.reduce(0.0) {
        $0 + folded[folded.startIndex + $1 * period + phase] / sums[$1]
      } / Double(recent.count)
    }
    let whole = shares.reduce(0, +)
    let shrinkage = SingularValueShrinkage.factor(
      best.singularValues, rows: period, columns: best.count)
    self.period = period
    self.count = count
    self.values = folded
    self.lags = lags
    levels = sums.map { $0 * shrinkage }
    shape = shares.map { $0 / whole }
  }

  /// Returns the lengths of the seasons that are longer than a period, in periods, if there are two
  /// of them.
  private static func lags(of seasons: [Int], period: Int, count: Int) -> [Int] {
    seasons.filter { $0 > period }.map { $0 / period }.filter { 2 <= $0 && $0 <= count / 2 }
  }
}

/// A way to fold a series.
private struct Fold {
  let period: Int
  /// The number of periods.
  let count: Int
  /// The singular values of the folded series, in descending order, or none for a constant.
  let singularValues: [Double]
  /// The Bayesian information criterion.
  let criterion: Double

  /// The series as a constant.
  init(constant values: [Double]) {
    let steps = Double(values.count)
    let mean = values.reduce(0, +) / steps
    period = 1
    count = values.count
    singularValues = []
    criterion = Self.criterion(
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }, steps: steps, parameters: 1)
  }

  /// The series as periods of several steps, or nil if it has values that are not finite.
  init?(_ values: ArraySlice<Double>, period: Int) {
    count = values.count / period
    let matrix = Tensor(shape: [count, period], scalars: Array(values.suffix(count * period)))
    guard let spectrum = try? svd(matrix).s.scalars else { return nil }
    self.period = period
    singularValues = Array(spectrum)
    criterion = Self.criterion(
      singularValues.dropFirst().reduce(0) { $0 + $1 * $1 }, steps: Double(count * period),
      parameters: Double(period + count - 1))
  }

  private static func criterion(_ squares: Double, steps: Double, parameters: Double) -> Double {
    steps * .log(max(squares / steps, 1e-30)) + parameters * .log(steps)
  }
}
