/// The quantiles to forecast in a run, and the windows on which those of a model are calibrated.
struct RunIntervals {
  let levels: [Double]
  let sumLengths: [Int]
  /// The step at which the first sum starts.
  let sumStart: Int
  /// The levels of the quantiles of sums.
  let sumLevels: [Double]
  /// The windows, the oldest first.
  var windows: [CalibrationWindow]

  /// Returns a forecast with calibrated quantiles, and the forecasts of sums.
  func quantiles(
    of forecast: Forecast, from history: Panel
  ) throws -> (forecast: Forecast, sums: [SumForecast]) {
    let calibration = ForecastCalibration(
      windows, sumLengths: sumLengths, sumStart: sumStart)
    return (
      try calibration.calibrated(forecast, from: history, levels: levels),
      try calibration.sums(of: forecast, from: history, levels: sumLevels)
    )
  }
}

/// A model of a run with its own quantiles, and the windows on which they are to be calibrated.
struct JudgedModel {
  let result: ModelResult
  /// The windows before the held-out steps, the oldest first.
  let windows: [CalibrationWindow]

  /// Returns the windows of a combination of models, or none if the models have different ones.
  static func windows(
    of models: [JudgedModel], _ weights: CombinationWeights
  ) throws -> [CalibrationWindow] {
    let first = models[0].windows
    guard models.allSatisfy({ $0.windows.count == first.count }) else { return [] }
    return try first.indices.map { place in
      try weights.combinedWindow(of: models.map { $0.windows[place] })
    }
  }
}
