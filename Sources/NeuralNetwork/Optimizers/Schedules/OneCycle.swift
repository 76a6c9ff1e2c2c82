/// A schedule that increases to the base rate and then decreases far below its first rate, along
/// two half cosines (Smith & Topin 2019), like PyTorch's `OneCycleLR` with the base rate as its
/// `max_lr`.
public struct OneCycle: LearningRateSchedule, Hashable {
  /// The number of steps of the cycle.
  public let stepCount: Int
  /// The share of the steps in which the rate increases.
  public let risingShare: Double
  /// The base rate divided by the first rate.
  public let startDivisor: Double
  /// The first rate divided by the last rate.
  public let endDivisor: Double

  /// Creates a one-cycle schedule.
  ///
  /// Stops the program if the number of steps or a divisor is not positive, or if the rising share
  /// is outside of 0...1.
  public init(
    stepCount: Int, risingShare: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 1e4
  ) {
    guard risingShare >= 0, risingShare <= 1, startDivisor > 0, endDivisor > 0 else {
      fatalError(
        "OneCycle: expected a rising share in 0...1 and positive divisors, but got \(risingShare), "
          + "\(startDivisor) and \(endDivisor)")
    }
    self.stepCount = checkedStepCount(stepCount, of: "OneCycle")
    self.risingShare = risingShare
    self.startDivisor = startDivisor
    self.endDivisor = endDivisor
  }

  /// Returns the rate for a step. After the cycle it is the last rate.
  public func learningRate(atStep step: Int, base: Double) -> Double {
    let first = base / startDivisor
    let step = Double(min(step, stepCount - 1))
    let last = Double(stepCount - 1)
    let peak = risingShare * Double(stepCount) - 1
    if step <= peak, peak > 0 {
      return cosineInterpolation(from: first, to: base, at: step / peak)
    }
    let position = last > max(peak, 0) ? (step - max(peak, 0)) / (last - max(peak, 0)) : 1
    return cosineInterpolation(from: base, to: first / endDivisor, at: position)
  }
}
