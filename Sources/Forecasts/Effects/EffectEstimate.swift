/// An estimated effect and its uncertainty.
public struct EffectEstimate: Sendable, Hashable {
  /// The estimate.
  public let value: Double
  /// The standard error.
  public let standardError: Double
  /// The degrees of freedom of Student's t distribution: the smallest number of clusters, less 1.
  public let degreesOfFreedom: Int

  /// Creates an estimate. Stops the program if there is no degree of freedom.
  public init(value: Double, standardError: Double, degreesOfFreedom: Int) {
    guard degreesOfFreedom >= 1 else {
      fatalError("EffectEstimate: expected at least 1 degree of freedom, got \(degreesOfFreedom)")
    }
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The 95 % confidence interval.
  public var interval: ClosedRange<Double> {
    // With one degree of freedom, it is the Cauchy distribution, whose quantile is tan(0.475 π).
    let quantile =
      degreesOfFreedom == 1
      ? 12.706204736432095
      : StudentTDistribution(degreesOfFreedom: Double(degreesOfFreedom)).quantile(0.975)
    return value - quantile * standardError...value + quantile * standardError
  }

  /// A Boolean value that indicates whether the interval does not contain 0.
  public var isClear: Bool { !interval.contains(0) }

  /// Returns the estimate in other units.
  public func scaled(by factor: Double) -> EffectEstimate {
    EffectEstimate(
      value: value * factor, standardError: standardError * abs(factor),
      degreesOfFreedom: degreesOfFreedom)
  }
}

extension EffectEstimate: Encodable {
  private enum CodingKeys: String, CodingKey {
    case value, standardError, low, high
  }

  /// Encodes the value, the standard error, and the bounds of the 95 % interval.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(standardError, forKey: .standardError)
    try container.encode(interval.lowerBound, forKey: .low)
    try container.encode(interval.upperBound, forKey: .high)
  }
}
