/// The distribution of a demand, as equally likely values.
public struct DemandDistribution: Hashable, Sendable {
  /// The M values, ascending, in units of the target.
  public let values: [Double]
  /// The mean.
  public let mean: Double

  /// The number of values that represent a distribution.
  static let count = 400

  /// The levels of the quantiles that represent a distribution: (m + ½) / M.
  static let levels = (0..<count).map { (Double($0) + 0.5) / Double(count) }

  /// Creates a distribution from equally likely values in any order, such as sums of sample paths.
  ///
  /// Stops the program if there are none, or if one is not finite.
  public init(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else {
      fatalError("DemandDistribution: expected finite values, got \(values)")
    }
    self.values = values.sorted()
    mean = values.reduce(0, +) / Double(values.count)
  }

  /// Creates a distribution from a known one, by its quantiles at `count` equally spaced levels.
  public init(_ distribution: some ProbabilityDistribution, count: Int = 400) {
    self.init(distribution.quantiles((0..<count).map { (Double($0) + 0.5) / Double(count) }))
  }

  /// Returns a quantile: the value at level (m + ½) / M is value m, with linear interpolation between
  /// them, as NumPy's method `hazen`. Stops the program if the level is not between 0 and 1.
  public func quantile(_ level: Double) -> Double {
    guard level > 0, level < 1 else {
      fatalError("DemandDistribution.quantile: expected a level between 0 and 1, got \(level)")
    }
    let place = min(max(level * Double(values.count) - 0.5, 0), Double(values.count - 1))
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    return values[low] + (place - Double(low)) * (values[high] - values[low])
  }

  /// Returns the expected part of the demand above a stock, E(D − S)⁺.
  public func expectedShortage(above stock: Double) -> Double {
    values.reduce(0) { $0 + max(0, $1 - stock) } / Double(values.count)
  }

  /// Returns the smallest stock of at least 0 whose expected shortage is at most a number.
  ///
  /// - Parameters:
  ///   - permitted: The permitted shortage.
  ///   - earlier: A demand whose shortage doesn't count, since it belongs to the cycle before.
  func smallestStock(
    withShortage permitted: Double, after earlier: DemandDistribution? = nil
  ) -> Double {
    func shortage(_ stock: Double) -> Double {
      expectedShortage(above: stock) - (earlier?.expectedShortage(above: stock) ?? 0)
    }
    var (low, high) = (0.0, max(0, values[values.count - 1]))
    // No stock is needed for a demand that is 0.
    guard shortage(low) > max(permitted, 0) else { return 0 }
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if shortage(middle) > max(permitted, 0) { low = middle } else { high = middle }
    }
    return high
  }
}
