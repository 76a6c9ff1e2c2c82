public import Forecasting

/// The results of an ``AutomaticRun``.
public struct AutomaticResults: Sendable {
  /// A model among which the combination was chosen.
  public struct Candidate: Sendable {
    /// The name in the forecasts, such as `TiDE 14` for trial 14.
    public let name: String
    /// The values of the trial, or nil for a baseline.
    public let values: TrialValues?
    /// The scores on the windows of the search.
    public let scores: Scores
    /// The weight in the combination. Greedy selection also adapts it to each series.
    public let weight: Double
  }

  /// The forecasts of the held-out steps with their scores, and those after the panel. The recommended model
  /// was chosen without the held-out steps if there was a search.
  public let forecast: ForecastResults
  /// The search, which has no trials if there was no time for it.
  public let study: StudyResults
  /// The candidates, networks first, or an empty array without a search.
  public let candidates: [Candidate]
  /// The method that was chosen.
  public let method: EnsembleMethod
  /// The mean of the metric on windows that the weights were not fitted on, for each method, or an empty
  /// array if there was only one window.
  public let methodCosts: [(method: EnsembleMethod, cost: Double)]
  /// The metric of the search and of the choice.
  public let metric: Metric
  /// The number of windows.
  public let windowCount: Int
  /// The reason why there are fewer windows than the history has room for, or nil.
  public let windowNote: String?
  /// The reason why there was no search, or nil.
  public let reasonOfNoSearch: String?

  /// The number of networks in the forecast, which come before the baselines.
  public var networkCount: Int { max(1, candidates.count { $0.values != nil }) }
}
