/// A forecaster that adds calibrated quantiles to the forecasts of any other one (conformal prediction).
///
/// The model is fitted to the data before the last windows of the history, and forecasts the windows. The
/// quantiles of its forecasts are then corrected so that the share of actual values below each of them
/// equals its level; see ``ForecastCalibration``. A model without quantiles gets intervals from its
/// errors alone.
///
/// The model that forecasts is then fitted to all of the history, which takes a second fit. If ``refits``
/// is false, the first one forecasts, which has not seen the windows.
///
/// ```swift
/// let forecaster = ConformalForecaster(
///   ThetaForecaster(), horizon: 28, quantileLevels: [0.1, 0.5, 0.9])
/// let model = try forecaster.fit(history)
/// let forecast = try model.forecast(from: history, horizon: 28)
/// let week = try model.paths(from: history, horizon: 28)
///   .quantiles(ofSumOver: 0..<7, levels: [0.1, 0.9])
/// ```
///
/// Sources: Romano, Patterson & Candès 2019, Conformalized quantile regression; Lei et al. 2018,
/// Distribution-free predictive inference for regression; statsforecast, ConformalIntervals.
public struct ConformalForecaster: Forecaster {
  /// The model.
  public let base: any Forecaster
  /// The number of steps of a window, H.
  public let horizon: Int
  /// The levels of the quantiles to forecast, ascending between 0 and 1.
  public let quantileLevels: [Double]
  /// The number of windows, or nil for one or, with fewer than 200 series, up to six.
  public let windowCount: Int?
  /// A Boolean value that indicates whether the model that forecasts is also fitted to the windows.
  public let refits: Bool
  /// The numbers of steps of the sums that ``FittedConformalForecaster/sums(from:horizon:levels:)``
  /// forecasts, from 1 to the horizon.
  public let sumLengths: [Int]

  /// Creates a forecaster.
  ///
  /// Stops the program if the horizon or the number of windows is less than 1, if there are no levels,
  /// if the levels don't ascend between 0 and 1, or if a sum is longer than the horizon.
  ///
  /// - Parameters:
  ///   - base: The model. If it forecasts quantiles, such as those at ``Quantiles/standardLevels``, they
  ///     are corrected. They need not be at the levels of `quantileLevels`.
  ///   - horizon: The number of steps of a window, which is the number of steps to forecast.
  ///   - quantileLevels: The levels of the quantiles to forecast.
  ///   - windowCount: The number of windows, or nil to choose it.
  ///   - refits: A Boolean value that indicates whether the model that forecasts is also fitted to the
  ///     windows.
  ///   - sumLengths: The numbers of steps of the sums to forecast.
  public init(
    _ base: any Forecaster, horizon: Int, quantileLevels: [Double], windowCount: Int? = nil,
    refits: Bool = true, sumLengths: [Int] = []
  ) {
    guard horizon >= 1, windowCount ?? 1 >= 1, !quantileLevels.isEmpty else {
      fatalError(
        "ConformalForecaster: expected a horizon and a windowCount of at least 1, and levels, got "
          + "\(horizon), \(windowCount ?? 1), and \(quantileLevels)")
    }
    self.base = base
    self.horizon = horizon
    self.quantileLevels = checkedLevels(quantileLevels, of: "ConformalForecaster")
    self.windowCount = windowCount
    if let length = sumLengths.first(where: { !(1...horizon).contains($0) }) {
      fatalError("ConformalForecaster: expected sumLengths in 1...\(horizon), got \(length)")
    }
    self.refits = refits
    self.sumLengths = sumLengths
  }

  /// Fits the model and its calibration.
  ///
  /// - Throws: `ForecastError.historyTooShort` if the panel is too short for a window, and errors of the
  ///   model.
  public func fit(_ panel: Panel) throws -> FittedConformalForecaster {
    try fitKeepingWindows(panel).fitted
  }

  /// Fits the model and its calibration, and returns them with the windows of the calibration.
  package func fitKeepingWindows(
    _ panel: Panel
  ) throws -> (fitted: FittedConformalForecaster, windows: [CalibrationWindow]) {
    let past = PastWindows(horizon: horizon, count: windowCount, before: panel)
    let found = try past.windows(before: panel) { history in
      try base.fitted(to: history) as any FittedForecaster
    } forecast: { model, history in
      (try FallbackForecaster(model: model).forecast(from: history, horizon: horizon), history)
    }
    guard let (judged, windows) = found else {
      throw ForecastError.historyTooShort(
        steps: panel.calendar.count, horizon: horizon * max(past.count, 1))
    }
    let fitted = FittedConformalForecaster(
      model: refits ? try base.fitted(to: panel) : judged,
      calibration: ForecastCalibration(windows, sumLengths: sumLengths),
      quantileLevels: quantileLevels)
    return (fitted, windows)
  }

  public func lookback(for panel: Panel) -> Int? { base.lookback(for: panel) }
}

/// A fitted ``ConformalForecaster``.
public struct FittedConformalForecaster: FittedForecaster {
  /// The model.
  public let model: any FittedForecaster
  /// The calibration of its quantiles.
  public let calibration: ForecastCalibration
  /// The levels of the quantiles.
  public let quantileLevels: [Double]

  public var name: String { model.name }
  public var lookback: Int? { model.lookback }
  public var trainingEnd: TrainingEnd? { model.trainingEnd }

  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    try calibration.calibrated(
      model.demand(from: history, horizon: horizon), from: history, levels: quantileLevels)
  }

  /// Returns sample paths of each series.
  ///
  /// - Parameters:
  ///   - history: The data known at the time.
  ///   - horizon: The number of steps to forecast.
  ///   - count: The number of paths of each series, S.
  ///   - seed: The seed of the random numbers.
  public func paths(
    from history: Panel, horizon: Int, count: Int = ForecastCalibration.pathCount, seed: UInt64 = 0
  ) throws -> ForecastPaths {
    try calibration.paths(
      of: model.forecast(from: history, horizon: horizon), from: history, count: count, seed: seed)
  }

  /// Returns the sums over consecutive blocks of steps, for each of the forecaster's `sumLengths` that
  /// fits into the horizon. A ``Fallback`` forecasts the series that the model can't.
  ///
  /// - Parameters:
  ///   - history: The data known at the time.
  ///   - horizon: The number of steps to forecast.
  ///   - levels: The levels of the quantiles, ascending between 0 and 1.
  /// - Throws: Errors of the model.
  public func sums(
    from history: Panel, horizon: Int, levels: [Double]
  ) throws -> [SumForecast] {
    try calibration.sums(
      of: uncalibratedForecast(from: history, horizon: horizon), from: history, levels: levels)
  }

  /// Returns the forecast of the model, with a ``Fallback`` for the series that it can't forecast.
  package func uncalibratedForecast(from history: Panel, horizon: Int) throws -> Forecast {
    try FallbackForecaster(model: model).forecast(from: history, horizon: horizon)
  }
}
