internal import RealModule

/// The reconciliation that minimizes the trace of the covariance of the reconciled errors
/// (Wickramasuriya, Athanasopoulos & Hyndman 2019), or generalized least squares.
///
/// With base forecasts ŷ of sums and b of series, the incoherence e = ŷ − S b, and the covariance W, the
/// reconciled series are b − (W Cᵀ λ)_b, where C = [I, −S] and λ solves (C W Cᵀ) λ = e. The matrix has a
/// row for each sum, not for each series, and is never formed: conjugate gradients need only its
/// products with vectors, which the members of the sums give.
struct MinimumTrace: Sendable {
  let sums: SeriesSums
  let covariance: ErrorCovariance
  /// The diagonal of C W Cᵀ, by which conjugate gradients are preconditioned, [A].
  private let diagonal: [Double]

  init(_ sums: SeriesSums, _ covariance: ErrorCovariance) {
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
  }

  /// Returns the reconciled values of the series, [A] and [N] → [N].
  func reconciled(sums values: [Double], series: [Double]) -> [Double] {
    let gaps = zip(values, sums.sums(of: series)).map { $0 - $1 }
    let moved = covariance.product(transposed(solution(of: gaps)))[sums.count...]
    return zip(series, moved).map { $0 - $1 }
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
    let limit = dot(right, right) * 1e-24
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
