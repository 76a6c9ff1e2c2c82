internal import RealModule

/// The optimal shrinkage of the largest singular value of a matrix with noise.
///
/// Sources: Gavish & Donoho 2014, The optimal hard threshold for singular values is 4/√3; Gavish & Donoho
/// 2017, Optimal shrinkage of singular values.
enum SingularValueShrinkage {
  /// Returns the factor by which the largest singular value is multiplied to minimize the squared
  /// error, or 1 if the value can't be told from noise.
  ///
  /// - Parameter values: The singular values in descending order.
  static func factor(_ values: [Double], rows: Int, columns: Int) -> Double {
    guard values.count >= 2, values[0] >= 1e-10 else { return 1 }
    let median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
    guard median >= 1e-10 else { return 1 }
    let ratio = Double(min(rows, columns)) / Double(max(rows, columns))
    let variance = median * median / medianEigenvalue(ratio)
    let threshold = (1 + ratio.squareRoot()) * variance.squareRoot()
    guard values[0] > threshold else { return 1 }
    let a = values[0] * values[0] - (1 + ratio) * variance
    let discriminant = a * a - 4 * ratio * variance * variance
    guard discriminant > 0 else { return 1 }
    return min(((a + discriminant.squareRoot()) / 2).squareRoot() / values[0], 1)
  }

  /// Returns the median of the distribution of Marchenko and Pastur with a ratio of extents between
  /// 0 and 1.
  ///
  /// With x = 1 + β + 2 √β · cos θ, the density of θ is 2 sin² θ / (π x), whose integral from 0 is
  /// known.
  static func medianEigenvalue(_ ratio: Double) -> Double {
    let root = ratio.squareRoot()
    func share(_ angle: Double) -> Double {
      let turn = Double.atan((1 - root) / (1 + root) * .tan(angle / 2))
      return 2 / .pi
        * (((1 + ratio) * angle - 2 * (1 - ratio) * turn) / (4 * ratio) - .sin(angle) / (2 * root))
    }
    var (low, high) = (0.0, Double.pi)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if share(middle) < 0.5 { low = middle } else { high = middle }
    }
    return 1 + ratio + 2 * root * .cos((low + high) / 2)
  }
}
