public import Forecasting

/// A run that searches for networks, combines the best of them with baselines, and forecasts.
///
/// ```swift
/// var run = AutomaticRun(horizon: 28)
/// run.timeLimit = .seconds(600)
/// let results = try run(on: panel, journal: StudyJournal(path: "trials.jsonl", resumes: true))
/// print(results.report)
/// ```
///
/// The last steps are held out, and neither the search nor the weights see them. The search trains networks
/// before the windows that precede them, and scores them there. The combination of the best trials and the
/// baselines is chosen on these windows, too. Its members are then trained on all steps before the held-out
/// ones, and on all steps.
///
/// Without a time limit, the results only depend on the panel and on the seed, and a run whose process was
/// killed resumes to the same results. With one, they depend on the speed of the machine.
public struct AutomaticRun: Sendable {
  /// The horizon, H: the number of steps to hold out, of a window, and to forecast after the panel.
  public var horizon: Int
  /// The season length, in steps, or nil to derive it from the frequency.
  public var seasonLength: Int?
  /// The architectures of the search. The first ones are tried first.
  public var architectures = AutomaticRun.searchedArchitectures
  /// The baselines.
  public var baselines: [any Forecaster] = []
  /// The countries whose public holidays networks see.
  public var holidays: [Country] = []
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack
  /// The source of the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// The levels of the quantiles to forecast, as in ``ForecastRun/quantileLevels``.
  public var quantileLevels: [Double] = []
  /// The levels of the models' own quantiles, which are calibrated to ``quantileLevels``.
  public var modelLevels: [Double] = []
  /// The numbers of steps of the sums to forecast, with quantiles.
  public var sumLengths: [Int] = []
  /// The maximum number of windows. There are fewer in a short history, and where forecasts of the baselines
  /// on so many windows would take too much of ``timeLimit``.
  public var windowCount = 3
  /// The time of the run, or nil for no limit.
  ///
  /// The search has three fifths of it. The final trainings use what is left, as in a ``ForecastRun``.
  public var timeLimit: Duration?
  /// The maximum number of trials, or nil for no limit. One of the two limits is required.
  public var trialLimit: Int?
  /// The seed of the search and of the trainings.
  public var seed: UInt64 = 0
  /// A function that is called with a line about each evaluation.
  public var progress: (@Sendable (String) -> Void)?

  /// The architectures of a search by default.
  public static let searchedArchitectures: [any ForecastArchitecture.Type] = [
    LSTMArchitecture.self, TiDEArchitecture.self, NHiTSArchitecture.self, GRUArchitecture.self,
    MLPArchitecture.self, TCNArchitecture.self,
  ]

  /// Creates a run. Stops the program if the horizon is less than 1.
  public init(horizon: Int) {
    guard horizon >= 1 else {
      fatalError("AutomaticRun: expected a horizon of at least 1, got \(horizon)")
    }
    self.horizon = horizon
  }

  /// Searches, combines, and forecasts. Stops the program if there is no limit or no model.
  ///
  /// - Parameters:
  ///   - panel: The panel with all known data.
  ///   - journal: The file of the search, or nil for none.
  ///   - start: The start of the time limit.
  /// - Throws: What a ``ForecastRun`` throws, and `StudyJournalError`.
  public func callAsFunction(
    on panel: Panel, journal: StudyJournal? = nil, since start: ContinuousClock.Instant = .now
  ) throws -> AutomaticResults {
    guard timeLimit != nil || trialLimit != nil, !architectures.isEmpty else {
      fatalError("AutomaticRun: expected a timeLimit or a trialLimit, and architectures")
    }
    let clock = AutomaticClock(limit: timeLimit, start: start)
    let (usable, _) = try finalRun(nil, clock).selected(of: panel, for: [defaultModel(on: panel)])
    let known = usable.dropping(last: horizon)
    let (count, windowNote) = try affordableWindows(in: known, journal)
    let windows = SearchWindows(
      known, horizon: horizon, count: count, seasonLength: seasonLength, closings: closings)
    let search = networkSearch(on: windows.training)
    let ofBaselines =
      count == 0 ? [] : try windows.results(of: baselines.isEmpty ? [NaiveForecaster()] : baselines)
    let metric = Metric.ranking(ofBaselines.map(\.scores))
    var reason: String?
    if count == 0 {
      reason = "the history is too short for a window"
    } else if try !clock.hasTime(forSearch: search, on: windows.training) {
      reason = "the budget leaves no time for one"
    }
    var study = study(search, count, metric, panel, clock)
    if reason != nil { study.budget = .trials(0) }
    var pool = CandidatePool(search: search, windows: windows, metric: metric)
    let found = try study(journal: journal) { try pool.evaluate($0) }
    clock.add(found.resumedSeconds)
    let networks = try pool.best(of: found, clock, fits: quantileLevels.isEmpty ? 2 : 3)
    guard !networks.isEmpty else {
      return try withoutSearch(
        on: panel, clock, because: reason ?? "no trial was finished without an error", found)
    }
    let candidates =
      networks + (baselines.isEmpty ? [] : ofBaselines.map { Candidate(baseline: $0) })
    let choice = try EnsembleChoice(
      on: windows.combinationWindows(candidates.map(\.result)), by: metric)
    let models = networks.map { search.forecaster(for: $0.trial!.values, on: known) } + baselines
    var forecast = try finalRun(choice.weights, clock)(models.map { .untrained($0) }, on: panel)
      .naming(networks.map(\.name))
    // A single model has no combination.
    let hasCombination = forecast.models.count > models.count
    forecast.chosen = hasCombination && choice.method != .single ? models.count : choice.best
    return AutomaticResults(
      forecast: forecast, study: found,
      candidates: candidates.enumerated().map { place, candidate in
        AutomaticResults.Candidate(
          name: candidate.name, values: candidate.trial?.values, scores: candidate.result.scores,
          weight: choice.weights.general[place])
      }, method: choice.method, methodCosts: choice.costs, metric: metric, windowCount: count,
      windowNote: windowNote, reasonOfNoSearch: nil)
  }

  /// Forecasts with the first network and the baselines, whose weights the run chooses.
  private func withoutSearch(
    on panel: Panel, _ clock: AutomaticClock, because reason: String, _ study: StudyResults
  ) throws -> AutomaticResults {
    let models = [defaultModel(on: panel)] + baselines.map { .untrained($0) }
    return AutomaticResults(
      forecast: try finalRun(nil, clock)(models, on: panel), study: study, candidates: [],
      method: .greedy, methodCosts: [], metric: .rmsse, windowCount: 0, windowNote: nil,
      reasonOfNoSearch: reason)
  }

  private func defaultModel(on panel: Panel) -> ForecastRun.Model {
    let search = networkSearch(on: panel)
    return .untrained(search.forecaster(for: search.defaults[0]))
  }

  private func networkSearch(on panel: Panel) -> NetworkSearch {
    var specification = WindowSpecification(horizon: horizon, seasonLength: seasonLength)
    specification.holidays = holidays
    var search = NetworkSearch(architectures, windows: specification, on: panel)
    search.quantileLevels = modelLevels
    search.seed = seed
    return search
  }

  private func finalRun(_ weights: CombinationWeights?, _ clock: AutomaticClock) -> ForecastRun {
    var run = ForecastRun(horizon: horizon, seasonLength: seasonLength)
    run.shortSeries = shortSeries
    run.closings = closings
    run.combines = true
    run.combinationWeights = weights
    run.quantileLevels = quantileLevels
    run.sumLengths = sumLengths
    run.timeLimit = clock.left
    return run
  }

  private func study(
    _ search: NetworkSearch, _ windowCount: Int, _ metric: Metric, _ panel: Panel,
    _ clock: AutomaticClock
  ) -> Study {
    var study = Study(search.space)
    study.first = search.defaults
    // Two networks of the default configuration are always among the candidates.
    study.scheduler = SuccessiveHalving(exemptTrials: min(2, search.defaults.count))
    study.budget = clock.leftForSearch.map { .time($0, trials: trialLimit) } ?? .trials(trialLimit!)
    study.seed = seed
    study.settings = [
      "horizon": "\(horizon)", Self.windowSetting: "\(windowCount)", "metric": metric.name,
      "season length": seasonLength.map { "\($0)" } ?? "automatic",
      "quantiles": modelLevels.map { "\($0)" }.joined(separator: ","),
      "holidays": holidays.map(\.rawValue).joined(separator: ","), "data": panel.fingerprint,
    ]
    if let progress { study.progress = { progress($0.line(metric)) } }
    return study
  }
}

extension StudyProgress {
  /// A line about the evaluation.
  fileprivate func line(_ metric: Metric) -> String {
    let score = trial.scores[rung].map { "\(metric.name) \(metric.text($0))" }
    let result = if case .failed(let error) = trial.state { error } else { score ?? "" }
    let network = trial.values.category("network") ?? ""
    return "trial \(trial.number), rung \(rung + 1), \(network): \(result)"
      + (isResumed ? " (from the journal)" : "")
  }
}

extension Panel {
  /// A hash of the sales and of the names of the columns.
  fileprivate var fingerprint: String {
    var hash = FNV1a.hash("\(calendar.label(at: 0)) \(calendar.count)".utf8)
    func add(_ part: UInt64) { hash = (hash ^ part) &* 0x100_0000_01B3 }
    for series in eachSeries {
      add(FNV1a.hash(series.id.utf8))
      add(UInt64(series.steps.lowerBound))
      for (value, isObserved) in zip(series.values, series.observed) {
        add(isObserved ? value.bitPattern : 1)
        // A product carries bits only upwards.
        hash ^= hash >> 32
      }
    }
    let columns =
      knownCovariates.map(\.name) + pastCovariates.map(\.name) + staticCovariates.map(\.name)
    for column in columns { add(FNV1a.hash(column.utf8)) }
    return String(hash, radix: 16)
  }
}
