/// How lately, how often and for how much each customer or item was bought up to a day, as static
/// features: recency, frequency and monetary value.
///
/// ```swift
/// let summary = PurchaseSummary(
///   ids: ["ann", "bob", "ann"], dates: [monday, monday, tuesday], amounts: [20, 5, 12],
///   before: thursday)
/// print(summary.values["ann"]!.monetaryValue)   // 32
/// ```
///
/// What was bought on the day itself or later counts in nothing. Take a day at which all that is
/// forecast still lies ahead: a static value is seen at every step of every window.
public struct PurchaseSummary: Feature {
  /// The figures of one id.
  public struct Values: Hashable, Sendable, Codable {
    /// The days since the last purchase.
    public var recency: Int
    /// The number of days with a purchase.
    public var frequency: Int
    /// The sum of what was paid.
    public var monetaryValue: Double

    public init(recency: Int, frequency: Int, monetaryValue: Double) {
      self.recency = recency
      self.frequency = frequency
      self.monetaryValue = monetaryValue
    }
  }

  /// The figures of each id that has a purchase.
  public let values: [String: Values]
  public let name: String

  /// Sums up purchases, a row for each: who or what, when, for how much.
  ///
  /// Stops the program unless there are as many dates and amounts as ids.
  ///
  /// - Parameters:
  ///   - ids: The customers or the items.
  ///   - dates: The days.
  ///   - amounts: What was paid.
  ///   - end: The first day that does not count any more.
  ///   - name: The feature's.
  public init(
    ids: [String], dates: [CalendarDate], amounts: [Double], before end: CalendarDate,
    name: String = "purchases"
  ) {
    guard ids.count == dates.count, ids.count == amounts.count else {
      fatalError(
        "PurchaseSummary: expected a date and an amount for each of \(ids.count) ids, got "
          + "\(dates.count) and \(amounts.count)")
    }
    var days: [String: Set<CalendarDate>] = [:]
    var sums: [String: Double] = [:]
    for (row, id) in ids.enumerated() where dates[row] < end {
      days[id, default: []].insert(dates[row])
      sums[id, default: 0] += amounts[row]
    }
    values = Dictionary(
      uniqueKeysWithValues: days.map { id, days in
        let recency = days.max()!.distance(to: end)
        return (
          id, Values(recency: recency, frequency: days.count, monetaryValue: sums[id]!)
        )
      })
    self.name = name
  }

  public var role: FeatureRole { .static }

  /// Three columns for the ids of the panel; missing where one has no purchase.
  public func columns(of panel: Panel, futureSteps: Int) -> [FeatureColumn] {
    let rows = panel.ids.map { values[$0] }
    func column(_ suffix: String, _ value: (Values) -> Double) -> FeatureColumn {
      FeatureColumn(name: "\(name) \(suffix)", static: .numbers(rows.map { $0.map(value) }))
    }
    return [
      column("recency") { Double($0.recency) },
      column("frequency") { Double($0.frequency) },
      column("monetary value") { $0.monetaryValue },
    ]
  }
}
