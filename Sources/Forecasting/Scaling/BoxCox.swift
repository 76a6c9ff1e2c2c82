internal import RealModule

/// Estimation of λ of the Box-Cox transformation of positive values.
enum BoxCox {
  /// Returns the part of the bounds of λ in which single precision can represent the transforms of
  /// values up to `greatest`. Transforms with a positive λ must be finite. Those with a negative λ,
  /// which are close together below −1 / λ, must be restored to within 2⁻¹³.
  ///
  /// A transform z rounded to 24 bits has an error of 2⁻²⁴ |z|, and its inverse has a relative
  /// error of that times v^−λ: 2⁻²⁴ (v^|λ| − 1) / |λ|.
  static func usableBounds(
    _ bounds: ClosedRange<Double>, greatest: Double
  ) -> ClosedRange<Double> {
    let log = Double.log(max(greatest, 1))
    func size(_ lambda: Double) -> Double {
      lambda == 0 ? log : Double.expMinusOne(abs(lambda) * log) / abs(lambda)
    }
    func limit(_ lambda: Double, _ most: Double) -> Double {
      if size(lambda) <= most { return lambda }
      // Log is at most 89, which is within both limits.
      var (inside, outside) = (0.0, lambda)
      while abs(outside - inside) > 1e-9 {
        let middle = (inside + outside) / 2
        if size(middle) <= most { inside = middle } else { outside = middle }
      }
      return inside
    }
    let lower = bounds.lowerBound < 0 ? limit(bounds.lowerBound, 2048) : bounds.lowerBound
    let most = Double(Float.greatestFiniteMagnitude) / 2
    let upper = bounds.upperBound > 0 ? limit(bounds.upperBound, most) : bounds.upperBound
    // If no part of the bounds is usable, the nearest end is used.
    return min(lower, bounds.upperBound)...max(upper, bounds.lowerBound)
  }

  /// Returns λ of maximum likelihood (Box & Cox 1964): the minimum of log Var((v^λ − 1) / λ), where
  /// `v` are the values divided by their geometric mean.
  ///
  /// The log-likelihood is (λ − 1) Σ log y − N/2 · log Var(y^(λ)). After division by the geometric
  /// mean, its first term is 0, λ is the same, and no power overflows.
  static func likelihoodLambda(of values: [Double], in bounds: ClosedRange<Double>) -> Double {
    let logs = values.map { Double.log($0) }
    let center = logs.isEmpty ? 0 : logs.reduce(0, +) / Double(logs.count)
    // Sales are counts, with few distinct values, so that powers are computed only once for each of
    // those.
    let distinct = DistinctValues(logs.map { $0 - center })
    guard distinct.values.count > 1 else { return 1 }
    return minimum(in: bounds) { lambda in
      Double.log(
        distinct.variance { lambda == 0 ? $0 : Double.expMinusOne(lambda * $0) / lambda })
    }
  }

  /// Returns λ by Guerrero (1993): the minimum of the coefficient of variation of sᵢ / mᵢ^(1 − λ),
  /// where `mᵢ` is the mean of season `i` and `sᵢ` its standard deviation with n − 1 as the
  /// divisor.
  ///
  /// Seasons of fewer than two values are skipped. If fewer than two seasons remain, or none
  /// varies, λ is 1.
  static func guerreroLambda(
    of values: [Double], seasons: [Range<Int>], in bounds: ClosedRange<Double>
  ) -> Double {
    let moments = seasons.filter { $0.count > 1 }.map { deviation(of: values[$0]) }
    guard moments.count > 1, moments.contains(where: { $0.deviation > 0 }) else { return 1 }
    // Means divided by their geometric mean, which doesn't change the ratio's coefficient of
    // variation.
    let logs = moments.map { Double.log($0.mean) }
    let center = logs.reduce(0, +) / Double(logs.count)
    return minimum(in: bounds) { lambda in
      let ratios = zip(moments, logs).map {
        $0.deviation * Double.exp((lambda - 1) * ($1 - center))
      }
      let (mean, spread) = deviation(of: ratios[...])
      return spread / mean
    }
  }

  private static func deviation(
    of values: ArraySlice<Double>
  ) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  /// Returns the minimizer of a function of one variable: the best point of a grid over the bounds,
  /// refined by golden-section search. The grid is for functions with several minima.
  private static func minimum(
    in bounds: ClosedRange<Double>, of function: (Double) -> Double
  ) -> Double {
    let width = (bounds.upperBound - bounds.lowerBound) / 16
    guard width > 0 else { return bounds.lowerBound }
    let grid = (0...16).map { bounds.lowerBound + Double($0) * width }
    let best = grid.map(function).enumerated().min { $0.element < $1.element }!.offset
    var low = grid[max(0, best - 1)]
    var high = grid[min(16, best + 1)]
    let section = (5.0.squareRoot() - 1) / 2
    var (left, right) = (high - section * (high - low), low + section * (high - low))
    var (atLeft, atRight) = (function(left), function(right))
    while high - low > 1e-9 {
      if atLeft <= atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - section * (high - low)
        atLeft = function(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + section * (high - low)
        atRight = function(right)
      }
    }
    return (low + high) / 2
  }
}

/// Distinct values, and the number of times that each occurs.
private struct DistinctValues {
  private(set) var values: [Double] = []
  private var counts: [Double] = []
  private let total: Double

  init(_ all: [Double]) {
    total = Double(all.count)
    for value in all.sorted() {
      if value == values.last {
        counts[counts.count - 1] += 1
      } else {
        values.append(value)
        counts.append(1)
      }
    }
  }

  /// Returns the variance of the mapped values, with N as the divisor.
  func variance(of map: (Double) -> Double) -> Double {
    let mapped = values.map(map)
    let mean = zip(mapped, counts).reduce(0) { $0 + $1.0 * $1.1 } / total
    return zip(mapped, counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
  }
}
