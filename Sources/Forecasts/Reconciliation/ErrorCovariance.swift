import NeuralNetwork

/// The covariance matrix of the errors of base forecasts, up to a factor, which decides how far each
/// forecast moves in a reconciliation: those with large errors move most.
///
/// Rows are in the order of sums before series, n = A + N. Errors that aren't known, such as those of an
/// item that wasn't on sale, are NaN, and each row is scaled to the variance of its known errors. Rows
/// with too few errors have the median variance of the others.
public struct ErrorCovariance: Sendable {
  /// The diagonal, [n].
  let diagonal: [Double]
  /// Centered errors of which the off-diagonal elements are a product, [n, T], or none.
  let factors: [Double]
  /// The number of errors of each forecast, T.
  let factorCount: Int
  /// The factor of the off-diagonal elements, from 0 to 1.
  let correlation: Double

  private init(
    diagonal: [Double], factors: [Double] = [], factorCount: Int = 0, correlation: Double = 0
  ) {
    // A forecast without an error can't move at all, and two of them may contradict each other.
    let least = (diagonal.max() ?? 0) * 1e-12
    self.diagonal = diagonal.map { max($0, least, .leastNormalMagnitude) }
    self.factors = factors
    self.factorCount = factorCount
    self.correlation = correlation
  }

  /// The same variance for all forecasts: ordinary least squares (Hyndman et al. 2011).
  public static func identity(_ sums: SeriesSums) -> ErrorCovariance {
    ErrorCovariance(diagonal: Array(repeating: 1, count: sums.count + sums.seriesCount))
  }

  /// A variance that is the number of series of a sum: weighted least squares with structural scaling
  /// (Athanasopoulos et al. 2017).
  public static func structural(_ sums: SeriesSums) -> ErrorCovariance {
    ErrorCovariance(
      diagonal: sums.members.map { Double($0.count) }
        + Array(repeating: 1, count: sums.seriesCount))
  }

  /// Variances that are known, up to a factor: weighted least squares.
  ///
  /// - Parameter variances: The variances, each at least 0, [n]. A forecast whose variance is 0 stays.
  public static func diagonal(_ variances: [Double]) -> ErrorCovariance {
    guard variances.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      fatalError("ErrorCovariance: expected variances of at least 0, got \(variances.min() ?? 0)")
    }
    return ErrorCovariance(diagonal: variances)
  }

  /// The mean squared error of each forecast: weighted least squares (Hyndman, Lee & Wang 2016).
  ///
  /// - Parameters:
  ///   - errors: The errors of forecasts of known steps, row-major [n, T], sums before series, with NaN
  ///     where an error isn't known.
  ///   - count: The number of errors of each forecast, T. Stops the program if it is less than 1.
  public static func variances(_ errors: [Double], count: Int) -> ErrorCovariance {
    check(errors, count, least: 1)
    return ErrorCovariance(
      diagonal: rows(errors, count).map { row in
        let known = row.filter { !$0.isNaN }
        return known.isEmpty ? nil : known.reduce(0) { $0 + $1 * $1 } / Double(known.count)
      }.withMedians)
  }

  /// The sample covariance, whose correlations are shrunk towards 0 by the intensity of Schäfer &
  /// Strimmer (2005): the MinT(Shrink) of Wickramasuriya, Athanasopoulos & Hyndman (2019).
  ///
  /// - Parameters:
  ///   - errors: The errors of forecasts of known steps, row-major [n, T], sums before series, with NaN
  ///     where an error isn't known.
  ///   - count: The number of errors of each forecast, T. Stops the program if it is less than 3.
  public static func shrinkage(_ errors: [Double], count: Int) -> ErrorCovariance {
    check(errors, count, least: 3)
    let known = rows(errors, count).map { centered($0) }
    let variances = known.map { row in row.map { variance(of: $0) } }.withMedians
    let deviations = known.map { $0 ?? Array(repeating: 0, count: count) }
    return ErrorCovariance(
      diagonal: variances,
      factors: deviations.flatMap { $0 }, factorCount: count,
      correlation: 1 - shrinkageIntensity(deviations))
  }

  private static func variance(of centered: [Double]) -> Double {
    centered.reduce(0) { $0 + $1 * $1 } / Double(centered.count - 1)
  }

  /// Returns the deviations of the errors of a row from their mean, or nil if fewer than two are known.
  ///
  /// Unknown ones are 0, and the others larger, so that the variance is that of the known errors.
  private static func centered(_ row: ArraySlice<Double>) -> [Double]? {
    let known = row.filter { !$0.isNaN }
    guard known.count >= 2 else { return nil }
    let mean = known.reduce(0, +) / Double(known.count)
    guard known.count < row.count else { return row.map { $0 - mean } }
    let scale = (Double(row.count - 1) / Double(known.count - 1)).squareRoot()
    return row.map { $0.isNaN ? 0 : ($0 - mean) * scale }
  }

  private static func rows(_ errors: [Double], _ count: Int) -> [ArraySlice<Double>] {
    stride(from: 0, to: errors.count, by: count).map { errors[$0..<$0 + count] }
  }

  private static func check(_ errors: [Double], _ count: Int, least: Int) {
    guard count >= least, errors.count % count == 0, !errors.contains(where: \.isInfinite) else {
      fatalError(
        "ErrorCovariance: expected finite errors or NaN of rows of at least \(least), got "
          + "\(errors.count) numbers in rows of \(count)")
    }
  }

  /// Returns the intensity: the sum of the variances of all correlations of two rows over that of
  /// their squares, from 0 to 1.
  ///
  /// With standardized rows x, the correlation of rows i and j is the mean w̄ of w(t) = x(i, t) x(j, t),
  /// and its variance is the sum of (w(t) − w̄)² over T (T − 1).
  /// Sums over all pairs follow from sums over rows: those of w(t)² from the squares of each step, and
  /// those of w̄² from the products of each two steps.
  private static func shrinkageIntensity(_ centered: [[Double]]) -> Double {
    let count = centered.first?.count ?? 0
    let steps = Double(count)
    var squares = [Double](repeating: 0, count: count)
    var products = [Double](repeating: 0, count: count * count)
    var (fourthPowers, ofSelf) = (0.0, 0.0)
    for row in centered {
      let deviation = (row.reduce(0) { $0 + $1 * $1 } / steps).squareRoot() + 2e-8
      let row = row.map { $0 / deviation }
      var mean = 0.0
      for first in row.indices {
        let square = row[first] * row[first]
        squares[first] += square
        fourthPowers += square * square
        mean += square / steps
        for second in row.indices { products[first * count + second] += row[first] * row[second] }
      }
      ofSelf += mean * mean
    }
    let ofSteps = (squares.reduce(0) { $0 + $1 * $1 } - fourthPowers) / 2
    let ofMeans =
      (products.reduce(0) { $0 + $1 * $1 } / (steps * steps) - ofSelf) / 2
    let variance = (ofSteps - steps * ofMeans) / (steps * (steps - 1))
    return min(max(variance / (ofMeans + 2e-8), 0), 1)
  }

  /// Returns the product with a vector, [n] → [n].
  func product(_ vector: [Double]) -> [Double] {
    guard correlation > 0 else { return zip(diagonal, vector).map { $0 * $1 } }
    var result = zip(diagonal, vector).map { (1 - correlation) * $0 * $1 }
    var sums = [Double](repeating: 0, count: factorCount)
    factors.withUnsafeBufferPointer { factors in
      for (row, value) in vector.enumerated() where value != 0 {
        for step in 0..<factorCount { sums[step] += factors[row * factorCount + step] * value }
      }
      let scale = correlation / Double(factorCount - 1)
      for row in result.indices {
        var sum = 0.0
        for step in 0..<factorCount { sum += factors[row * factorCount + step] * sums[step] }
        result[row] += scale * sum
      }
    }
    return result
  }
}

extension ErrorCovariance {
  /// Returns C W Cᵀ with C = [I, −S], [A, A].
  func matrix(of sums: SeriesSums) -> Tensor<Double> {
    let count = sums.count
    var owners = [[Int]](repeating: [], count: sums.seriesCount)
    for (sum, members) in sums.members.enumerated() {
      for member in members { owners[member].append(sum) }
    }
    var result = [Double](repeating: 0, count: count * count)
    for sum in 0..<count { result[sum * count + sum] = (1 - correlation) * diagonal[sum] }
    for (series, owners) in owners.enumerated() {
      let variance = (1 - correlation) * diagonal[count + series]
      for first in owners { for second in owners { result[first * count + second] += variance } }
    }
    guard correlation > 0 else { return Tensor(shape: [count, count], scalars: result) }
    // The errors of each sum, less those of its members.
    let split = count * factorCount
    let added = sums.sums(of: Array(factors[split...]), width: factorCount)
    let gaps = Tensor<Double>(
      shape: [count, factorCount], scalars: zip(factors[..<split], added).map { $0 - $1 })
    return Tensor(shape: [count, count], scalars: result)
      + matmul(gaps, gaps, transposingB: true) * (correlation / Double(factorCount - 1))
  }
}

extension [Double?] {
  /// The numbers, with their median instead of missing ones, or 0 if all are missing.
  fileprivate var withMedians: [Double] {
    let known = compactMap { $0 }.sorted()
    let median = known.isEmpty ? 0 : known[known.count / 2]
    return map { $0 ?? median }
  }
}
