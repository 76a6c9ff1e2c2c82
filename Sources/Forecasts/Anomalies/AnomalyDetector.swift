import Tensor

/// A detector of values that a forecaster finds surprising.
///
/// The forecaster is fitted to the steps before the last windows of a panel, and forecasts each window from
/// the steps before it. The quantiles of a window are corrected by the windows before it, as those of
/// ``ForecastCalibration`` are. The score of a value is its standard normal score in the quantiles of its
/// step: 2 where a normal variable would be two standard deviations above its mean.
///
/// - Between two quantiles, the quantile function is linear in the normal score. Beyond the outermost
///   quantile, it continues with its mean slope between the median and that quantile, which is the tail of a
///   normal distribution.
/// - If several scores have the same value, as with counts, the score nearest to 0 counts. In a series of
///   whole numbers, a value covers half a unit to each side. The score of a count is at most that of a
///   negative binomial distribution with the mean and the spread of the forecast, because small counts are
///   more often far above their mean than normal variables are.
/// - Gaps, stock-outs, and closed steps are not scored.
///
/// ```swift
/// let detector = AnomalyDetector(
///   ThetaForecaster(quantileLevels: AnomalyDetector.quantileLevels()), horizon: 7)
/// let report = try detector.anomalies(in: history)
/// for anomaly in report.anomalies {
///   print(anomaly.id, anomaly.step, anomaly.value, anomaly.expected, anomaly.score)
/// }
/// ```
///
/// The result is the same on any number of threads if the forecaster's is.
public struct AnomalyDetector: Sendable {
  /// The model of what is normal.
  public let forecaster: any Forecaster
  /// The number of steps of a window, H.
  public let horizon: Int
  /// The number of windows whose values are scored, or nil for half of the panel, but at most 26 windows,
  /// and fewer for more than 770 series.
  public let windowCount: Int?
  /// The probability of a value at least as far from the median, on either side, below which the value
  /// is an anomaly.
  public let limit: Double
  /// The minimum number of observed steps of a series before a window.
  public let minimumHistory: Int

  /// The default limit: one false alarm in a thousand values.
  public static let usualLimit = 0.001

  /// Creates a detector.
  ///
  /// Stops the program if the horizon, the number of windows, or the minimum history is less than 1, or
  /// if the limit is not between 0 and 1.
  ///
  /// - Parameters:
  ///   - forecaster: The model. It should forecast the quantiles of ``quantileLevels(limit:)``. The tails
  ///     of one with fewer levels, or none, are those of normal distributions.
  ///   - horizon: The number of steps of a window.
  ///   - windowCount: The number of windows whose values are scored, or nil to choose it.
  ///   - limit: The two-sided probability below which a value is an anomaly.
  ///   - minimumHistory: The minimum number of observed steps of a series before a window, or nil for two
  ///     windows, but at least 10 steps.
  public init(
    _ forecaster: any Forecaster, horizon: Int, windowCount: Int? = nil,
    limit: Double = usualLimit, minimumHistory: Int? = nil
  ) {
    guard horizon >= 1, windowCount ?? 1 >= 1, minimumHistory ?? 1 >= 1, limit > 0, limit < 1 else {
      fatalError(
        "AnomalyDetector: expected a horizon, a windowCount, and a minimumHistory of at least 1 and a "
          + "limit between 0 and 1, got \(horizon), \(windowCount ?? 1), \(minimumHistory ?? 1), and "
          + "\(limit)")
    }
    self.forecaster = forecaster
    self.horizon = horizon
    self.windowCount = windowCount
    self.limit = limit
    self.minimumHistory = minimumHistory ?? max(2 * horizon, 10)
  }

  /// Returns the levels of the quantiles that a forecaster should have: the standard levels, and those of
  /// the tails.
  public static func quantileLevels(limit: Double = usualLimit) -> [Double] {
    Quantiles.standardLevels(including: [limit / 2, 0.005, 0.995, 1 - limit / 2])
  }

  /// Returns the anomalies in the last windows of a panel.
  ///
  /// - Throws: `ForecastError.historyTooShort` if the panel has no steps before the windows, and errors
  ///   of the forecaster.
  public func anomalies(in panel: Panel) throws -> AnomalyReport {
    let (scored, before) = windowCounts(of: panel)
    let past = PastWindows(horizon: horizon, count: scored + before, before: panel)
    let found = try past.windows(before: panel) { history in
      try forecaster.fitted(to: history) as any FittedForecaster
    } forecast: { model, history in
      (try FallbackForecaster(model: model).forecast(from: history, horizon: horizon), history)
    }
    guard let windows = found?.windows else {
      throw ForecastError.historyTooShort(
        steps: panel.calendar.count, horizon: past.count * horizon)
    }
    var report = AnomalyReport(
      limit: limit, calendar: panel.suffix(scored * horizon).calendar)
    var scoredSeries = Set<Int>()
    for place in before..<windows.count {
      let window = try ScoredWindow(
        windows[place], calibratedOn: Array(windows[place - before..<place]))
      let results = parallelMap(panel.seriesCount) { index in
        window.scores(of: index, minimumHistory: minimumHistory)
      }
      for (index, result) in results.enumerated() {
        if !result.scores.isEmpty { scoredSeries.insert(index) }
        report.add(result)
      }
    }
    report.finish(seriesCount: panel.seriesCount, scoredSeriesCount: scoredSeries.count)
    return report
  }

  /// Returns the number of windows to score, and the number of earlier windows that each is calibrated on.
  private func windowCounts(of panel: Panel) -> (scored: Int, before: Int) {
    let available = panel.calendar.count / horizon
    let usual = min(
      Self.mostWindows, max(Self.fewestWindows, Self.mostCells / max(panel.seriesCount, 1)))
    let scored = windowCount ?? max(1, min(usual, available / 2))
    let usualBefore = PastWindows.usualCount(seriesCount: panel.seriesCount)
    return (scored, max(1, min(usualBefore, (available - scored) / 2)))
  }

  /// The limits of the default number of windows.
  private static let (fewestWindows, mostWindows) = (4, 26)
  /// The approximate number of windows of single series that are forecast by default.
  private static let mostCells = 20_000
}
