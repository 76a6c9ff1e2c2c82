import NeuralNetwork

/// The reconciliation that minimizes the trace of the covariance of the reconciled errors
/// (Wickramasuriya, Athanasopoulos & Hyndman 2019), or generalized least squares.
///
/// With base forecasts ŷ of sums and b of series, the incoherence e = ŷ − S b, and the covariance W, the
/// reconciled series are b − (W Cᵀ λ)_b, where C = [I, −S] and λ solves (C W Cᵀ) λ = e. The matrix has a
/// row for each sum, not for each series.
///
/// With at most ``largestFactor`` sums, it is factorized by LAPACK's Cholesky decomposition. With more, it
/// is never formed: conjugate gradients need only its products with vectors, which the members of the
/// sums give. They end when the norm of the residual is ``tolerance`` times that of e.
package struct MinimumTrace: Sendable {
  let sums: SeriesSums
  let covariance: ErrorCovariance
  /// The diagonal of C W Cᵀ, by which conjugate gradients are preconditioned, [A].
  private let diagonal: [Double]
  /// The Cholesky factor of C W Cᵀ, [A, A], or nil if the matrix is large.
  private let factor: Tensor<Double>?

  /// The largest number of sums whose matrix is factorized by default.
  static let largestFactor = 600
  /// The relative residual of conjugate gradients.
  static let tolerance = 1e-12

  /// Creates a reconciliation.
  ///
  /// - Parameter factorizes: A Boolean value that indicates whether the matrix is factorized, or nil to
  ///   decide by the number of sums.
  package init(_ sums: SeriesSums, _ covariance: ErrorCovariance, factorizes: Bool? = nil) {
    guard covariance.diagonal.count == sums.count + sums.seriesCount else {
      fatalError(
        "Reconciliation: expected errors of \(sums.count) sums and \(sums.seriesCount) series, got "
          + "those of \(covariance.diagonal.count)")
    }
    self.sums = sums
    self.covariance = covariance
    let ofSeries = covariance.diagonal[sums.count...]
    diagonal = sums.members.enumerated().map { sum, members in
      members.reduce(covariance.diagonal[sum]) { $0 + ofSeries[ofSeries.startIndex + $1] }
    }
    let factorizes = factorizes ?? (sums.count <= Self.largestFactor)
    // Rounding may leave a matrix without a factor that conjugate gradients can still solve.
    factor = factorizes && sums.count > 0 ? try? cholesky(covariance.matrix(of: sums)) : nil
  }

  /// Returns the reconciled values of the series, row-major [A, C] and [N, C] → [N, C].
  package func reconciled(sums values: [Double], series: [Double], width: Int) -> [Double] {
    guard sums.count > 0, width > 0 else { return series }
    let gaps = zip(values, sums.sums(of: series, width: width)).map { $0 - $1 }
    let solved = factor.map {
      solve(choleskyFactor: $0, Tensor<Double>(shape: [sums.count, width], scalars: gaps)).scalars
    }
    let moves = parallelMap(width) { column in
      let multipliers =
        solved?.column(column, of: width) ?? solution(of: gaps.column(column, of: width))
      return Array(covariance.product(transposed(multipliers))[sums.count...])
    }
    return series.indices.map { series[$0] - moves[$0 % width][$0 / width] }
  }

  /// Returns Cᵀ λ, [A] → [n].
  private func transposed(_ vector: [Double]) -> [Double] {
    vector + sums.spread(vector).map { -$0 }
  }

  /// Returns C W Cᵀ λ, [A] → [A].
  private func product(_ vector: [Double]) -> [Double] {
    let inner = covariance.product(transposed(vector))
    return zip(inner, sums.sums(of: Array(inner[sums.count...]))).map { $0 - $1 }
  }

  /// Returns the solution of C W Cᵀ λ = e by preconditioned conjugate gradients (Hestenes & Stiefel
  /// 1952). The matrix is positive definite, since C W Cᵀ contains the positive W of the sums.
  private func solution(of right: [Double]) -> [Double] {
    var solution = [Double](repeating: 0, count: right.count)
    var rest = right
    let limit = dot(right, right) * Self.tolerance * Self.tolerance
    var scaled = zip(rest, diagonal).map { $0 / $1 }
    var direction = scaled
    var size = dot(rest, scaled)
    for _ in 0..<max(10 * right.count, 100) where dot(rest, rest) > limit {
      let image = product(direction)
      let step = size / dot(direction, image)
      guard step.isFinite else { break }
      for place in solution.indices {
        solution[place] += step * direction[place]
        rest[place] -= step * image[place]
        scaled[place] = rest[place] / diagonal[place]
      }
      let next = dot(rest, scaled)
      for place in direction.indices {
        direction[place] = scaled[place] + next / size * direction[place]
      }
      size = next
    }
    return solution
  }
}

private func dot(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}
