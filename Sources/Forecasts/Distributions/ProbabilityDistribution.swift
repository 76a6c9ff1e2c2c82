/// A probability distribution of a number.
public protocol ProbabilityDistribution: Sendable {
  /// The mean.
  var mean: Double { get }

  /// The variance.
  var variance: Double { get }

  /// Returns the smallest number that isn't exceeded with a probability of at least `level`.
  ///
  /// - Parameter level: A level between 0 and 1.
  func quantile(_ level: Double) -> Double

  /// Returns the quantiles at several levels.
  ///
  /// - Parameter levels: The levels, in ascending order between 0 and 1.
  func quantiles(_ levels: [Double]) -> [Double]

  /// Returns a sample of the distribution.
  func sample(using generator: inout some RandomNumberGenerator) -> Double
}

extension ProbabilityDistribution {
  public func quantiles(_ levels: [Double]) -> [Double] { levels.map { quantile($0) } }
}

extension RandomNumberGenerator {
  /// Returns a uniform number in the open interval (0, 1).
  mutating func nextUnit() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }
}

/// Returns the root of an ascending function between two numbers, by Newton's method if its steps
/// stay within the known bounds, and by bisection otherwise.
///
/// - Parameters:
///   - start: The initial guess.
///   - bounds: Numbers that enclose the root.
///   - function: A function that returns the value and the derivative.
func ascendingRoot(
  from start: Double, within bounds: ClosedRange<Double>,
  of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var (low, high) = (bounds.lowerBound, bounds.upperBound)
  var x = min(max(start, low), high)
  for _ in 0..<200 {
    let (value, slope) = function(x)
    if value == 0 { return x }
    if value < 0 { low = x } else { high = x }
    let step = x - value / slope
    let next = step > low && step < high ? step : low + (high - low) / 2
    if (next - x).magnitude <= 1e-13 * max(x.magnitude, 1e-3) { return next }
    x = next
  }
  return x
}
