/// A schedule that returns the base rate at every step.
public struct ConstantRate: LearningRateSchedule, Hashable {
  /// Creates a constant schedule.
  public init() {}

  public func learningRate(atStep step: Int, base: Double) -> Double { base }
}
