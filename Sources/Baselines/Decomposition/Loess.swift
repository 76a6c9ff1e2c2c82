internal import RealModule

/// Local regression with tricube weights over the nearest values of a regular series.
///
/// The result at a step is a weighted sum of the values around it, with weights that depend only on
/// its position. They are computed once. All steps whose window doesn't touch an end share theirs.
///
/// Source: Cleveland et al. 1990, section 2.1. Weights and ends are handled as in the authors'
/// program.
struct Loess {
  /// The weights of the values from a first one on.
  private struct Row {
    let first: Int
    let weights: [Double]
  }

  private let window: Int
  private let degree: Int
  private let count: Int
  private var rows: [Row] = []
  /// The weights of the steps in the middle, relative to the first value of the window.
  private var middle: [Double] = []

  /// Creates a smoother for series of `count` values.
  ///
  /// - Parameters:
  ///   - window: The number of values in the window at each step, which must be odd.
  ///   - degree: The degree: 0 for a local mean, 1 for a local line.
  init(window: Int, degree: Int, count: Int) {
    self.window = window
    self.degree = degree
    self.count = count
    let half = window / 2
    for step in 0..<count {
      let isMiddle = step >= half && step < count - half
      if isMiddle, !middle.isEmpty { continue }
      let row = self.row(at: step, first: first(at: step), last: last(at: step))
      if isMiddle { middle = row.weights } else { rows.append(row) }
    }
  }

  /// Returns the smoothed value at each step.
  func smooth(_ values: [Double]) -> [Double] {
    guard count >= 2 else { return values }
    let half = window / 2
    return values.withUnsafeBufferPointer { values in
      (0..<count).map { step in
        if step >= half, step < count - half {
          return sum(values, from: step - half, middle)
        }
        let row = rows[step < half ? step : step - max(count - 2 * half, 0)]
        return sum(values, from: row.first, row.weights)
      }
    }
  }

  /// Returns the smoothed value at the step before the first or after the last.
  func value(of values: [Double], before: Bool) -> Double {
    let row =
      before
      ? self.row(at: -1, first: 0, last: min(window, count) - 1)
      : self.row(at: count, first: max(0, count - window), last: count - 1)
    return values.withUnsafeBufferPointer { sum($0, from: row.first, row.weights) }
  }

  /// Returns the index of the first value in the window of a step.
  private func first(at step: Int) -> Int { max(0, min(step - window / 2, count - window)) }

  private func last(at step: Int) -> Int { min(first(at: step) + window, count) - 1 }

  private func sum(
    _ values: UnsafeBufferPointer<Double>, from first: Int, _ weights: [Double]
  ) -> Double {
    weights.withUnsafeBufferPointer { weights in
      var sum = 0.0
      for place in weights.indices { sum += weights[place] * values[first + place] }
      return sum
    }
  }

  /// Returns the weights of the values `first` to `last` at a step.
  private func row(at step: Int, first: Int, last: Int) -> Row {
    var reach = Double(max(step - first, last - step))
    if window > count { reach += Double((window - count) / 2) }
    var weights = (first...last).map { place -> Double in
      let distance = Double(abs(place - step))
      if distance > 0.999 * reach { return 0 }
      if distance <= 0.001 * reach { return 1 }
      let ratio = distance / reach
      let rest = 1 - ratio * ratio * ratio
      return rest * rest * rest
    }
    let total = weights.reduce(0, +)
    weights = weights.map { $0 / total }
    guard degree > 0, reach > 0 else { return Row(first: first, weights: weights) }
    var center = 0.0
    for (place, weight) in weights.enumerated() { center += weight * Double(first + place) }
    var spread = 0.0
    for (place, weight) in weights.enumerated() {
      let distance = Double(first + place) - center
      spread += weight * distance * distance
    }
    if spread.squareRoot() > 0.001 * Double(count - 1) {
      let slope = (Double(step) - center) / spread
      for place in weights.indices {
        weights[place] *= slope * (Double(first + place) - center) + 1
      }
    }
    return Row(first: first, weights: weights)
  }
}
