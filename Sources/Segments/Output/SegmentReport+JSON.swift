extension SegmentReport.LeverEffect.Lever: Encodable {
  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

extension SegmentReport.ModelCheck: Encodable {
  private enum CodingKeys: String, CodingKey { case name, auc, lead, logLoss, slopes }

  /// Encodes the scores, and the slopes by lever.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(auc, forKey: .auc)
    try container.encodeIfPresent(lead, forKey: .lead)
    try container.encode(logLoss, forKey: .logLoss)
    try container.encode(
      Dictionary(slopes.map { ($0.lever, $0.estimate) }) { first, _ in first }, forKey: .slopes)
  }
}

extension SegmentReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case segment, memberCount, otherCount, start, split, end, categoryCount, allCategoryCount
    case memberRate, otherRate, rates, levers, strategies, check, warnings
  }

  /// Encodes all results.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(segment, forKey: .segment)
    try container.encode(memberCount, forKey: .memberCount)
    try container.encode(otherCount, forKey: .otherCount)
    for (date, key) in [(start, CodingKeys.start), (split, .split), (end, .end)] {
      try container.encode("\(date)", forKey: key)
    }
    try container.encode(categoryCount, forKey: .categoryCount)
    try container.encode(allCategoryCount, forKey: .allCategoryCount)
    try container.encode(memberRate, forKey: .memberRate)
    try container.encode(otherRate, forKey: .otherRate)
    try container.encode(rates, forKey: .rates)
    try container.encode(levers, forKey: .levers)
    try container.encode(strategies, forKey: .strategies)
    try container.encode(check, forKey: .check)
    try container.encode(warnings, forKey: .warnings)
  }
}
