import Tensor

extension CombinationWeights {
  /// Chooses weights by ridge stacking, the same for all series.
  ///
  /// The weights w of M models minimize the mean squared error of the combined forecast plus
  /// ρ ‖w − 1/M‖², with w ≥ 0 and Σ w = 1. Errors of a series are divided by the root mean squared error of
  /// all models on it. Nonnegative stacking is due to Breiman (1996); the penalty pulls the weights towards
  /// equal ones, like the egalitarian ridge of Diebold & Shin (2019).
  ///
  /// - Parameters:
  ///   - windows: The windows, at least one.
  ///   - ridge: The penalty ρ, above 0.
  package init(stackedOn windows: [CombinationWindow], ridge: Double) {
    guard ridge > 0, ridge.isFinite else {
      fatalError("CombinationWeights: expected a positive ridge, got \(ridge)")
    }
    let errors = ScaledErrors(of: windows)
    let count = windows[0].forecasts.count
    guard !errors.ids.isEmpty else {
      self.init(equalFor: count)
      return
    }
    var products = errors.products
    // Since the weights add up to 1, ‖w − 1/M‖² is ‖w‖² and a constant.
    for model in 0..<count { products[model * count + model] += ridge }
    self.init(general: leastSimplexWeights(products, count: count), ofSeries: [:])
  }
}

/// Returns the weights w ≥ 0 with a sum of 1 that minimize wᵀQw.
///
/// They are proportional to the u ≥ 0 that minimize uᵀQu − 2 Σ u, which has the same conditions of optimality
/// and is solved by the method of active sets of Lawson & Hanson (1974).
///
/// - Parameters:
///   - products: A symmetric positive definite matrix Q, [M, M], row-major.
///   - count: The number of weights, M.
private func leastSimplexWeights(_ products: [Double], count: Int) -> [Double] {
  var weights = Array(repeating: 0.0, count: count)
  var free: [Int] = []
  func slope(_ place: Int) -> Double {
    1 - (0..<count).reduce(0) { $0 + products[place * count + $1] * weights[$1] }
  }
  func solution() -> [Double] {
    let rows = free.flatMap { row in free.map { products[row * count + $0] } }
    let matrix = Tensor<Double>(shape: [free.count, free.count], scalars: rows)
    let ones = Tensor<Double>(Array(repeating: 1, count: free.count))
    guard let solution = try? solve(matrix, ones) else {
      fatalError("leastSimplexWeights: expected a positive definite matrix, got \(products)")
    }
    return solution.scalars
  }
  // Each round lowers the minimum, so that no set of free weights returns.
  for _ in 0..<(3 * count) {
    let others = (0..<count).filter { !free.contains($0) }
    guard let next = others.max(by: { slope($0) < slope($1) }), slope(next) > 1e-12 else { break }
    free.append(next)
    while true {
      let found = solution()
      if found.allSatisfy({ $0 > 0 }) {
        for (place, value) in zip(free, found) { weights[place] = value }
        break
      }
      // The way to the solution ends at the first weight that becomes 0.
      let steps = zip(free, found).filter { $0.1 <= 0 }.map {
        weights[$0.0] / (weights[$0.0] - $0.1)
      }
      let step = steps.min()!
      for (place, value) in zip(free, found) { weights[place] += step * (value - weights[place]) }
      let left = free.filter { weights[$0] > 1e-14 }
      for place in free where !left.contains(place) { weights[place] = 0 }
      free = left
    }
  }
  let sum = weights.reduce(0, +)
  return weights.map { $0 / sum }
}
