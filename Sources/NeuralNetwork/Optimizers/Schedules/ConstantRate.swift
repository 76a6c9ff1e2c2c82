/// The base rate at every step.
public struct ConstantRate: LearningRateSchedule, Hashable {
  /// The schedule that changes nothing.
  public init() {}

  public func learningRate(atStep step: Int, base: Double) -> Double { base }
}
