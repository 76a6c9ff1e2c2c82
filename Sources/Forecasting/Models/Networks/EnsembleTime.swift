/// The time of an ensemble's training, in equal parts for its networks.
struct EnsembleTime {
  /// The number of networks that there is time for.
  let networkCount: Int
  private let end: ContinuousClock.Instant
  private var started = 0

  /// Measures the time of a network, and chooses the number of networks: as many as there is time for,
  /// from the ensemble's size to ``NetworkTraining/largestEnsemble``.
  ///
  /// - Parameters:
  ///   - limit: The time of the whole training.
  ///   - start: The start of that time.
  ///   - training: The configuration, with all numbers chosen.
  ///   - trial: A function that trains a network by a configuration.
  init(
    _ limit: Duration, from start: ContinuousClock.Instant, _ training: NetworkTraining,
    trial: (NetworkTraining) throws -> Void
  ) throws {
    end = start + limit
    let steps = training.epochs * training.stepsPerEpoch!
    let clock = ContinuousClock()
    func time(ofSteps count: Int) throws -> Duration {
      var short = training
      short.timeLimit = nil
      short.epochs = 1
      short.stepsPerEpoch = count
      return try clock.measure { try trial(short) }
    }
    // The difference leaves out what the start of a training takes.
    let whole = try (time(ofSteps: 36) - time(ofSteps: 4)) * (Double(steps) / 32)
    let affordable = ((end - clock.now) / max(whole, .microseconds(1))).rounded()
    let most = min(affordable, Double(NetworkTraining.largestEnsemble))
    networkCount = Int(max(most, Double(training.ensembleSize)))
  }

  /// Returns the time of the next network: an equal part of the time that is left.
  mutating func next() -> Duration {
    let left = networkCount - started
    started += 1
    return max((end - ContinuousClock.now) / left, .milliseconds(1))
  }
}
