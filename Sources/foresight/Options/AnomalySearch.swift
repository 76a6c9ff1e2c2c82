import Forecasting

/// The result of a search for anomalies.
enum AnomalySearch: Encodable {
  case found(AnomalyReport)
  /// A search that the data don't suffice for, and the reason.
  case impossible(String)

  private enum CodingKeys: CodingKey { case obstacle }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .found(let report): try report.encode(to: encoder)
    case .impossible(let reason):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(reason, forKey: .obstacle)
    }
  }
}

extension AnomalySearch: CustomStringConvertible {
  /// The report as text, with the ten most surprising values.
  var description: String {
    switch self {
    case .found(let report): report.text
    case .impossible(let reason): "No values can be scored: \(reason)"
    }
  }
}

extension AnomalyReport {
  fileprivate var text: String {
    var parts = [summary]
    let shown = anomalies.prefix(Self.longestList)
    if !shown.isEmpty {
      let rows = shown.map { anomaly in
        [
          anomaly.id, anomaly.step, anomaly.value.shortDecimal, anomaly.expected.fixed(1),
          "\(anomaly.lower.fixed(1)) to \(anomaly.upper.fixed(1))", anomaly.score.fixed(1),
        ]
      }
      parts.append(
        "\(TextTable([["series", "date", "value", "expected", "95 % interval", "score"]] + rows))")
    }
    if anomalies.count > shown.count {
      parts.append("\(anomalies.count - shown.count) more are in the output of --json.")
    }
    return parts.joined(separator: "\n")
  }

  private var summary: String {
    guard scoredCount > 0 else {
      return "No values from \(firstStep) to \(lastStep) can be scored" + leftOut + "."
    }
    return """
      \(scoredCount.counted("value")) of \(scoredSeriesCount) series from \(firstStep) to \(lastStep) \
      scored\(leftOut): \(anomalies.count) with a probability below \(limit.shortDecimal), \
      \(expectedByChance.fixed(1)) expected by chance
      """
  }

  /// The values that were not scored, in parentheses.
  private var leftOut: String {
    let parts = [
      earlyCount > 0 ? "\(earlyCount) too soon after the start of their series" : nil,
      spreadlessCount > 0 ? "\(spreadlessCount) of series that had not changed before" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? "" : " (not scored: \(parts.joined(separator: ", ")))"
  }

  /// The number of anomalies in the text.
  private static let longestList = 10
}
