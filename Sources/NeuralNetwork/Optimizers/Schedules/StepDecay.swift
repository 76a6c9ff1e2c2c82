internal import RealModule

/// The base rate times γ after every so many steps, as PyTorch's `StepLR`: η γ^⌊t / n⌋.
public struct StepDecay: LearningRateSchedule, Hashable {
  /// n, the steps between two changes.
  public let stepCount: Int
  /// γ
  public let factor: Double

  /// Stops the program if the number of steps is not positive.
  public init(stepCount: Int, factor: Double = 0.1) {
    self.stepCount = checkedStepCount(stepCount, of: "StepDecay")
    self.factor = factor
  }

  public func learningRate(atStep step: Int, base: Double) -> Double {
    base * .pow(factor, step / stepCount)
  }
}
