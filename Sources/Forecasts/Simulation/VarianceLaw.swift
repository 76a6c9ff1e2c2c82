/// A variance of φ μ + κ μ² at a mean of μ.
public struct VarianceLaw: Sendable, Equatable {
  /// φ, in units of the target.
  public let linear: Double
  /// κ, without a unit.
  public let square: Double

  /// Returns the variance at a mean of μ.
  public func variance(of mean: Double) -> Double { mean * (linear + square * mean) }
}

/// Squared errors next to their means, from which a variance law is estimated.
package struct VarianceMoments {
  private var means: [Double] = []
  private var squares: [Double] = []
  private static let rounds = 4

  package init() {}

  package mutating func add(mean: Double, error: Double) {
    guard mean > 0 else { return }
    means.append(mean)
    squares.append(error * error)
  }

  /// The law that fits the squared errors best, relative to the variances that it implies: least squares,
  /// reweighted a few times. Nil if no squared error is greater than 0.
  package var law: VarianceLaw? {
    let total = squares.reduce(0, +)
    guard total > 0 else { return nil }
    var law = VarianceLaw(linear: total / means.reduce(0, +), square: 0)
    for _ in 0..<Self.rounds { law = fitted(to: law) }
    return law
  }

  private func fitted(to law: VarianceLaw) -> VarianceLaw {
    var (a, b, c, d, e) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (mean, square) in zip(means, squares) {
      let variance = law.variance(of: mean)
      guard variance > 0 else { continue }
      // The columns and the target, relative to the variance.
      let (x, y, z) = (mean / variance, mean * mean / variance, square / variance)
      (a, b, c, d, e) = (a + x * x, b + x * y, c + y * y, d + x * z, e + y * z)
    }
    let determinant = a * c - b * b
    let linear = (c * d - b * e) / determinant
    let square = (a * e - b * d) / determinant
    if determinant > 1e-12 * a * c, linear > 0, square >= 0 {
      return VarianceLaw(linear: linear, square: square)
    }
    // One of the two isn't greater than 0, or can't be told from the other one.
    return linear > 0 || determinant <= 1e-12 * a * c
      ? VarianceLaw(linear: d / a, square: 0) : VarianceLaw(linear: 0, square: e / c)
  }
}
