/// A method that decides which trial is evaluated next, and with how much of the resource.
///
/// The decision may only depend on the trials so far, so that a study that resumes makes the same ones.
/// The description states the method and its settings. A journal contains it, so that a study only resumes
/// with the same scheduler.
public protocol TrialScheduler: Sendable, CustomStringConvertible {
  /// The share of the resource at each rung, ascending to 1.
  var resources: [Double] { get }

  /// Returns the next trial and its rung, or nil if there is nothing left to evaluate.
  ///
  /// - Parameters:
  ///   - trials: The trials so far, in the order of their numbers. A trial with the number of their count
  ///     is a new one.
  ///   - limit: The maximum number of trials, or nil for no limit.
  func next(after trials: [Trial], limit: Int?) -> (trial: Int, rung: Int)?
}

/// A scheduler that evaluates each trial once, with all of the resource.
public struct FullEvaluation: TrialScheduler, Hashable {
  /// Creates a scheduler.
  public init() {}

  public var description: String { "full evaluation" }

  public var resources: [Double] { [1] }

  public func next(after trials: [Trial], limit: Int?) -> (trial: Int, rung: Int)? {
    trials.count < limit ?? .max ? (trials.count, 0) : nil
  }
}
