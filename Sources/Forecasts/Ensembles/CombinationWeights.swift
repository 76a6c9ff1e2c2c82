/// The weights of models in a combined forecast of each series.
///
/// Models are selected by their errors over all series, and weighted by their errors on each series:
///
/// 1. Greedy selection by the error over all series gives each model a weight; see
///    ``selectionWeights(_:seriesCount:loss:)``.
/// 2. The weight on a series is the selection weight over (e + ē / 2)², with the model's error e on
///    the series and its mean error ē over all of them.
///
/// Errors are RMSSE, so large and small series count alike. A model with a good mean can have poor
/// quantiles. Those have selection weights of their own, by the pinball loss, for all series.
package struct CombinationWeights: Sendable {
  /// The weights of M models that apply to series without an error, with a sum of 1.
  package let general: [Double]
  /// The weights of M models for each series with an error, with a sum of 1.
  package let ofSeries: [String: [Double]]
  /// The weights of the quantiles of M models, with a sum of 1, or nil for those of the means.
  package let ofQuantiles: [Double]?

  /// Chooses weights from forecasts of steps that were observed afterwards.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts of M models, at least one, for the same series and steps.
  ///   - holdOut: The observed steps and the history that forecasts were made from.
  package init(of forecasts: [Forecast], on holdOut: HoldOut) {
    self.init(selectedOn: [CombinationWindow(forecasts: forecasts, holdOut: holdOut)])
  }

  /// Chooses weights from forecasts of several windows, at least one, whose errors count alike.
  package init(selectedOn windows: [CombinationWindow]) {
    let errors = ScaledErrors(of: windows)
    guard !errors.ids.isEmpty else {
      self.init(equalFor: windows[0].forecasts.count)
      return
    }
    let selection = errors.selection
    let means = errors.means
    var ofSeries: [String: [Double]] = [:]
    for (row, id) in errors.ids.enumerated() {
      let weights = selection.indices.map { model in
        let damped = max(errors.error(of: model, at: row) + means[model] / 2, smallestError)
        return selection[model] / (damped * damped)
      }
      let sum = weights.reduce(0, +)
      ofSeries[id] = weights.map { $0 / sum }
    }
    self.init(
      general: selection, ofSeries: ofSeries, ofQuantiles: PinballLosses(of: windows)?.selection)
  }

  /// Weights that are the same for M models and all series.
  package init(equalFor count: Int) {
    self.init(proportionalTo: Array(repeating: 1, count: count))
  }

  /// Weights of M models in proportion to counts, which are the same for all series.
  package init(proportionalTo counts: [Int]) {
    let total = Double(counts.reduce(0, +))
    self.init(general: counts.map { Double($0) / total }, ofSeries: [:])
  }

  /// The weights that leave only one of M models.
  package init(only model: Int, of count: Int) {
    self.init(general: (0..<count).map { $0 == model ? 1 : 0 }, ofSeries: [:])
  }

  /// The weights that apply to all series alike.
  ///
  /// Weights of series lower the errors on the very steps that they were chosen on. These few weights
  /// hardly do, so that quantiles can be calibrated on such steps, too.
  package var pooled: CombinationWeights {
    CombinationWeights(general: general, ofSeries: [:], ofQuantiles: ofQuantiles)
  }

  init(general: [Double], ofSeries: [String: [Double]], ofQuantiles: [Double]? = nil) {
    self.general = general
    self.ofSeries = ofSeries
    self.ofQuantiles = ofQuantiles
  }

  /// Returns the weighted mean of the forecasts of M models for the same series and steps.
  ///
  /// Quantiles are the weighted means of the quantiles at each level, if all models have the same
  /// levels (Lichtendahl et al. 2013, Is it better to average probabilities or quantiles?).
  package func combined(_ forecasts: [Forecast]) throws(ForecastError) -> Forecast {
    let first = forecasts[0]
    let levels = first.quantiles?.levels
    let hasQuantiles = levels != nil && forecasts.allSatisfy { $0.quantiles?.levels == levels }
    return try Forecast(
      ids: first.ids, calendar: first.calendar,
      values: combined(forecasts.map(\.values), ids: first.ids),
      quantiles: hasQuantiles
        ? Quantiles(
          levels: levels!,
          values: combined(
            forecasts.map { $0.quantiles!.values }, ids: first.ids, weights: ofQuantiles))
        : nil)
  }

  /// Returns the weighted mean of values, row-major with a row for each id, with the given weights or
  /// those of the series.
  private func combined(
    _ values: [[Double]], ids: [String], weights: [Double]? = nil
  ) -> [Double] {
    let width = values[0].count / max(1, ids.count)
    return ids.indices.flatMap { row in
      let weights = weights ?? ofSeries[ids[row]] ?? general
      return (row * width..<(row + 1) * width).map { place in
        zip(weights, values).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1[place] }
      }
    }
  }
}
