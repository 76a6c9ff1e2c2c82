/// The errors of a forecast over a set of observed steps.
///
/// Errors are e = forecast − actual, over all n observed steps. Undefined scores are nil, never
/// NaN.
public struct Scores: Equatable, Sendable {
  /// The number of scored steps, n.
  public let count: Int
  /// The mean absolute error, Σ|e| / n, in units of the target.
  public let mae: Double?
  /// The root mean squared error, √(Σe² / n), in units of the target.
  public let rmse: Double?
  /// The mean error, Σe / n, in units of the target. It is positive if the forecast is too high.
  public let bias: Double?
  /// The weighted absolute percentage error, Σ|e| / Σ|actual|, as a ratio, or nil if nothing was
  /// sold.
  public let wape: Double?
  /// The symmetric mean absolute percentage error, the mean of |e| / (|forecast| + |actual|), as a
  /// ratio from 0 to 1. A step at which both are 0 counts as 0. This is the definition of
  /// utilsforecast; other definitions are twice as large.
  public let smape: Double?
  /// The mean absolute scaled error: the MAE divided by that of the seasonal naive forecast in the
  /// history (Hyndman & Koehler 2006), or nil if that scale is 0 or undefined.
  public let mase: Double?
  /// The root mean squared scaled error: like the MASE, but the root of a ratio of squared errors.
  /// It is nil in the same cases.
  public let rmsse: Double?
}

/// Sums from which the scores of any set of steps are computed.
struct ErrorSums {
  private var count = 0
  private var absolute = 0.0
  private var squared = 0.0
  private var signed = 0.0
  private var actualMagnitude = 0.0
  private var symmetricRatio = 0.0

  mutating func add(forecast: Double, actual: Double) {
    let error = forecast - actual
    let magnitude = abs(forecast) + abs(actual)
    count += 1
    absolute += abs(error)
    squared += error * error
    signed += error
    actualMagnitude += abs(actual)
    symmetricRatio += magnitude > 0 ? abs(error) / magnitude : 0
  }

  mutating func add(_ other: ErrorSums) {
    count += other.count
    absolute += other.absolute
    squared += other.squared
    signed += other.signed
    actualMagnitude += other.actualMagnitude
    symmetricRatio += other.symmetricRatio
  }

  /// Returns the scores of one series, scaled by its own history.
  func scores(scaledBy scale: NaiveErrorScale) -> Scores {
    let mase = mean(absolute).flatMap { error in scale.absolute.map { error / $0 } }
    let rmsse = mean(squared).flatMap { error in scale.squared.map { (error / $0).squareRoot() } }
    return scores(mase: mase, rmsse: rmsse)
  }

  /// Returns the scores of a set of series, whose scaled errors have been averaged.
  func scores(mase: Double?, rmsse: Double?) -> Scores {
    Scores(
      count: count, mae: mean(absolute), rmse: mean(squared)?.squareRoot(), bias: mean(signed),
      wape: actualMagnitude > 0 ? absolute / actualMagnitude : nil, smape: mean(symmetricRatio),
      mase: mase, rmsse: rmsse)
  }

  private func mean(_ sum: Double) -> Double? { count > 0 ? sum / Double(count) : nil }
}

/// The in-sample error of the seasonal naive forecast, which scaled errors are divided by.
struct NaiveErrorScale {
  /// The mean of |y(t) − y(t − m)|, or nil if it is 0 or there is no such pair.
  let absolute: Double?
  /// The mean of (y(t) − y(t − m))², or nil in the same cases.
  let squared: Double?

  /// Creates the scale of a history, over all pairs of observed steps that are m steps apart.
  init(of history: Series, seasonLength: Int) {
    var pairs = 0
    var absoluteSum = 0.0
    var squaredSum = 0.0
    for later in history.values.indices.dropFirst(seasonLength)
    where history.observed[later] && history.observed[later - seasonLength] {
      let change = history.values[later] - history.values[later - seasonLength]
      pairs += 1
      absoluteSum += abs(change)
      squaredSum += change * change
    }
    absolute = absoluteSum > 0 ? absoluteSum / Double(pairs) : nil
    squared = squaredSum > 0 ? squaredSum / Double(pairs) : nil
  }
}
