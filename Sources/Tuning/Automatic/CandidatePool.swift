import Forecasting

/// A model that may be part of the combination: a trial of the search, or a baseline.
struct Candidate {
  let name: String
  /// The trial, or nil for a baseline.
  let trial: Trial?
  let result: SearchWindows.Result

  init(baseline result: SearchWindows.Result) {
    (name, trial, self.result) = (result.name, nil, result)
  }

  init(_ trial: Trial, _ result: SearchWindows.Result) {
    (name, self.trial, self.result) = ("\(result.name) \(trial.number)", trial, result)
  }
}

/// The objective of a search, which keeps the forecasts of the best trials.
struct CandidatePool {
  let search: NetworkSearch
  let windows: SearchWindows
  let metric: Metric
  /// The results of the best evaluations with all of the resource, by trial.
  private var kept: [Int: (score: Double, result: SearchWindows.Result)] = [:]

  /// The number of trials whose forecasts are kept.
  private static let size = 8
  /// The maximum number of networks of the combination.
  private static let largestEnsemble = 4

  init(search: NetworkSearch, windows: SearchWindows, metric: Metric) {
    (self.search, self.windows, self.metric) = (search, windows, metric)
  }

  /// Returns the score of an evaluation.
  mutating func evaluate(_ evaluation: TrialEvaluation) throws -> Double {
    let result = try self.result(of: evaluation.values, evaluation.resource)
    guard let score = metric.cost(of: result.scores) else { return .nan }
    guard evaluation.resource == 1 else { return score }
    kept[evaluation.trial] = (score, result)
    if kept.count > Self.size {
      kept[kept.max { ($0.value.score, $0.key) < ($1.value.score, $1.key) }!.key] = nil
    }
    return score
  }

  /// Returns the networks of the combination: those with the largest weights of a greedy selection among the
  /// best trials.
  ///
  /// The forecasts of trials from a journal are made again. If no trial was evaluated with all of the
  /// resource, they are the two best ones at lower rungs.
  ///
  /// - Parameters:
  ///   - study: The results of the search.
  ///   - clock: The time of the run.
  ///   - fits: The number of times that each network will be trained.
  func best(
    of study: StudyResults, _ clock: AutomaticClock, fits: Int
  ) throws -> [Candidate] {
    let complete = study.ranked.filter { $0.state == .complete }
    var trials = complete.isEmpty ? study.ranked.prefix(2) : complete.prefix(Self.size)
    guard !trials.isEmpty else { return [] }
    let seconds = trials.reduce(0) { $0 + $1.seconds } / Double(trials.count)
    let count = clock.networkCount(upTo: Self.largestEnsemble, eachTaking: seconds, times: fits)
    if trials.contains(where: { kept[$0.number] == nil }), clock.left != nil {
      trials = trials.prefix(count)
    }
    let candidates = try trials.map { trial in
      Candidate(
        trial,
        try kept[trial.number]?.result
          ?? result(of: trial.values, study.resources[trial.rung!]))
    }
    let weights = CombinationWeights(
      selectedOn: try windows.combinationWindows(candidates.map(\.result))
    ).general
    let order = candidates.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    return order.prefix(count).sorted().map { candidates[$0] }
  }

  private func result(
    of values: TrialValues, _ resource: Double
  ) throws -> SearchWindows.Result {
    try windows.results(of: [search.forecaster(for: values, resource: resource)])[0]
  }
}
