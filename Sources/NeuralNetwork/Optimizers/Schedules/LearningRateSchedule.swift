/// A learning rate that changes over the steps or the epochs of training. The caller chooses the
/// unit.
///
/// ```swift
/// let schedule = LinearWarmup(stepCount: 100, then: CosineAnnealing(stepCount: 900))
/// optimizer.learningRate = schedule.learningRate(atStep: step, base: 1e-3)
/// ```
public protocol LearningRateSchedule: Sendable {
  /// Returns the rate for a step.
  ///
  /// - Parameters:
  ///   - step: The zero-based index of the step.
  ///   - base: The rate that the schedule scales.
  func learningRate(atStep step: Int, base: Double) -> Double
}

/// Returns a schedule's number of steps, or stops the program if it is not positive.
func checkedStepCount(_ count: Int, of schedule: String) -> Int {
  guard count > 0 else {
    fatalError("\(schedule): the number of steps must be positive, but is \(count)")
  }
  return count
}
