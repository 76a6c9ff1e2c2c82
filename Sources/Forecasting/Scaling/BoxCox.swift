internal import RealModule

/// Estimates of λ of the Box-Cox transformation of positive values.
enum BoxCox {
  /// The part of some bounds of λ in which single precision holds the transforms of values up to
  /// `greatest`: those of a positive λ are finite, and those of a negative one, which crowd below
  /// −1 / λ, are restored to within 2⁻¹³.
  ///
  /// A transform z rounded to 24 bits is off by 2⁻²⁴ |z|, and its inverse by that times v^−λ of
  /// itself: by 2⁻²⁴ (v^|λ| − 1) / |λ|.
  static func usableBounds(
    _ bounds: ClosedRange<Double>, greatest: Double
  ) -> ClosedRange<Double> {
    let log = Double.log(max(greatest, 1))
    func size(_ lambda: Double) -> Double {
      lambda == 0 ? log : Double.expMinusOne(abs(lambda) * log) / abs(lambda)
    }
    func limit(_ lambda: Double, _ most: Double) -> Double {
      if size(lambda) <= most { return lambda }
      // Log is at most 89, and is within both limits.
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
    // Bounds of which no part is usable are kept at the end that is nearest to it.
    return min(lower, bounds.upperBound)...max(upper, bounds.lowerBound)
  }

  /// λ of maximum likelihood (Box & Cox 1964): the least of log Var((v^λ − 1) / λ), where `v` are
  /// the values over their geometric mean.
  ///
  /// The log-likelihood is (λ − 1) Σ log y − N/2 · log Var(y^(λ)). Over the geometric mean its
  /// first term is 0, λ is the same, and no power overflows.
  static func likelihoodLambda(of values: [Double], in bounds: ClosedRange<Double>) -> Double {
    let logs = values.map { Double.log($0) }
    let center = logs.isEmpty ? 0 : logs.reduce(0, +) / Double(logs.count)
    // Sales are counts: of many values few differ, and a power is needed of each of those only.
    let distinct = DistinctValues(logs.map { $0 - center })
    guard distinct.values.count > 1 else { return 1 }
    return minimum(in: bounds) { lambda in
      Double.log(
        distinct.variance { lambda == 0 ? $0 : Double.expMinusOne(lambda * $0) / lambda })
    }
  }

  /// λ by Guerrero (1993): the least coefficient of variation of sᵢ / mᵢ^(1 − λ), where `mᵢ` is the
  /// mean of season `i` and `sᵢ` its standard deviation with n − 1 as the divisor.
  ///
  /// Seasons of fewer than two values are left out; where fewer than two are left, or none varies,
  /// λ is 1.
  static func guerreroLambda(
    of values: [Double], seasons: [Range<Int>], in bounds: ClosedRange<Double>
  ) -> Double {
    let moments = seasons.filter { $0.count > 1 }.map { deviation(of: values[$0]) }
    guard moments.count > 1, moments.contains(where: { $0.deviation > 0 }) else { return 1 }
    // Means over their geometric mean: the ratio's coefficient of variation is the same.
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

  /// Where a function of one number is least: the best of a grid of bounds and sixteenths between,
  /// and from there by golden sections. The grid is for functions with more than one low.
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

/// Values without their repetitions, and how often each comes.
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

  /// The variance of what a map makes of the values, with N as its divisor.
  func variance(of map: (Double) -> Double) -> Double {
    let mapped = values.map(map)
    let mean = zip(mapped, counts).reduce(0) { $0 + $1.0 * $1.1 } / total
    return zip(mapped, counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 } / total
  }
}
