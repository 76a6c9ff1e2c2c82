import Tensor
internal import RealModule

/// Ridge regression whose coefficients are averaged over 25 penalties from 1e-4 to 1e4.
///
/// One singular value decomposition serves all penalties. The weight of a penalty falls with its mean
/// squared leave-one-out error: exp(−error / smallest error).
struct AveragedRidge {
  /// The coefficients, `[D]`.
  let coefficients: [Double]
  /// The leave-one-out errors, `[T]`, divided by the root of 1 + leverage of their row, so that they
  /// have the same variance.
  let errors: [Double]
  /// The right singular vectors, `[K, D]`.
  private let directions: [Double]
  private let singularValues: [Double]
  /// The averaged share of each direction that the penalties keep, `[K]`.
  private let filter: [Double]

  private static let penalties = (0..<25).map { Double.pow(10, -4 + Double($0) / 3) }

  /// Fits targets, `[T]`, to features, row-major `[T, D]`, or returns nil if the decomposition fails.
  init?(_ features: [Double], _ targets: [Double]) {
    let width = features.count / targets.count
    guard let (u, s, vT) = try? svd(Tensor(shape: [targets.count, width], scalars: features)) else {
      return nil
    }
    let (left, values, directions) = (Array(u.scalars), Array(s.scalars), Array(vT.scalars))
    let rank = values.count
    var projections = [Double](repeating: 0, count: rank)
    for (row, target) in targets.enumerated() {
      for place in 0..<rank { projections[place] += left[row * rank + place] * target }
    }
    let filters = Self.penalties.map { penalty in
      values.map { $0 * $0 / ($0 * $0 + penalty) }
    }
    let scores = filters.map { filter in
      Self.errors(left, targets, filter: filter, projections: projections) {
        error, leverage in error / max(1 - leverage, 1e-10)
      }.reduce(0) { $0 + $1 * $1 } / Double(targets.count)
    }
    let smallest = scores.min()!
    let weights = scores.map { Double.exp(-($0 - smallest) / max(smallest, 1e-10)) }
    let whole = weights.reduce(0, +)
    var filter = [Double](repeating: 0, count: rank)
    for (weight, one) in zip(weights, filters) {
      for place in 0..<rank { filter[place] += weight / whole * one[place] }
    }
    var coefficients = [Double](repeating: 0, count: width)
    for place in 0..<rank {
      let step = filter[place] * projections[place] / max(values[place], 1e-10)
      for column in 0..<width { coefficients[column] += step * directions[place * width + column] }
    }
    (self.coefficients, self.directions) = (coefficients, directions)
    (singularValues, self.filter) = (values, filter)
    errors = Self.errors(left, targets, filter: filter, projections: projections) {
      error, leverage in
      error / max(1 - leverage, 1e-10) / (1 + leverage).squareRoot()
    }
  }

  /// Returns the leverage of a row of D features.
  func leverage(_ row: [Double]) -> Double {
    singularValues.indices.reduce(0) { sum, place in
      let part = row.indices.reduce(0) { $0 + directions[place * row.count + $1] * row[$1] }
      let scaled = part / max(singularValues[place], 1e-10)
      return sum + scaled * scaled * filter[place]
    }
  }

  /// Returns a function of the error and the leverage of each row.
  @inline(__always)
  private static func errors(
    _ left: [Double], _ targets: [Double], filter: [Double], projections: [Double],
    _ transform: (_ error: Double, _ leverage: Double) -> Double
  ) -> [Double] {
    let rank = filter.count
    let steps = zip(filter, projections).map { $0 * $1 }
    return left.withUnsafeBufferPointer { left in
      targets.indices.map { row in
        var (fit, leverage) = (0.0, 0.0)
        for place in 0..<rank {
          let value = left[row * rank + place]
          fit += value * steps[place]
          leverage += value * value * filter[place]
        }
        return transform(targets[row] - fit, leverage)
      }
    }
  }
}
