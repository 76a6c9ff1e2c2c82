import Tensor

/// A past forecast and the actual values, on which quantiles are calibrated.
public struct CalibrationWindow: Sendable {
  /// The data known at the time of the forecast.
  let history: Panel
  /// The forecast, with at least two quantile levels.
  let forecast: Forecast
  /// The actual values.
  let actual: Panel

  /// Creates a window.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of a model that was not trained on the window. If it has fewer than two
  ///     quantile levels, normal distributions take their place, with the mean absolute change of each
  ///     series from season to season as standard deviation.
  ///   - history: The data known at the time, with the same series.
  ///   - actual: The actual values of the same series and steps. Otherwise, stops the program.
  /// - Throws: `ForecastError.notFinite` if a quantile is not finite.
  public init(forecast: Forecast, history: Panel, actual: Panel) throws(ForecastError) {
    guard forecast.ids == history.ids, forecast.ids == actual.ids,
      forecast.calendar == actual.calendar
    else {
      fatalError(
        "CalibrationWindow: expected a history and actual values of the forecast's series, on its "
          + "\(forecast.horizon) steps from \(forecast.calendar.start)")
    }
    self.history = history
    self.actual = actual
    self.forecast = try forecast.withQuantiles(from: history)
  }
}

/// A calibration of a model's quantiles on past windows (conformal prediction).
///
/// It corrects the quantiles of each step so that the share of past values below each of them equals its
/// level. It also estimates the dependence between steps, for sample paths, and corrects the quantiles of
/// sums that follow from it. The forecast of an autoregressive network has the dependence of its own sample
/// paths instead.
///
/// A model that was trained on the windows has smaller errors there than in the future, and its intervals
/// would be too narrow. Use a model that was trained on the data before the windows.
public struct ForecastCalibration: Sendable {
  /// The number of windows.
  public let windowCount: Int
  /// The numbers of steps of the sums to forecast.
  public let sumLengths: [Int]
  /// The step at which the first sum starts.
  public let sumStart: Int
  /// The default number of sample paths.
  public static let pathCount = 500

  /// The levels of the quantiles that are corrected.
  private let scale: QuantileScale?
  private let steps: QuantileCorrection?
  private let dependence: StepDependence?
  private let sums: [Int: QuantileCorrection]

  /// Creates a calibration on past windows of a model. Without windows, it changes no quantile, and
  /// steps are independent.
  ///
  /// - Parameters:
  ///   - windows: The windows. Stops the program if their numbers of steps differ.
  ///   - sumLengths: The numbers of steps of the sums to forecast.
  ///   - sumStart: The step at which the first sum starts.
  public init(_ windows: [CalibrationWindow], sumLengths: [Int] = [], sumStart: Int = 0) {
    windowCount = windows.count
    self.sumLengths = sumLengths
    self.sumStart = sumStart
    guard let first = windows.first?.forecast else {
      (scale, steps, dependence, sums) = (nil, nil, nil, [:])
      return
    }
    if let other = windows.first(where: { $0.forecast.horizon != first.horizon }) {
      fatalError(
        "ForecastCalibration: expected windows of the same length, got \(first.horizon) and "
          + "\(other.forecast.horizon) steps")
    }
    let scale = SpreadQuantiles(first).scale
    let quantiles = windows.map { SpreadQuantiles($0.forecast).expressed(at: scale) }
    let actual = windows.map { $0.actual.observedValues() }
    let steps = QuantileCorrection(Array(zip(quantiles, actual)))
    let corrected = zip(windows, quantiles).map { window, quantiles in
      steps.applied(to: quantiles).raised(where: window.history.neverNegative)
    }
    let dependence = StepDependence(
      zip(corrected, actual).flatMap { $0.scores(of: $1) },
      seasonLength: first.calendar.frequency.seasonLength)
    (self.scale, self.steps, self.dependence) = (scale, steps, dependence)
    var sums: [Int: QuantileCorrection] = [:]
    for length in sumLengths where sumStart + length <= first.horizon {
      sums[length] = QuantileCorrection(
        zip(windows, corrected).map { window, quantiles in
          let drawing = PathDrawing(
            quantiles, dependence, ranks: window.forecast.ranks, count: Self.pathCount, seed: 0,
            isNeverNegative: window.history.neverNegative)
          return (
            drawing.sums(over: length, from: sumStart),
            window.actual.sums(over: length, from: sumStart)
          )
        })
    }
    self.sums = sums
  }

  /// Returns a forecast with corrected quantiles at the given levels.
  ///
  /// The mean does not change. The quantiles of a step ascend, and are not negative if the history of
  /// the series is not.
  ///
  /// - Parameters:
  ///   - forecast: A forecast of the model. It can have more steps than the windows, to which the
  ///     correction of the last step applies.
  ///   - history: The data known at the time, with the same series.
  ///   - levels: The levels, ascending between 0 and 1.
  /// - Throws: `ForecastError.notFinite` if a quantile is not finite.
  public func calibrated(
    _ forecast: Forecast, from history: Panel, levels: [Double]
  ) throws(ForecastError) -> Forecast {
    let quantiles = try corrected(forecast, history)
    return try Forecast(
      ids: forecast.ids, calendar: forecast.calendar, values: forecast.values,
      quantiles: Quantiles(levels: levels, values: quantiles.values(at: levels, history)),
      fallbacks: forecast.fallbacks)
  }

  /// Returns sample paths of a forecast, with corrected quantiles at each step.
  ///
  /// - Parameters:
  ///   - forecast: A forecast of the model.
  ///   - history: The data known at the time, with the same series.
  ///   - count: The number of paths of each series, S.
  ///   - seed: The seed of the random numbers.
  public func paths(
    of forecast: Forecast, from history: Panel, count: Int = pathCount, seed: UInt64 = 0
  ) throws(ForecastError) -> ForecastPaths {
    guard count >= 1 else {
      fatalError("ForecastCalibration.paths: expected a count of at least 1, got \(count)")
    }
    let drawing = try drawing(forecast, history, count: count, seed: seed)
    return ForecastPaths(drawing, ids: forecast.ids, calendar: forecast.calendar)
  }

  /// Returns the sums of a forecast over blocks of steps from ``sumStart`` on, for each of ``sumLengths`` that
  /// fits into its horizon.
  ///
  /// - Parameters:
  ///   - forecast: A forecast of the model.
  ///   - history: The data known at the time, with the same series.
  ///   - levels: The levels of the quantiles, ascending between 0 and 1.
  public func sums(
    of forecast: Forecast, from history: Panel, levels: [Double]
  ) throws(ForecastError) -> [SumForecast] {
    guard !sumLengths.isEmpty else { return [] }
    let drawing = try drawing(forecast, history, count: Self.pathCount, seed: 0)
    return sumLengths.filter { sumStart + $0 <= forecast.horizon }.map { length in
      let raw = drawing.sums(over: length, from: sumStart)
      let quantiles = sums[length]?.applied(to: raw) ?? raw
      return SumForecast(
        ids: forecast.ids, calendar: forecast.calendar.slice(sumStart..<forecast.horizon),
        length: length, values: forecast.sums(over: length, from: sumStart),
        quantiles: Quantiles(levels: levels, values: quantiles.values(at: levels, history)))
    }
  }

  private func corrected(
    _ forecast: Forecast, _ history: Panel
  ) throws(ForecastError) -> SpreadQuantiles {
    var quantiles = SpreadQuantiles(try forecast.withQuantiles(from: history))
    if let scale { quantiles = quantiles.expressed(at: scale) }
    return (steps?.applied(to: quantiles) ?? quantiles).raised(where: history.neverNegative)
  }

  private func drawing(
    _ forecast: Forecast, _ history: Panel, count: Int, seed: UInt64
  ) throws(ForecastError) -> PathDrawing {
    PathDrawing(
      try corrected(forecast, history),
      dependence ?? StepDependence(seasonLength: history.calendar.frequency.seasonLength),
      ranks: forecast.ranks, count: count, seed: seed, isNeverNegative: history.neverNegative)
  }
}

extension SpreadQuantiles {
  /// Returns the quantiles at the given levels, without negative ones for series that have none.
  fileprivate func values(at levels: [Double], _ history: Panel) -> [Double] {
    let isNeverNegative = history.neverNegative
    let width = stepCount * levels.count
    return values(at: levels).enumerated().map { place, value in
      value < 0 && isNeverNegative[place / width] ? 0 : value
    }
  }

  /// Returns the scores of actual values for each series, [K] each, with NaN where nothing was
  /// observed or the spread is 0.
  fileprivate func scores(of actual: [Double]) -> [[Double]] {
    let rowStride = max(1, seriesCount / Self.largestSample)
    var generator = Xoshiro256(seed: 0)
    return stride(from: 0, to: seriesCount, by: rowStride).map { series in
      (series * stepCount..<(series + 1) * stepCount).map { cell in
        spreads[cell] > 0 && !actual[cell].isNaN
          ? scale.score(of: actual[cell], in: quantiles(of: cell), using: &generator) : .nan
      }
    }
  }

  /// The approximate number of series that suffice.
  private static let largestSample = 1000
}

extension Panel {
  /// A Boolean value for each series that indicates whether no value is negative.
  fileprivate var neverNegative: [Bool] { eachSeries.map(\.isNeverNegative) }
}
