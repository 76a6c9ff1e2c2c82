/// A learning rate that changes over the steps of training, or over its epochs: the unit is the
/// caller's.
///
/// ```swift
/// let schedule = LinearWarmup(stepCount: 100, then: CosineAnnealing(stepCount: 900))
/// optimizer.learningRate = schedule.learningRate(atStep: step, base: 1e-3)
/// ```
public protocol LearningRateSchedule: Sendable {
  /// The rate for a step.
  ///
  /// - Parameters:
  ///   - step: The number of the step, from 0.
  ///   - base: The rate that the schedule modulates.
  func learningRate(atStep step: Int, base: Double) -> Double
}

/// Stops the program if a schedule's number of steps is not positive.
func checkedStepCount(_ count: Int, of schedule: String) -> Int {
  guard count > 0 else {
    fatalError("\(schedule): the number of steps must be positive, but is \(count)")
  }
  return count
}
