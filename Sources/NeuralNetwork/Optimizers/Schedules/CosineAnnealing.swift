internal import RealModule

/// From the base rate down to a least one along half a cosine (Loshchilov & Hutter 2017), as PyTorch's
/// `CosineAnnealingLR`; then it stays there.
///
/// For a warm-up before it, see ``LinearWarmup``.
public struct CosineAnnealing: LearningRateSchedule, Hashable {
  /// The number of steps until the least rate.
  public let stepCount: Int
  /// The least rate.
  public let minimum: Double

  /// Stops the program if the number of steps is not positive.
  public init(stepCount: Int, minimum: Double = 0) {
    self.stepCount = checkedStepCount(stepCount, of: "CosineAnnealing")
    self.minimum = minimum
  }

  public func learningRate(atStep step: Int, base: Double) -> Double {
    cosineInterpolation(
      from: base, to: minimum, at: Double(min(step, stepCount)) / Double(stepCount))
  }
}

/// From `start` to `end` along half a cosine, as the position goes from 0 to 1.
func cosineInterpolation(from start: Double, to end: Double, at position: Double) -> Double {
  end + (start - end) * (1 + .cos(.pi * position)) / 2
}
