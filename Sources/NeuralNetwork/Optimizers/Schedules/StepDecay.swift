internal import RealModule

/// A schedule that multiplies the rate by γ every n steps, like PyTorch's `StepLR`: η γ^⌊t / n⌋.
public struct StepDecay: LearningRateSchedule, Hashable {
  /// n, the number of steps between two changes.
  public let stepCount: Int
  /// γ, the factor per change.
  public let factor: Double

  /// Creates a step schedule.
  ///
  /// Stops the program if the number of steps is not positive.
  public init(stepCount: Int, factor: Double = 0.1) {
    self.stepCount = checkedStepCount(stepCount, of: "StepDecay")
    self.factor = factor
  }

  public func learningRate(atStep step: Int, base: Double) -> Double {
    base * .pow(factor, step / stepCount)
  }
}
