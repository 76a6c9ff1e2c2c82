/// Means over series of scaled errors.
struct ScaledMeans: Equatable, Sendable {
  /// By the seasonal scale.
  private(set) var mase = WeightedMean()
  private(set) var rmsse = WeightedMean()
  /// One for each central interval.
  private(set) var msis: [WeightedMean] = []
  /// By the scale of the M5 competition.
  private(set) var stepwiseRMSSE = WeightedMean()
  private(set) var pinball = WeightedMean()

  init() {}

  /// Creates the scaled errors of one series.
  init(_ sums: ErrorSums, scaledBy scale: ErrorScale) {
    guard sums.count > 0 else { return }
    mase.add(sums.mean(sums.absolute), over: scale.seasonal.absolute)
    rmsse.add(root: sums.mean(sums.squared), over: scale.seasonal.squared)
    stepwiseRMSSE.add(root: sums.mean(sums.squared), over: scale.stepwise.squared)
    pinball.add(sums.quantiles.meanPinball, over: scale.stepwise.absolute)
    msis = sums.quantiles.intervals.map { interval in
      var mean = WeightedMean()
      mean.add(interval.score / Double(sums.quantiles.count), over: scale.seasonal.absolute)
      return mean
    }
  }

  mutating func add(_ other: ScaledMeans) {
    mase.add(other.mase)
    rmsse.add(other.rmsse)
    msis.add(other.msis)
    stepwiseRMSSE.add(other.stepwiseRMSSE)
    pinball.add(other.pinball)
  }
}

/// Weighted means over series, and over the levels of a hierarchy.
struct WeightedMeans: Equatable, Sendable {
  private(set) var rmsse = WeightedMean()
  private(set) var pinball = WeightedMean()

  init() {}

  /// Adds one series with its weight.
  mutating func add(_ series: Scores, weight: Double) {
    rmsse.add(series.scaled.stepwiseRMSSE.value, weight: weight)
    pinball.add(series.scaled.pinball.value, weight: weight)
  }

  /// Adds the means of one level of a hierarchy. All levels have the same weight.
  mutating func add(level: WeightedMeans) {
    rmsse.add(level.rmsse.value)
    pinball.add(level.pinball.value)
  }

  mutating func add(_ other: WeightedMeans) {
    rmsse.add(other.rmsse)
    pinball.add(other.pinball)
  }
}

extension WeightedMean {
  fileprivate mutating func add(_ error: Double?, over scale: Double?) {
    guard let error, let scale else { return }
    add(error / scale)
  }

  fileprivate mutating func add(root squaredError: Double?, over scale: Double?) {
    guard let squaredError, let scale else { return }
    add((squaredError / scale).squareRoot())
  }
}
