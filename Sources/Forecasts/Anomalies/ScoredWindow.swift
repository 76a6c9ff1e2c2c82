/// The scores of the observed values of one series in a window.
struct SeriesAnomalyScores: Sendable {
  var scores: [Anomaly] = []
  var spreadlessCount = 0
  var earlyCount = 0
}

/// A window with calibrated quantiles, in which values are scored.
struct ScoredWindow: Sendable {
  private let history: Panel
  private let actual: Panel
  /// The forecast of the model, with its own quantiles.
  private let raw: SpreadQuantiles
  private let quantiles: SpreadQuantiles
  /// The bounds of the central interval of 95 %, `[N, H, 2]`.
  private let bounds: [Double]
  private let expected: [Double]
  private let closed: ClosedSteps

  /// Creates a window.
  ///
  /// - Parameters:
  ///   - window: The window.
  ///   - earlier: The windows before it, on which its quantiles are calibrated.
  init(_ window: CalibrationWindow, calibratedOn earlier: [CalibrationWindow]) throws {
    history = window.history
    actual = window.actual
    expected = window.forecast.values
    raw = SpreadQuantiles(window.forecast)
    quantiles = SpreadQuantiles(
      try ForecastCalibration(earlier).calibrated(
        window.forecast, from: history, levels: raw.scale.levels))
    bounds = quantiles.values(at: [0.025, 0.975])
    closed = ClosedSteps(of: actual, over: 0..<actual.calendar.count)
  }

  /// Returns the scores of a series, in the order of time.
  ///
  /// - Parameter minimumHistory: The number of observed steps that the series must have before the window.
  func scores(of index: Int, minimumHistory: Int) -> SeriesAnomalyScores {
    var result = SeriesAnomalyScores()
    let series = actual.series(at: index)
    let past = history.series(at: index)
    let isClosed = closed.marks(of: index)
    let observed = (0..<quantiles.stepCount).filter {
      series.value(at: $0) != nil && !isClosed[$0]
    }
    guard past.observedCount >= minimumHistory else {
      result.earlyCount = observed.count
      return result
    }
    let isCount = past.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() }
    for step in observed {
      let value = series.value(at: step)!
      let cell = index * quantiles.stepCount + step
      guard let score = score(of: value, in: cell, isCount: isCount && value == value.rounded())
      else {
        result.spreadlessCount += 1
        continue
      }
      result.scores.append(
        Anomaly(
          id: series.id, step: actual.calendar.label(at: step), value: value,
          expected: expected[cell], lower: bounds[2 * cell], upper: bounds[2 * cell + 1],
          score: score, probability: 2 * standardNormalProbability(below: -abs(score))))
    }
    return result
  }

  private func score(of value: Double, in cell: Int, isCount: Bool) -> Double? {
    let half = isCount ? 0.5 : 0
    let score = quantiles.scale.score(
      of: value - half...value + half, in: quantiles.quantiles(of: cell))
    guard let score, score > 0, isCount, let tail = countTail(of: value, in: cell) else {
      return score
    }
    return tail < 0.5 ? min(score, -standardNormalQuantile(max(tail, .leastNormalMagnitude))) : 0
  }

  /// Returns the probability of a count or a larger one in the negative binomial distribution with the
  /// mean and the spread of the forecast, or nil if it isn't known.
  private func countTail(of value: Double, in cell: Int) -> Double? {
    // The upper half of the model's own quantiles, because the lower half may be cut at 0.
    let own = raw.quantiles(of: cell)
    guard expected[cell] > 1e-6, let last = own.last, let score = raw.scale.scores.last, score > 0
    else { return nil }
    let mean = expected[cell]
    let deviation = max(last - raw.scale.median(of: own), 0) / score
    let excess = max(deviation * deviation - mean, 0)
    return NegativeBinomialDistribution(mean: mean, dispersion: excess / (mean * mean))
      .probability(ofAtLeast: value)
  }
}
