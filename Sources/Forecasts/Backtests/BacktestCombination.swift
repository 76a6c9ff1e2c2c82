/// The combination of the models of a ``BacktestRun``, which learns from the windows that ended before.
struct BacktestCombination {
  private struct PastWindow {
    /// The end of the window in the panel.
    let end: Int
    let trial: Trial
    /// The forecasts of the models.
    let forecasts: [Forecast]
  }

  private var past: [PastWindow] = []

  /// Returns the weighted mean of the forecasts of all models for a window, and learns from the window for
  /// those that start after it.
  ///
  /// The weights come from the errors in the last earlier window, and are equal without one. Quantiles
  /// are the weighted means of those of the models. They are too wide, since errors of models partly
  /// cancel out, until they are calibrated on earlier windows, in which all series have the same weights.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts of the models for the same steps.
  ///   - trial: The history and the steps of the window.
  ///   - steps: The steps of the window in the panel.
  mutating func forecast(
    _ forecasts: [Forecast], of trial: Trial, at steps: Range<Int>
  ) throws(ForecastError) -> Forecast {
    let count = PastWindows.usualCount(seriesCount: trial.history.seriesCount)
    let earlier = past.filter { $0.end <= steps.lowerBound }.suffix(count)
    past.removeAll { $0.end < earlier.first?.end ?? 0 }
    past.append(PastWindow(end: steps.upperBound, trial: trial, forecasts: forecasts))

    guard let last = earlier.last else {
      return try CombinationWeights(equalFor: forecasts.count).combined(forecasts)
    }
    let weights = CombinationWeights(of: last.forecasts, on: last.trial.holdOut)
    let forecast = try weights.combined(forecasts)
    guard let levels = forecast.quantiles?.levels else { return forecast }
    var windows: [CalibrationWindow] = []
    for window in earlier {
      windows.append(
        try CalibrationWindow(
          forecast: weights.pooled.combined(window.forecasts), history: window.trial.history,
          actual: window.trial.holdOut.actual))
    }
    return try ForecastCalibration(windows)
      .calibrated(forecast, from: trial.history, levels: levels)
  }
}
