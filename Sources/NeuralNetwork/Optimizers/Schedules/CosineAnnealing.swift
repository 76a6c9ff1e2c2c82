internal import RealModule

/// A schedule that decreases from the base rate to a minimum along half a cosine and then stays
/// there (Loshchilov & Hutter 2017), like PyTorch's `CosineAnnealingLR`.
///
/// To warm up first, use ``LinearWarmup``.
public struct CosineAnnealing: LearningRateSchedule, Hashable {
  /// The number of steps until the minimum.
  public let stepCount: Int
  /// The minimum rate.
  public let minimum: Double

  /// Creates a cosine schedule.
  ///
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

/// Returns the value between `start` and `end` on half a cosine, at a position in 0...1.
func cosineInterpolation(from start: Double, to end: Double, at position: Double) -> Double {
  end + (start - end) * (1 + .cos(.pi * position)) / 2
}
