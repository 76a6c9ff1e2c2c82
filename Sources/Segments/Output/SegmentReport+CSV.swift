extension SegmentReport {
  /// The purchase rates of the categories, as CSV by RFC 4180.
  public var ratesCSV: String {
    Self.csv(
      ["category", "member_rate", "other_rate"] + Self.columns("difference"),
      rates.map { rate in
        [rate.category, rate.members.plainDecimal, rate.others.plainDecimal]
          + Self.fields(rate.difference)
      })
  }

  /// The strategies, as CSV by RFC 4180.
  public var strategiesCSV: String {
    Self.csv(
      ["category", "member_rate"] + Self.columns("predicted") + ["machine"]
        + Self.columns("realized"),
      strategies.map { row in
        [row.category, row.rate.plainDecimal] + Self.fields(row.predicted)
          + [row.model.plainDecimal] + Self.fields(row.realized)
      })
  }

  /// The effects of the levers, as CSV by RFC 4180.
  public var leversCSV: String {
    Self.csv(
      ["lever"] + Self.columns("members") + Self.columns("others") + Self.columns("difference")
        + ["plain_difference"] + Self.columns("before") + Self.columns("later"),
      levers.map { row in
        [row.lever.name] + Self.fields(row.members) + Self.fields(row.others)
          + Self.fields(row.difference) + [row.plainDifference?.plainDecimal ?? ""]
          + Self.fields(row.before) + Self.fields(row.later)
      })
  }

  private static func columns(_ name: String) -> [String] {
    [name, "\(name)_low", "\(name)_high"]
  }

  private static func fields(_ estimate: EffectEstimate?) -> [String] {
    guard let estimate else { return ["", "", ""] }
    let interval = estimate.interval
    return [estimate.value, interval.lowerBound, interval.upperBound].map(\.plainDecimal)
  }

  private static func csv(_ header: [String], _ rows: [[String]]) -> String {
    ([header] + rows).map { $0.map(csvField).joined(separator: ",") + "\n" }.joined()
  }
}
