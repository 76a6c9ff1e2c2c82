public import Tensor

/// The Tree-structured Parzen Estimator (Bergstra, Bardenet, Bengio & Kégl 2011), as in Optuna without
/// its multivariate option.
///
/// The first trials are random. Afterwards, trials are split into the best tenth, at most 25, and the
/// others. In each dimension, candidates are drawn from the density of the best ones, and the value is the
/// candidate with the largest ratio of this density to that of the others. A trial that reached a higher rung
/// counts as better than one that did not, and a failed one counts among the others. Dimensions with
/// conditions learn from the trials that have a value.
public struct TPESampler: TrialSampler, Hashable {
  /// The number of trials with random values before the first model.
  public var startupTrials: Int
  /// The number of candidates for each value.
  public var candidateCount: Int

  /// Creates a sampler. Stops the program if a number is less than 1.
  public init(startupTrials: Int = 10, candidateCount: Int = 24) {
    guard startupTrials >= 1, candidateCount >= 1 else {
      fatalError(
        "TPESampler: expected numbers of at least 1, got \(startupTrials) startup trials and "
          + "\(candidateCount) candidates")
    }
    self.startupTrials = startupTrials
    self.candidateCount = candidateCount
  }

  public var description: String {
    "TPE with \(startupTrials) random trials and \(candidateCount) candidates"
  }

  public func values(
    in space: SearchSpace, after trials: [Trial], using generator: inout Xoshiro256
  ) -> TrialValues {
    let known = trials.filter { $0.rung != nil || $0.isFailed }
    guard known.count >= startupTrials else {
      return RandomSampler().values(in: space, after: trials, using: &generator)
    }
    let ranked = known.sorted { $0.isBetter(than: $1) }
    let goodCount = min((known.count + 9) / 10, 25)
    let (good, others) = (ranked[..<goodCount], ranked[goodCount...])
    return space.point { dimension in
      let best = ParzenEstimator(dimension, values: good.compactMap { $0.values[dimension.name] })
      let rest = ParzenEstimator(dimension, values: others.compactMap { $0.values[dimension.name] })
      let candidates = (0..<candidateCount).map { _ in best.sample(using: &generator) }
      let gains = candidates.map { best.logDensity(of: $0) - rest.logDensity(of: $0) }
      return candidates[gains.indices.max { gains[$0] < gains[$1] }!]
    }
  }
}
