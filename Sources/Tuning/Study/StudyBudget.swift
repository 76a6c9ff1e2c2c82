/// The limits of a ``Study``: a number of trials, a time, or both.
public struct StudyBudget: Sendable, Hashable {
  /// The maximum number of trials, or nil for no limit.
  public var trials: Int?
  /// The maximum time of all evaluations, or nil for no limit.
  ///
  /// The evaluation in progress is finished. None is started that is expected to take longer than the rest of
  /// the time, by the mean time of earlier ones. The number of trials then depends on the speed of the
  /// machine. The time of a study that resumes includes that of its recorded evaluations.
  public var time: Duration?

  private init(trials: Int?, time: Duration?) {
    self.trials = trials
    self.time = time
  }

  /// A number of trials. Stops the program if it is negative.
  public static func trials(_ count: Int) -> StudyBudget {
    guard count >= 0 else { fatalError("StudyBudget: expected no negative number, got \(count)") }
    return StudyBudget(trials: count, time: nil)
  }

  /// A time, and optionally a maximum number of trials. Stops the program if the number is negative.
  public static func time(_ time: Duration, trials: Int? = nil) -> StudyBudget {
    guard trials ?? 0 >= 0 else {
      fatalError("StudyBudget: expected no negative number, got \(trials!)")
    }
    return StudyBudget(trials: trials, time: time)
  }
}
