/// The combination of models that are calibrated on the same past windows, on which its weights are
/// chosen, too.
///
/// Its quantiles are calibrated with weights that are the same for all series, since those of each
/// series fit the errors of the windows.
package struct ConformalCombination: Sendable {
  /// The name in tables.
  package static let name = FittedCombination.name

  private let weights: CombinationWeights
  private let calibration: ForecastCalibration

  /// Creates the combination of models, at least one, from the windows of each.
  ///
  /// - Throws: `ForecastError.notFinite` if a forecast is not finite.
  package init(of models: [[CalibrationWindow]], sumLengths: [Int]) throws(ForecastError) {
    let places = models[0].indices
    weights = CombinationWeights(
      selectedOn: places.map { place in
        let window = models[0][place]
        return CombinationWindow(
          forecasts: models.map { $0[place].forecast },
          holdOut: HoldOut(
            history: window.history, actual: window.actual,
            seasonLength: window.history.calendar.frequency.seasonLength))
      })
    var windows: [CalibrationWindow] = []
    for place in places {
      windows.append(try weights.pooled.combinedWindow(of: models.map { $0[place] }))
    }
    calibration = ForecastCalibration(windows, sumLengths: sumLengths)
  }

  /// Returns the sums over consecutive blocks of steps, for each of the lengths that fits into the horizon.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts of the models before their calibration.
  ///   - history: The data known at the time, with the same series.
  ///   - levels: The levels of the quantiles, ascending between 0 and 1.
  package func sums(
    of forecasts: [Forecast], from history: Panel, levels: [Double]
  ) throws(ForecastError) -> [SumForecast] {
    try calibration.sums(of: weights.combined(forecasts), from: history, levels: levels)
  }
}

extension CombinationWeights {
  /// Returns the combined window of models that forecast the same steps.
  func combinedWindow(of models: [CalibrationWindow]) throws(ForecastError) -> CalibrationWindow {
    try CalibrationWindow(
      forecast: combined(models.map(\.forecast)), history: models[0].history,
      actual: models[0].actual)
  }
}
