/// The results as JSON: windows, and for each model from best to worst the scores over all windows,
/// in each window, for each step, level, and category. Scores of series are in
/// ``BacktestResults/seriesTable(idColumn:)``.
extension BacktestResults: Encodable {
  private enum Key: String, CodingKey {
    case frequency, horizon, step, seasonLength, metric, notes, leftOut, windows, models
  }

  private enum WindowKey: String, CodingKey { case first, last, historyLength, refitted }

  private enum ModelKey: String, CodingKey {
    case model, scores, difference, fallbacks, windows, steps, levels, groups
  }

  private enum DifferenceKey: String, CodingKey { case mean, standardError, lower95, upper95 }

  /// Encodes the results.
  public func encode(to encoder: any Encoder) throws {
    let leaderboard = leaderboard
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(windows[0].calendar.frequency.description, forKey: .frequency)
    try container.encode(horizon, forKey: .horizon)
    try container.encode(step, forKey: .step)
    try container.encode(seasonLength, forKey: .seasonLength)
    try container.encode(leaderboard.metric.name, forKey: .metric)
    try container.encode(notes, forKey: .notes)
    try container.encode(leftOut, forKey: .leftOut)
    var list = container.nestedUnkeyedContainer(forKey: .windows)
    for window in windows {
      var one = list.nestedContainer(keyedBy: WindowKey.self)
      try one.encode(window.calendar.label(at: 0), forKey: .first)
      try one.encode(window.calendar.label(at: horizon - 1), forKey: .last)
      try one.encode(window.historyLength, forKey: .historyLength)
      try one.encode(window.isRefitted, forKey: .refitted)
    }
    list = container.nestedUnkeyedContainer(forKey: .models)
    for row in leaderboard.rows {
      var one = list.nestedContainer(keyedBy: ModelKey.self)
      try encode(row, to: &one)
    }
  }

  private func encode(
    _ row: Leaderboard.Row, to container: inout KeyedEncodingContainer<ModelKey>
  ) throws {
    let model = models[row.place]
    try container.encode(model.name, forKey: .model)
    try container.encode(model.overall.byName, forKey: .scores)
    try container.encode(model.fallbackCounts, forKey: .fallbacks)
    try container.encode(model.windows.map(\.byName), forKey: .windows)
    try container.encode(model.steps.map(\.byName), forKey: .steps)
    try container.encode(Self.byName(model.levels), forKey: .levels)
    let groups = groups(of: model).map { ($0.column, Self.byName($0.groups)) }
    try container.encode(Dictionary(uniqueKeysWithValues: groups), forKey: .groups)
    guard let difference = row.difference else { return }
    var nested = container.nestedContainer(keyedBy: DifferenceKey.self, forKey: .difference)
    try nested.encode(difference.mean, forKey: .mean)
    try nested.encodeIfPresent(difference.standardError, forKey: .standardError)
    try nested.encodeIfPresent(difference.interval()?.lowerBound, forKey: .lower95)
    try nested.encodeIfPresent(difference.interval()?.upperBound, forKey: .upper95)
  }

  private static func byName(_ scores: [NamedScores]) -> [String: [String: Double]] {
    // A category may have the name of unknown ones.
    Dictionary(scores.map { ($0.name, $0.scores.byName) }) { first, _ in first }
  }
}
