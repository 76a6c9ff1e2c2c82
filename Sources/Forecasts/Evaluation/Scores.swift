/// The scores of a forecast over a set of observed steps.
///
/// Errors are e = forecast − actual, over all n observed steps. Undefined scores are nil, never
/// NaN. Scores of quantiles are nil if the forecast has none.
///
/// A value stores sums, so that the scores of several series, steps, or windows can be pooled with
/// ``add(_:)``.
public struct Scores: Equatable, Sendable {
  private(set) var sums = ErrorSums()
  private(set) var scaled = ScaledMeans()
  /// The weighted means over series and over the levels of a hierarchy.
  var weighted = WeightedMeans()

  /// Creates the scores of an empty set of steps, all of which are undefined.
  public init() {}

  /// Creates the scores of steps of one series.
  init(_ sums: ErrorSums, scaledBy scale: ErrorScale) {
    self.sums = sums
    scaled = ScaledMeans(sums, scaledBy: scale)
  }

  /// Adds the scores of other steps or series.
  ///
  /// The sum has the MAE, RMSE, WAPE, bias, and the like of all steps. Its scaled errors are means
  /// over the series that have them, or over their windows.
  public mutating func add(_ other: Scores) {
    sums.add(other.sums)
    scaled.add(other.scaled)
    weighted.add(other.weighted)
  }
}

/// Scores of the mean.
extension Scores {
  /// The number of scored steps, n.
  public var count: Int { sums.count }
  /// The mean absolute error, Σ|e| / n, in units of the target.
  public var mae: Double? { sums.mean(sums.absolute) }
  /// The root mean squared error, √(Σe² / n), in units of the target.
  public var rmse: Double? { sums.mean(sums.squared)?.squareRoot() }
  /// The mean error, Σe / n, in units of the target. It is positive if the forecast is too high.
  public var bias: Double? { sums.mean(sums.signed) }
  /// The weighted absolute percentage error, Σ|e| / Σ|actual|, as a ratio, or nil if nothing was
  /// sold.
  public var wape: Double? {
    sums.actualMagnitude > 0 ? sums.absolute / sums.actualMagnitude : nil
  }
  /// The mean absolute percentage error, the mean of |e| / |actual|, as a ratio.
  ///
  /// Steps at which nothing was sold are skipped, as in utilsforecast; scikit-learn divides by 2⁻⁵²
  /// instead. It is nil if there are no other steps.
  public var mape: Double? { sums.percentage.value }
  /// The symmetric mean absolute percentage error, the mean of |e| / (|forecast| + |actual|), as a
  /// ratio from 0 to 1. A step at which both are 0 counts as 0. This is the definition of
  /// utilsforecast; other definitions are twice as large.
  public var smape: Double? { sums.mean(sums.symmetricRatio) }
  /// The mean absolute scaled error: the MAE divided by that of the seasonal naive forecast in the
  /// history (Hyndman & Koehler 2006), or nil if that scale is 0 or undefined.
  public var mase: Double? { scaled.mase.value }
  /// The root mean squared scaled error: like the MASE, but the root of a ratio of squared errors.
  /// It is nil in the same cases.
  public var rmsse: Double? { scaled.rmsse.value }
  /// The weighted root mean squared scaled error of the M5 competition, or nil for scores without
  /// weights.
  ///
  /// The error of a series is scaled by the mean squared change from step to step since its first
  /// sale. The score is the weighted mean over series, and the mean over the levels of a
  /// ``Hierarchy`` (Makridakis, Spiliotis & Assimakopoulos 2022).
  public var wrmsse: Double? { weighted.rmsse.value }
}

/// Scores of quantiles.
extension Scores {
  /// The Q levels of the scored quantiles, in ascending order.
  public var levels: [Double] { sums.quantiles.grid.levels }
  /// The nominal coverages of the central intervals between them, widest first: 0.95, 0.8.
  public var coverages: [Double] { sums.quantiles.grid.intervals.map(\.coverage) }

  /// Returns the mean pinball loss at a level p, in units of the target: the mean of
  /// max(p · d, (p − 1) · d) with d = actual − quantile. It is nil if the forecast lacks the level.
  public func pinball(at level: Double) -> Double? {
    sums.quantiles.grid.place(of: level).map { sums.quantiles.meanPinballs[$0] }
  }
  /// The mean pinball loss over all levels, in units of the target.
  public var meanPinball: Double? { sums.quantiles.meanPinball }
  /// The continuous ranked probability score, in units of the target, computed as twice the mean
  /// pinball loss.
  ///
  /// The score is the integral of twice the pinball loss over all levels between 0 and 1. The
  /// approximation is close if the forecast has many evenly spaced levels.
  public var crps: Double? { meanPinball.map { 2 * $0 } }
  /// The weighted quantile loss: the mean over all levels of 2 · Σ(pinball loss) / Σ|actual|, as a
  /// ratio, or nil if nothing was sold. This is GluonTS's mean weighted quantile loss.
  public var weightedQuantileLoss: Double? {
    let quantiles = sums.quantiles
    guard quantiles.actualMagnitude > 0 else { return nil }
    let losses = quantiles.pinball.map { 2 * $0 / quantiles.actualMagnitude }
    return losses.reduce(0, +) / Double(losses.count)
  }
  /// Returns the share of actual values within the central interval of a nominal coverage,
  /// including its ends, or nil if the forecast lacks the interval.
  public func coverage(of nominal: Double) -> Double? {
    interval(nominal).map { Double($0.covered) / Double(sums.quantiles.count) }
  }
  /// Returns the mean width of the central interval of a nominal coverage, in units of the target,
  /// or nil if the forecast lacks the interval.
  public func width(of nominal: Double) -> Double? {
    interval(nominal).map { $0.width / Double(sums.quantiles.count) }
  }
  /// Returns the mean scaled interval score of the central interval of a nominal coverage c, or nil
  /// if the forecast lacks the interval or no series has a scale.
  ///
  /// The interval score is the width, plus 2 / (1 − c) times the distance of a value outside the
  /// interval (Gneiting & Raftery 2007). It is divided by the scale of the MASE.
  public func msis(of nominal: Double) -> Double? {
    sums.quantiles.grid.place(ofCoverage: nominal).flatMap { scaled.msis[$0].value }
  }
  /// The scaled pinball loss of the M5 competition: the mean pinball loss divided by the mean
  /// absolute change from step to step since the first sale (Makridakis et al. 2022).
  public var scaledPinball: Double? { scaled.pinball.value }
  /// The weighted scaled pinball loss: like ``wrmsse``, but of ``scaledPinball``, over the levels
  /// of the hierarchy whose sums have quantiles.
  public var weightedScaledPinball: Double? { weighted.pinball.value }

  private func interval(_ nominal: Double) -> QuantileSums.Interval? {
    sums.quantiles.grid.place(ofCoverage: nominal).map { sums.quantiles.intervals[$0] }
  }
}
