/// The results of a ``Study``.
public struct StudyResults: Sendable {
  /// The reason why a study ended.
  public enum End: Sendable, Hashable {
    /// The number of trials was reached.
    case trials
    /// The time was used up. The number of trials depends on the speed of the machine.
    case time
  }

  /// The space.
  public let space: SearchSpace
  /// The share of the resource at each rung.
  public let resources: [Double]
  /// The trials, in the order of their numbers.
  public let trials: [Trial]
  /// The reason for the end.
  public let end: End
  /// The number of evaluations that were taken from the journal.
  public let resumedCount: Int
  /// The time of these evaluations, in seconds.
  public let resumedSeconds: Double
  /// Messages about the journal.
  public let notes: [String]

  /// The trials with a score from best to worst: those that reached a higher rung come first.
  public var ranked: [Trial] {
    trials.filter { $0.rung != nil && !$0.isFailed }.sorted { $0.isBetter(than: $1) }
  }

  /// The best trial, or nil if none has a score.
  public var best: Trial? { ranked.first }

  /// The time of all evaluations, in seconds.
  public var seconds: Double { trials.reduce(0) { $0 + $1.seconds } }
}
