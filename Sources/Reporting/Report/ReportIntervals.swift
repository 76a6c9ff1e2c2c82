import Forecasts

/// The quantiles of the forecasts of a page, calibrated on its past windows.
struct ReportIntervals {
  /// The forecast with quantiles.
  let forecast: Forecast
  /// For each series, the sum over all steps with its bounds, `[N, 3]`. The bounds are widened to
  /// include the sum if past errors all had one sign.
  let totals: [[Double]]
  /// For each series, the sum over each period with its bounds, `[N, B, 3]`.
  let periods: [[[Double]]]

  /// The levels of the bounds of sums over steps: a central interval of 80 %.
  static let boundLevels = [0.1, 0.9]

  /// Creates the intervals.
  ///
  /// - Parameters:
  ///   - next: The forecast after the panel. Its own quantiles, if it has any, are kept.
  ///   - panel: All known data of the same series.
  ///   - past: The forecasts of past windows.
  ///   - levels: The levels of the quantiles of a step.
  ///   - periodLength: The number of steps of a period.
  init(
    of next: Forecast, from panel: Panel, past: [Forecast], levels: [Double], periodLength: Int
  ) throws(ForecastError) {
    var windows: [CalibrationWindow] = []
    // Windows of a calibration have the same length.
    for forecast in past where forecast.horizon == past[0].horizon {
      let first = forecast.calendar.firstNumber - panel.calendar.firstNumber
      windows.append(
        try CalibrationWindow(
          forecast: forecast, history: panel.slice(0..<first),
          actual: panel.slice(first..<first + forecast.horizon)))
    }
    let lengths = periodLength < next.horizon ? [next.horizon, periodLength] : [next.horizon]
    let calibration = ForecastCalibration(windows, sumLengths: lengths)
    let sums = try calibration.sums(of: next, from: panel, levels: Self.boundLevels)
    func bounds(_ sum: SumForecast) -> [[[Double]]] {
      sum.ids.indices.map { series in
        (0..<sum.blockCount).map { block in
          let cell = series * sum.blockCount + block
          let value = sum.values[cell]
          return [
            value, min(sum.quantiles.values[cell * 2], value),
            max(sum.quantiles.values[cell * 2 + 1], value),
          ]
        }
      }
    }
    totals = bounds(sums[0]).map { $0[0] }
    periods = bounds(sums[sums.count - 1])
    forecast =
      next.quantiles == nil
      ? try calibration.calibrated(next, from: panel, levels: levels) : next
  }
}
