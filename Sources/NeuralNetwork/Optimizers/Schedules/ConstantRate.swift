/// The base rate at every step.
public struct ConstantRate: LearningRateSchedule, Hashable {
  public init() {}

  public func learningRate(atStep step: Int, base: Double) -> Double { base }
}
