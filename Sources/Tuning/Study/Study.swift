internal import Tensor

/// A search for the values of hyperparameters with the lowest score.
///
/// ```swift
/// var study = Study(SearchSpace([.real("x", in: -2...5), .real("y", in: -3...4)]))
/// study.scheduler = FullEvaluation()
/// study.budget = .trials(60)
/// let results = try study { evaluation in
///   let (x, y) = (evaluation.values.number("x")!, evaluation.values.number("y")!)
///   return (x - 1) * (x - 1) + (y + 2) * (y + 2)
/// }
/// print(results.best!.values)
/// ```
///
/// The trials depend on the seed and on the scores of the objective, and on nothing else. Evaluations are made
/// one after another. A study with a ``StudyJournal`` that was killed resumes to the same results.
public struct Study: Sendable {
  /// The space.
  public let space: SearchSpace
  /// The method that chooses values.
  public var sampler: any TrialSampler = TPESampler()
  /// The method that chooses the next evaluation.
  public var scheduler: any TrialScheduler = SuccessiveHalving()
  /// The limits.
  public var budget = StudyBudget.trials(50)
  /// The seed of the sampler.
  public var seed: UInt64 = 0
  /// The values of the first trials, in place of values of the sampler.
  public var first: [TrialValues] = []
  /// Facts that the scores depend on, such as a horizon, by name. A journal with others is refused.
  public var settings: [String: String] = [:]
  /// A function that is called after each evaluation.
  public var progress: (@Sendable (StudyProgress) -> Void)?

  /// Creates a study.
  public init(_ space: SearchSpace) { self.space = space }

  /// Evaluates trials until the budget is spent.
  ///
  /// An evaluation that throws an error or returns a score that is not finite fails: the trial has the error
  /// as its state, and the study goes on. Stops the program if a first trial is not a point of the space.
  ///
  /// - Parameters:
  ///   - journal: The file of the evaluations, or nil for none.
  ///   - objective: A function that returns the score of an evaluation. Lower scores are better. Those of a
  ///     trial are only compared with others at the same rung.
  /// - Throws: `StudyJournalError`, and the `CancellationError` of an objective.
  public func callAsFunction(
    journal: StudyJournal? = nil, objective: (TrialEvaluation) throws -> Double
  ) throws -> StudyResults {
    for values in first {
      if let fault = space.fault(of: values) {
        fatalError("Study: a first trial is invalid: \(fault)")
      }
    }
    let open = try journal.map { try OpenJournal($0, of: header) }
    var trials: [Trial] = []
    var clock = StudyClock(budget.time, scheduler.resources)
    var resumed: [Double] = []
    var end = StudyResults.End.trials
    while let next = scheduler.next(after: trials, limit: budget.trials) {
      guard clock.hasTime(at: next.rung) else {
        end = .time
        break
      }
      if next.trial == trials.count {
        trials.append(Trial(number: next.trial, values: values(after: trials)))
      }
      let evaluation = TrialEvaluation(
        trial: next.trial, values: trials[next.trial].values, rung: next.rung,
        resource: scheduler.resources[next.rung])
      let known = try open?.record(of: evaluation)
      let record = try known ?? evaluated(evaluation, by: objective)
      if known == nil { try open?.write(record) } else { resumed.append(record.seconds) }
      clock.add(record.seconds, at: next.rung)
      trials[next.trial].add(record, isLast: next.rung == scheduler.resources.count - 1)
      progress?(
        StudyProgress(
          trial: trials[next.trial], rung: next.rung, isResumed: known != nil,
          seconds: clock.seconds))
    }
    return StudyResults(
      space: space, resources: scheduler.resources, trials: trials, end: end,
      resumedCount: resumed.count, resumedSeconds: resumed.reduce(0, +),
      notes: [open?.note].compactMap { $0 })
  }

  private var header: JournalHeader {
    JournalHeader(
      seed: seed, sampler: sampler.description, scheduler: scheduler.description,
      space: space.dimensions.map { JournalHeader.Dimension($0) }, first: first, settings: settings)
  }

  /// Returns the values of the next trial. Values that an earlier trial has are drawn again, a limited number
  /// of times, since a small space may have no others.
  private func values(after trials: [Trial]) -> TrialValues {
    if trials.count < first.count { return first[trials.count] }
    // Studies of seeds 0, 1, 2, … have no generator in common.
    var generator = Xoshiro256(
      seed: Xoshiro256.mixed(seed) &+ UInt64(trials.count) &* 0x9E37_79B9_7F4A_7C15)
    let known = Set(trials.map(\.values))
    var values = sampler.values(in: space, after: trials, using: &generator)
    for _ in 0..<20 where known.contains(values) {
      values = sampler.values(in: space, after: trials, using: &generator)
    }
    return values
  }

  private func evaluated(
    _ evaluation: TrialEvaluation, by objective: (TrialEvaluation) throws -> Double
  ) throws -> JournalRecord {
    let start = ContinuousClock.now
    var score: Double?
    var failure: String?
    do {
      let found = try objective(evaluation)
      if found.isFinite { score = found } else { failure = "the score is \(found)" }
    } catch let error as CancellationError {
      throw error
    } catch { failure = "\(error)" }
    return JournalRecord(
      trial: evaluation.trial, rung: evaluation.rung, values: evaluation.values, score: score,
      error: failure, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}

/// The progress of a ``Study``: an evaluation is finished.
public struct StudyProgress: Sendable {
  /// The trial with its results so far.
  public let trial: Trial
  /// The rung of the evaluation.
  public let rung: Int
  /// A Boolean value that indicates whether the result is from the journal.
  public let isResumed: Bool
  /// The time of all evaluations so far, in seconds.
  public let seconds: Double
}

extension Trial {
  /// Adds the result of an evaluation.
  fileprivate mutating func add(_ record: JournalRecord, isLast: Bool) {
    seconds += record.seconds
    scores[record.rung] = record.score
    if let error = record.error {
      state = .failed(error)
    } else if isLast {
      state = .complete
    }
  }
}

extension Xoshiro256 {
  /// Returns the first number of a generator.
  fileprivate static func mixed(_ seed: UInt64) -> UInt64 {
    var generator = Xoshiro256(seed: seed)
    return generator.next()
  }
}
