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

/// An error that counts as none. Its square can be inverted.
let smallestError = 1e-100

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
        let steps = (0..<holdOut.horizon).filter { actual.value(at: $0) != nil }
        guard !steps.isEmpty else { continue }
        let scale = Self.scale(of: holdOut.history.series(at: index), holdOut.seasonLength)
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

func rootMeanSquare(_ numbers: some Sequence<Double>) -> Double {
  var sum = 0.0
  var count = 0.0
  for number in numbers {
    sum += number * number
    count += 1
  }
  return count > 0 ? (sum / count).squareRoot() : 0
}
