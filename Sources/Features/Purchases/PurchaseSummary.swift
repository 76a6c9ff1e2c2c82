/// The recency, frequency, and monetary value of the purchases of each customer or item up to a
/// day, as static features.
///
/// ```swift
/// let summary = PurchaseSummary(
///   ids: ["ann", "bob", "ann"], dates: [monday, monday, tuesday], amounts: [20, 5, 12],
///   before: thursday)
/// print(summary.values["ann"]!.monetaryValue)   // 32
/// ```
///
/// Purchases on the day itself or later don't count. Choose a day before all steps to forecast,
/// because a network sees a static value at every step of every window.
public struct PurchaseSummary: Feature {
  /// The figures of one customer or item.
  public struct Values: Hashable, Sendable, Codable {
    /// The number of days since the last purchase.
    public var recency: Int
    /// The number of days with a purchase.
    public var frequency: Int
    /// The sum of the amounts.
    public var monetaryValue: Double

    public init(recency: Int, frequency: Int, monetaryValue: Double) {
      self.recency = recency
      self.frequency = frequency
      self.monetaryValue = monetaryValue
    }
  }

  /// The figures of each id with a purchase.
  public let values: [String: Values]
  public let name: String

  /// Summarizes purchases, given as one id, date, and amount each.
  ///
  /// Stops the program unless there are as many dates and amounts as ids.
  ///
  /// - Parameters:
  ///   - ids: The customers or the items.
  ///   - dates: The dates of the purchases.
  ///   - amounts: The amounts of the purchases.
  ///   - end: The first day whose purchases don't count.
  ///   - name: The name of the feature.
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

  /// Returns three columns for the ids of the panel, missing for an id without a purchase.
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
