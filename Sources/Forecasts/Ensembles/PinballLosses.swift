/// The pinball losses of the quantiles of M models, in units of the scale of each series.
struct PinballLosses {
  /// The number of series with an observed step, of those in the sample.
  private let seriesCount: Int
  private let levels: [Double]
  /// The observed values of C steps, in units of the scale of their series.
  private var actual: [Double] = []
  /// The quantiles of each model at these steps, [C, Q], in the same units.
  private var quantiles: [[Double]]

  /// Creates the losses in all windows, or returns nil if models have no quantiles, or those at
  /// different levels, or if nothing was observed.
  init?(of windows: [CombinationWindow]) {
    let forecasts = windows.flatMap(\.forecasts)
    guard let levels = forecasts.first?.quantiles?.levels,
      forecasts.allSatisfy({ $0.quantiles?.levels == levels })
    else { return nil }
    self.levels = levels
    quantiles = Array(repeating: [], count: windows[0].forecasts.count)
    var observed: Set<String> = []
    for window in windows {
      let holdOut = window.holdOut
      let stride = max(1, holdOut.actual.seriesCount / Self.largestSample)
      for index in Swift.stride(from: 0, to: holdOut.actual.seriesCount, by: stride) {
        let series = holdOut.actual.series(at: index)
        let steps = holdOut.observedSteps(ofSeriesAt: index)
        guard !steps.isEmpty else { continue }
        observed.insert(series.id)
        let scale = holdOut.errorScale(ofSeriesAt: index)
        actual += steps.map { series.value(at: $0)! / scale }
        for (model, forecast) in window.forecasts.enumerated() {
          let all = forecast.quantiles!.values
          quantiles[model] += steps.flatMap { step in
            let first = (index * holdOut.horizon + step) * levels.count
            return all[first..<first + levels.count].map { $0 / scale }
          }
        }
      }
    }
    guard !observed.isEmpty else { return nil }
    seriesCount = observed.count
  }

  /// The selection weight of each model.
  var selection: [Double] {
    let single = quantiles.indices.map { model in
      loss(quantiles.indices.map { $0 == model ? 1 : 0 })
    }
    return selectionWeights(single, seriesCount: seriesCount, loss: loss)
  }

  /// Returns the mean loss of the weighted means of all models' quantiles.
  private func loss(_ weights: [Double]) -> Double {
    let used = weights.indices.filter { weights[$0] > 0 }
    var sum = 0.0
    for (step, actual) in actual.enumerated() {
      for (place, level) in levels.enumerated() {
        let cell = step * levels.count + place
        let quantile = used.reduce(0) { $0 + weights[$1] * quantiles[$1][cell] }
        sum += pinballLoss(of: actual - quantile, at: level)
      }
    }
    return sum / Double(actual.count * levels.count)
  }

  /// The approximate number of series that suffice.
  private static let largestSample = 2000
}
