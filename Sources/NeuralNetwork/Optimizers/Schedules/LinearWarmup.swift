/// A linear increase from a share of the base rate to the full rate, followed by another schedule
/// that starts at its own step 0.
///
/// It corresponds to PyTorch's `LinearLR` followed by another schedule in a `SequentialLR`.
public struct LinearWarmup<Following: LearningRateSchedule>: LearningRateSchedule {
  /// The number of steps until the base rate.
  public let stepCount: Int
  /// The share of the base rate at step 0.
  public let startFactor: Double
  /// The schedule after the warm-up.
  public let following: Following

  /// Creates a warm-up before another schedule.
  ///
  /// Stops the program if the number of steps is not positive.
  public init(stepCount: Int, startFactor: Double = 0.1, then following: Following) {
    self.stepCount = checkedStepCount(stepCount, of: "LinearWarmup")
    self.startFactor = startFactor
    self.following = following
  }

  public func learningRate(atStep step: Int, base: Double) -> Double {
    guard step < stepCount else {
      return following.learningRate(atStep: step - stepCount, base: base)
    }
    return base * (startFactor + (1 - startFactor) * Double(step) / Double(stepCount))
  }
}

extension LinearWarmup where Following == ConstantRate {
  /// Creates a warm-up to the base rate, which then stays constant.
  public init(stepCount: Int, startFactor: Double = 0.1) {
    self.init(stepCount: stepCount, startFactor: startFactor, then: ConstantRate())
  }
}
