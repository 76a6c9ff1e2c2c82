/// The progress of a run whose length is a time instead of a number of steps.
struct TrainingClock {
  private let start = ContinuousClock.now
  private let limit: Duration
  private let epochs: Int
  private let firstEpoch: Int

  /// Creates a clock that starts now, or nil without a limit.
  ///
  /// - Parameters:
  ///   - options: The options of the run.
  ///   - epoch: The number of epochs that are complete.
  init?(_ options: TrainingOptions, epoch: Int) {
    guard let limit = options.timeLimit else { return nil }
    self.limit = limit
    epochs = options.epochs
    firstEpoch = epoch
  }

  /// The part of the run that has passed, from 0 to 1.
  var fraction: Double {
    let passed = (ContinuousClock.now - start) / limit
    let first = Double(firstEpoch) / Double(epochs)
    return min(1, first + (1 - first) * passed)
  }

  /// Returns a Boolean value that indicates whether the time of an epoch is over. Its index counts
  /// from 0.
  func isOver(epoch: Int) -> Bool { fraction * Double(epochs) >= Double(epoch + 1) }

  /// Returns the step that a run of some steps would have reached by now.
  func position(of steps: Int) -> Int { Int(fraction * Double(steps)) }
}
