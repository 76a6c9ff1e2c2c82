/// The weights of models in a combined forecast of each series.
///
/// Models are selected by their errors over all series, and weighted by their errors on each series:
///
/// 1. Greedy selection (Caruana et al. 2004): starting from none, the model that lowers the error of
///    the mean forecast most joins ten times. Its share of the ten is its selection weight. With few
///    series, selection weights are pulled towards those of inverse squared errors.
/// 2. The weight on a series is the selection weight over (e + ē / 2)², with the model's error e on
///    the series and its mean error ē over all of them.
///
/// Errors are RMSSE, so large and small series count alike.
package struct CombinationWeights: Sendable {
  /// The weights of M models that apply to series without an error, with a sum of 1.
  package let general: [Double]
  /// The weights of M models for each series with an error, with a sum of 1.
  package let ofSeries: [String: [Double]]

  /// Chooses weights from forecasts of steps that were observed afterwards.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts of M models, at least one, for the same series and steps.
  ///   - holdOut: The observed steps and the history that forecasts were made from.
  package init(of forecasts: [Forecast], on holdOut: HoldOut) {
    let errors = ScaledErrors(of: forecasts, on: holdOut)
    guard !errors.ids.isEmpty else {
      self.init(equalFor: forecasts.count)
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
    self.init(general: selection, ofSeries: ofSeries)
  }

  /// Weights that are the same for M models and all series.
  package init(equalFor count: Int) {
    self.init(general: Array(repeating: 1 / Double(count), count: count), ofSeries: [:])
  }

  private init(general: [Double], ofSeries: [String: [Double]]) {
    self.general = general
    self.ofSeries = ofSeries
  }

  /// Returns the weighted mean of the forecasts of M models for the same series and steps.
  ///
  /// Quantiles are the weighted means of the quantiles at each level, if all models have the same
  /// levels.
  package func combined(_ forecasts: [Forecast]) throws(ForecastError) -> Forecast {
    let first = forecasts[0]
    let levels = first.quantiles?.levels
    let hasQuantiles = levels != nil && forecasts.allSatisfy { $0.quantiles?.levels == levels }
    return try Forecast(
      ids: first.ids, calendar: first.calendar,
      values: combined(forecasts.map(\.values), ids: first.ids),
      quantiles: hasQuantiles
        ? Quantiles(
          levels: levels!, values: combined(forecasts.map { $0.quantiles!.values }, ids: first.ids))
        : nil)
  }

  /// Returns the weighted mean of values, row-major with a row for each id.
  private func combined(_ values: [[Double]], ids: [String]) -> [Double] {
    let width = values[0].count / max(1, ids.count)
    return ids.indices.flatMap { row in
      let weights = ofSeries[ids[row]] ?? general
      return (row * width..<(row + 1) * width).map { place in
        zip(weights, values).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1[place] }
      }
    }
  }
}

/// An error that counts as none. Its square can be inverted.
private let smallestError = 1e-100

/// The errors of M models in units of the scale of each series.
private struct ScaledErrors {
  /// The series that have an observed step.
  let ids: [String]
  /// The errors of M models at the observed steps of each series.
  private let errors: [[[Double]]]

  init(of forecasts: [Forecast], on holdOut: HoldOut) {
    var ids: [String] = []
    var errors: [[[Double]]] = []
    for index in holdOut.actual.ids.indices {
      let actual = holdOut.actual.series(at: index)
      let steps = (0..<holdOut.horizon).filter { actual.value(at: $0) != nil }
      guard !steps.isEmpty else { continue }
      let scale = Self.scale(of: holdOut.history.series(at: index), holdOut.seasonLength)
      ids.append(actual.id)
      errors.append(
        forecasts.map { forecast in
          let values = forecast.values(at: index)
          return steps.map { step in
            (values[values.startIndex + step] - actual.value(at: step)!) / scale
          }
        })
    }
    self.ids = ids
    self.errors = errors
  }

  /// Returns the scale of the RMSSE or, if it is undefined, the root mean square of the history or 1.
  private static func scale(of history: Series, _ seasonLength: Int) -> Double {
    if let squared = ErrorScale(of: history, seasonLength: seasonLength).seasonal.squared {
      return squared.squareRoot()
    }
    let size = rootMeanSquare(
      history.values.indices.lazy.filter { history.observed[$0] }.map { history.values[$0] })
    return size > 0 ? size : 1
  }

  private var modelCount: Int { errors[0].count }

  /// Returns the RMSSE of a model on the series in a row.
  func error(of model: Int, at row: Int) -> Double { rootMeanSquare(errors[row][model]) }

  /// The mean RMSSE of each model.
  var means: [Double] {
    (0..<modelCount).map { model in
      errors.reduce(0) { $0 + rootMeanSquare($1[model]) } / Double(errors.count)
    }
  }

  /// The selection weight of each model.
  var selection: [Double] {
    let greedy = greedySelection
    let inverse = means.map { 1 / max($0 * $0, smallestError * smallestError) }
    let inverseSum = inverse.reduce(0, +)
    let count = Double(errors.count)
    return greedy.indices.map { model in
      (count * greedy[model] + 10 * inverse[model] / inverseSum) / (count + 10)
    }
  }

  private var greedySelection: [Double] {
    var sums = errors.map { Array(repeating: 0.0, count: $0[0].count) }
    var shares = Array(repeating: 0.0, count: modelCount)
    let rounds = 10
    for round in 1...rounds {
      let found = (0..<modelCount).map { model in
        errors.indices.reduce(0) { sum, row in
          sum + rootMeanSquare(zip(sums[row], errors[row][model]).lazy.map { $0 + $1 })
        } / Double(round)
      }
      let best = found.indices.min { found[$0] < found[$1] }!
      shares[best] += 1 / Double(rounds)
      for row in sums.indices {
        for step in sums[row].indices { sums[row][step] += errors[row][best][step] }
      }
    }
    return shares
  }
}

private func rootMeanSquare(_ numbers: some Sequence<Double>) -> Double {
  var sum = 0.0
  var count = 0.0
  for number in numbers {
    sum += number * number
    count += 1
  }
  return count > 0 ? (sum / count).squareRoot() : 0
}
