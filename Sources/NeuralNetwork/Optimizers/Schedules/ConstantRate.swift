/// The base rate at every step.
public struct ConstantRate: LearningRateSchedule, Hashable {
  /// A rate that stays as it is.
  public init() {}

  public func learningRate(atStep step: Int, base: Double) -> Double { base }
}
