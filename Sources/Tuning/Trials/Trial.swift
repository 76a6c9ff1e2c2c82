/// A point of a ``SearchSpace`` and the results of its evaluations.
public struct Trial: Sendable, Equatable {
  /// The state of a trial.
  public enum State: Sendable, Equatable {
    /// Not all evaluations that were planned are finished, or others did better and were promoted.
    case stopped
    /// The evaluation at the last rung is finished.
    case complete
    /// An evaluation ended with an error.
    case failed(String)
  }

  /// The number of the trial, from 0 in the order of the study.
  public let number: Int
  /// The values.
  public let values: TrialValues
  /// The scores by rung. Lower ones are better.
  public package(set) var scores: [Int: Double] = [:]
  /// The time of the evaluations, in seconds.
  public package(set) var seconds = 0.0
  /// The state.
  public package(set) var state = State.stopped

  /// Creates a trial without results.
  package init(number: Int, values: TrialValues) {
    self.number = number
    self.values = values
  }

  /// The highest rung with a score, or nil if there is none.
  public var rung: Int? { scores.keys.max() }

  /// The score at the highest rung, or nil if there is none.
  public var score: Double? { rung.flatMap { scores[$0] } }

  /// A Boolean value that indicates whether an evaluation ended with an error.
  public var isFailed: Bool { if case .failed = state { true } else { false } }

  /// A Boolean value that indicates whether the trial is better than another: it reached a higher rung or,
  /// at the same one, has a lower score. Of equals, it is the earlier one; failed trials are last.
  package func isBetter(than other: Trial) -> Bool {
    if isFailed != other.isFailed { return other.isFailed }
    let (own, others) = (rung ?? -1, other.rung ?? -1)
    if own != others { return own > others }
    let (score, otherScore) = (score ?? .infinity, other.score ?? .infinity)
    return score == otherScore ? number < other.number : score < otherScore
  }
}

/// An evaluation of a trial that a study asks an objective for.
public struct TrialEvaluation: Sendable, Equatable {
  /// The number of the trial.
  public let trial: Int
  /// The values of the trial.
  public let values: TrialValues
  /// The rung, from 0.
  public let rung: Int
  /// The share of the resource, such as the training length, from above 0 to 1.
  public let resource: Double
}
