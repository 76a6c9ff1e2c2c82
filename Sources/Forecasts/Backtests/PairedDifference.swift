internal import RealModule

/// The mean difference between two models over windows, and its uncertainty.
///
/// The interval assumes that the differences in different windows are independent. Those of windows
/// that overlap, or of models fitted to mostly the same history, are not, so it may be too narrow.
/// The best of several models has also been chosen on the same windows.
public struct PairedDifference: Hashable, Sendable {
  /// The number of windows, n.
  public let count: Int
  /// The mean of the differences.
  public let mean: Double
  /// The standard error of the mean, s / √n, or nil for a single window.
  public let standardError: Double?

  /// Creates the mean of differences. Stops the program if there are none.
  public init(_ differences: [Double]) {
    guard !differences.isEmpty else {
      fatalError("PairedDifference: expected at least one difference, got none")
    }
    count = differences.count
    let mean = differences.reduce(0, +) / Double(count)
    self.mean = mean
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError =
      count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : nil
  }

  /// Returns the confidence interval of the mean by Student's t distribution with n − 1 degrees of
  /// freedom, or nil for a single window. Stops the program if the confidence isn't between 0 and
  /// 1.
  public func interval(confidence: Double = 0.95) -> ClosedRange<Double>? {
    guard confidence > 0, confidence < 1 else {
      fatalError("PairedDifference: expected a confidence between 0 and 1, got \(confidence)")
    }
    guard let standardError else { return nil }
    let level = (1 + confidence) / 2
    // With one degree of freedom, it is the Cauchy distribution.
    let quantile =
      count == 2
      ? Double.tan(.pi * (level - 0.5))
      : StudentTDistribution(degreesOfFreedom: Double(count - 1)).quantile(level)
    return mean - quantile * standardError...mean + quantile * standardError
  }
}
