internal import RealModule

/// A schedule that multiplies the rate by γ at every step, like PyTorch's `ExponentialLR`: η γ^t.
public struct ExponentialDecay: LearningRateSchedule, Hashable {
  /// γ, the factor per step.
  public let factor: Double

  /// Creates a schedule that decays by a factor γ.
  public init(factor: Double) { self.factor = factor }

  public func learningRate(atStep step: Int, base: Double) -> Double { base * .pow(factor, step) }
}
