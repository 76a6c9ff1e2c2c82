internal import RealModule
internal import Tensor

/// A regression of nonnegative numbers, such as sales, whose expectation is the exponential of a linear
/// function: Poisson pseudo-maximum likelihood.
///
/// The numbers need not be counts, nor follow a Poisson law: the coefficients are consistent if the
/// expectation is right (Gourieroux, Monfort & Trognon 1984). Unlike a regression of logarithms, it
/// takes zeros, and isn't biased by variances that change (Santos Silva & Tenreyro 2006). Standard
/// errors allow for correlation between nearby rows and for any variance (Newey & West 1987).
package struct PoissonRegression: Sendable {
  /// The coefficients, [K].
  package let coefficients: [Double]
  /// The covariance of the coefficients, row-major [K, K].
  package let covariance: [Double]

  /// Fits the regression by iteratively reweighted least squares, or returns nil if it doesn't converge
  /// or a coefficient can't be determined.
  ///
  /// - Parameters:
  ///   - outcomes: The numbers in the order of time, [n], none of which is negative.
  ///   - columns: The K columns of regressors, [n] each.
  ///   - lags: The number of rows apart that errors can be correlated.
  package init?(of outcomes: [Double], on columns: [[Double]], lags: Int) {
    let sales = outcomes.reduce(0, +)
    guard sales > 0, outcomes.count > columns.count else { return nil }
    var means = outcomes.map { ($0 + sales / Double(outcomes.count)) / 2 }
    var deviance = Self.deviance(of: outcomes, means)
    for _ in 0..<Self.mostIterations {
      let working = zip(outcomes, means).map { Double.log($1) + ($0 - $1) / $1 }
      guard let inverse = Self.inverseInformation(columns, means) else { return nil }
      let right = columns.map { column in
        column.indices.reduce(0) { $0 + column[$1] * means[$1] * working[$1] }
      }
      let found = inverse.times(right)
      means = outcomes.indices.map { row in
        Double.exp(found.indices.reduce(0) { $0 + found[$1] * columns[$1][row] })
      }
      let next = Self.deviance(of: outcomes, means)
      guard next.isFinite else { return nil }
      if abs(next - deviance) <= 1e-12 * (abs(next) + 0.1) {
        guard let inverse = Self.inverseInformation(columns, means) else { return nil }
        coefficients = found
        covariance = Self.covariance(outcomes, columns, means, inverse, lags: lags)
        return
      }
      deviance = next
    }
    return nil
  }

  /// The number of iterations after which a fit is given up. A fit takes five to ten.
  private static let mostIterations = 100

  /// Returns twice the difference of the log-likelihood from that of a perfect fit.
  private static func deviance(of outcomes: [Double], _ means: [Double]) -> Double {
    zip(outcomes, means).reduce(0) { sum, pair in
      let (y, mean) = pair
      return sum + 2 * ((y > 0 ? y * .log(y / mean) : 0) - (y - mean))
    }
  }

  /// Returns (Xᵀ · diag(means) · X)⁻¹, or nil if the matrix is singular.
  private static func inverseInformation(_ columns: [[Double]], _ means: [Double]) -> Matrix? {
    let count = columns.count
    var products = Array(repeating: 0.0, count: count * count)
    for left in 0..<count {
      let weighted = zip(columns[left], means).map { $0 * $1 }
      for right in left..<count {
        let sum = zip(weighted, columns[right]).reduce(0) { $0 + $1.0 * $1.1 }
        products[left * count + right] = sum
        products[right * count + left] = sum
      }
    }
    guard let inverse = try? inverse(Tensor(shape: [count, count], scalars: products)),
      inverse.scalars.allSatisfy(\.isFinite)
    else { return nil }
    return Matrix(order: count, elements: inverse.scalars)
  }

  /// Returns the covariance by Newey & West (1987), with weights that fall linearly with the lag, times
  /// n / (n − K).
  private static func covariance(
    _ outcomes: [Double], _ columns: [[Double]], _ means: [Double], _ inverse: Matrix, lags: Int
  ) -> [Double] {
    let (rows, count) = (outcomes.count, columns.count)
    let influences = outcomes.indices.map { row in
      inverse.times(columns.map { $0[row] * (outcomes[row] - means[row]) })
    }
    var covariance = Array(repeating: 0.0, count: count * count)
    for lag in 0...min(lags, rows - 1) {
      let weight = 1 - Double(lag) / Double(lags + 1)
      for row in lag..<rows {
        let (now, before) = (influences[row], influences[row - lag])
        for left in 0..<count {
          for right in 0..<count {
            let product = now[left] * before[right]
            covariance[left * count + right] += weight * product
            if lag > 0 { covariance[right * count + left] += weight * product }
          }
        }
      }
    }
    let correction = Double(rows) / Double(rows - count)
    return covariance.map { $0 * correction }
  }
}

/// A square matrix.
private struct Matrix {
  let order: Int
  /// The elements, row-major.
  let elements: [Double]

  func times(_ vector: [Double]) -> [Double] {
    (0..<order).map { row in
      (0..<order).reduce(0) { $0 + elements[row * order + $1] * vector[$1] }
    }
  }
}
