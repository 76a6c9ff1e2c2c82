/// The results of a ``BacktestRun``.
public struct BacktestResults: Sendable {
  /// A window of the back-test.
  public struct Window: Sendable {
    /// The steps that were forecast.
    public let calendar: RegularCalendar
    /// The number of steps in the history.
    public let historyLength: Int
    /// A Boolean value that indicates whether models were fitted to the history of this window.
    public let isRefitted: Bool
    /// A Boolean value that indicates whether MASE and RMSSE are relative to changes from step to
    /// step, because no series of the history is longer than a season.
    public let isScaledByStep: Bool
  }

  /// The scores of a model.
  public struct Model: Sendable {
    /// The model's name.
    public private(set) var name = ""
    /// The scores over all series and windows.
    public private(set) var overall = Scores()
    /// The scores of each window.
    public private(set) var windows: [Scores] = []
    /// The scores of each series over all windows.
    public private(set) var series: [Evaluation.SeriesScores] = []
    /// The scores of each step of the horizon over all windows.
    public private(set) var steps: [Scores] = []
    /// The scores of each level of the hierarchy over all windows.
    public private(set) var levels: [NamedScores] = []
    /// The number of series in each window that were forecast by another model or a ``Fallback``.
    public private(set) var fallbackCounts: [Int] = []
  }

  /// The windows, in chronological order.
  public let windows: [Window]
  /// The number of steps between the starts of successive windows.
  public let step: Int
  /// The season length for scaled errors, in steps.
  public let seasonLength: Int
  /// The series that were left out because a model can't forecast them.
  public let leftOut: [String]
  /// The static columns of categories, by which scores can be grouped.
  public let categories: [StaticCovariate]
  /// The scores of each model, in the order of the run.
  public let models: [Model]
  /// The metric that models are ranked by. The default is that of ``ForecastResults/recommended``.
  public var rankingMetric: Metric

  /// The number of steps in a window, H.
  public var horizon: Int { windows[0].calendar.count }

  /// The models, ranked by ``rankingMetric``.
  public var leaderboard: Leaderboard { Leaderboard(of: self, by: rankingMetric) }

  /// Notes on the scores and their uncertainty.
  public var notes: [String] {
    [scaleNote, uncertaintyNote].compactMap { $0 }
  }

  private var unit: String { windows[0].calendar.frequency.unit }

  private var scaleNote: String? {
    let short = windows.count(where: \.isScaledByStep)
    guard short > 0 else { return nil }
    return "In \(short) of \(windows.count.counted("window")), "
      + ErrorScales.stepwiseNote(seasonLength: seasonLength, unit: unit)
  }

  private var uncertaintyNote: String? {
    if windows.count == 1 {
      return "One window shows no uncertainty: differences have no interval."
    }
    guard step < horizon else { return nil }
    return "Windows overlap: they start every \(step.counted(unit)) but are "
      + "\(horizon.counted(unit)) long, so their errors are not independent and the intervals are "
      + "too narrow."
  }
}

extension BacktestResults.Model {
  /// Adds the scores of the next window.
  mutating func add(_ evaluation: Evaluation, of forecast: Forecast, by name: String) {
    self.name = name
    overall.add(evaluation.overall)
    windows.append(evaluation.overall)
    fallbackCounts.append(forecast.fallbacks.count)
    if series.isEmpty, steps.isEmpty {
      (series, steps, levels) = (evaluation.series, evaluation.steps, evaluation.levels)
      return
    }
    for (place, one) in evaluation.series.enumerated() {
      series[place] = .init(id: one.id, scores: series[place].scores.adding(one.scores))
    }
    for (place, scores) in evaluation.steps.enumerated() { steps[place].add(scores) }
    for (place, level) in evaluation.levels.enumerated() {
      levels[place] = .init(name: level.name, scores: levels[place].scores.adding(level.scores))
    }
  }
}

extension Scores {
  fileprivate func adding(_ other: Scores) -> Scores {
    var sum = self
    sum.add(other)
    return sum
  }
}
