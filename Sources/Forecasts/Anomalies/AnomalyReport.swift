/// A value that a forecaster finds surprising.
public struct Anomaly: Sendable, Equatable, Codable {
  /// The id of the series.
  public let id: String
  /// The label of the step: its date and, for hours, the time.
  public let step: String
  /// The observed value.
  public let value: Double
  /// The mean forecast.
  public let expected: Double
  /// The bounds of the central interval of 95 %.
  public let lower, upper: Double
  /// The standard normal score, positive above the median, and at most 1,000,000 in magnitude.
  public let score: Double
  /// The probability of a value at least as far from the median, on either side.
  public let probability: Double
}

/// The anomalies of a panel, with the numbers that put them into perspective.
public struct AnomalyReport: Sendable, Equatable, Codable {
  /// The anomalies, the most surprising first. Equally surprising ones are in the order of the windows,
  /// and then of the panel.
  public private(set) var anomalies: [Anomaly] = []
  /// The two-sided probability below which a value is an anomaly.
  public let limit: Double
  /// The labels of the first and the last step of the windows.
  public let firstStep, lastStep: String
  /// The number of values that were scored.
  public private(set) var scoredCount = 0
  /// The number of values that were not scored because all quantiles of their forecast are equal, as those
  /// of a series that never changed.
  public private(set) var spreadlessCount = 0
  /// The number of values that were not scored because their series had too short a history.
  public private(set) var earlyCount = 0
  /// The number of series with scored values.
  public private(set) var scoredSeriesCount = 0
  /// The number of series without a scored value: too short, never changing, or not observed in the
  /// windows.
  public private(set) var leftOutSeriesCount = 0
  /// The number of anomalies to expect by chance, if the forecaster's quantiles are right.
  public private(set) var expectedByChance = 0.0

  init(limit: Double, calendar: RegularCalendar) {
    self.limit = limit
    firstStep = calendar.label(at: 0)
    lastStep = calendar.label(at: calendar.count - 1)
  }

  mutating func add(_ scores: SeriesAnomalyScores) {
    scoredCount += scores.scores.count
    spreadlessCount += scores.spreadlessCount
    earlyCount += scores.earlyCount
    anomalies += scores.scores.filter { $0.probability < limit }
  }

  /// Sorts the anomalies, and counts what was left out.
  mutating func finish(seriesCount: Int, scoredSeriesCount: Int) {
    anomalies = anomalies.enumerated()
      .sorted { (abs($0.element.score), $1.offset) > (abs($1.element.score), $0.offset) }
      .map(\.element)
    self.scoredSeriesCount = scoredSeriesCount
    leftOutSeriesCount = seriesCount - scoredSeriesCount
    expectedByChance = Double(scoredCount) * limit
  }
}
