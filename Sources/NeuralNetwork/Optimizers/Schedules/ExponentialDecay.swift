internal import RealModule

/// The base rate times γ at every step, as PyTorch's `ExponentialLR`: η γ^t.
public struct ExponentialDecay: LearningRateSchedule, Hashable {
  /// γ
  public let factor: Double

  /// A decay by a factor γ.
  public init(factor: Double) { self.factor = factor }

  public func learningRate(atStep step: Int, base: Double) -> Double { base * .pow(factor, step) }
}
