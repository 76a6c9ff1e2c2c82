/// The forecasts of a window by several models, and its observed steps.
package struct CombinationWindow: Sendable {
  /// The forecasts of M models, at least one, for the same series and steps.
  package let forecasts: [Forecast]
  /// The observed steps and the history that forecasts were made from.
  package let holdOut: HoldOut

  /// Creates a window.
  package init(forecasts: [Forecast], holdOut: HoldOut) {
    self.forecasts = forecasts
    self.holdOut = holdOut
  }
}

/// The errors of M models in units of the scale of each series.
struct ScaledErrors {
  /// The series that have an observed step.
  let ids: [String]
  /// The errors of M models at the observed steps of each series.
  private let errors: [[[Double]]]

  /// Creates the errors of all windows, each in units of the scale of its own history.
  init(of windows: [CombinationWindow]) {
    var ids: [String] = []
    var places: [String: Int] = [:]
    var errors: [[[Double]]] = []
    for window in windows {
      let holdOut = window.holdOut
      for index in holdOut.actual.ids.indices {
        let actual = holdOut.actual.series(at: index)
        let steps = holdOut.observedSteps(ofSeriesAt: index)
        guard !steps.isEmpty else { continue }
        let scale = holdOut.errorScale(ofSeriesAt: index)
        let found = window.forecasts.map { forecast in
          let values = forecast.values(at: index)
          return steps.map { step in
            (values[values.startIndex + step] - actual.value(at: step)!) / scale
          }
        }
        guard let place = places[actual.id] else {
          places[actual.id] = ids.count
          ids.append(actual.id)
          errors.append(found)
          continue
        }
        for model in found.indices { errors[place][model] += found[model] }
      }
    }
    self.ids = ids
    self.errors = errors
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

  /// The selection weight of each model, by the mean RMSSE.
  var selection: [Double] {
    selectionWeights(means, seriesCount: errors.count) { weights in
      let used = weights.indices.filter { weights[$0] > 0 }
      return errors.reduce(0) { sum, row in
        sum
          + rootMeanSquare(
            row[0].indices.lazy.map { step in used.reduce(0) { $0 + weights[$1] * row[$1][step] } })
      }
    }
  }

  /// The mean over all series of the products of the errors of two models, [M, M], row-major. Those of a series
  /// are divided by the mean squared error of all models on it, so that series count alike.
  var products: [Double] {
    let count = modelCount
    var sums = Array(repeating: 0.0, count: count * count)
    for row in errors {
      let squared = row.reduce(0) { $0 + rootMeanSquare($1) * rootMeanSquare($1) } / Double(count)
      guard squared > 0 else { continue }
      let weight = 1 / (squared * Double(row[0].count) * Double(errors.count))
      for left in 0..<count {
        for right in 0..<count {
          let product = zip(row[left], row[right]).reduce(0) { $0 + $1.0 * $1.1 }
          sums[left * count + right] += product * weight
        }
      }
    }
    return sums
  }
}

extension HoldOut {
  /// Returns the held-out steps of a series that were observed.
  func observedSteps(ofSeriesAt index: Int) -> [Int] {
    let series = actual.series(at: index)
    return (0..<horizon).filter { series.value(at: $0) != nil }
  }

  /// Returns the scale of the RMSSE of a series or, if it is undefined, the root mean square of its history
  /// or 1.
  func errorScale(ofSeriesAt index: Int) -> Double {
    if let squared = scales.series[index].seasonal.squared { return squared.squareRoot() }
    let history = history.series(at: index)
    let size = rootMeanSquare(
      history.values.indices.lazy.filter { history.observed[$0] }.map { history.values[$0] })
    return size > 0 ? size : 1
  }
}

func rootMeanSquare(_ numbers: some Sequence<Double>) -> Double {
  var sum = 0.0
  var count = 0.0
  for number in numbers {
    sum += number * number
    count += 1
  }
  return count > 0 ? (sum / count).squareRoot() : 0
}
