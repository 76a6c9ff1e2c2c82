import Forecasts

extension ReportDocument.Customers {
  /// Summarizes the purchases of customers at the day after their last one.
  init(of behavior: CustomerBehavior) {
    count = behavior.customers.count
    linesWithoutCustomer = behavior.linesWithoutCustomer
    frequencies = Self.bounds.map { bounds in
      ReportDocument.Bar(
        from: bounds.lowerBound, to: bounds.upperBound == .max ? nil : bounds.upperBound,
        count: behavior.customers.count { bounds.contains($0.orders) })
    }
    let last = behavior.customers.map(\.lastDay).max() ?? CalendarDate(dayNumber: 0)
    let scores = behavior.rfmScores(at: last.advanced(by: 1))
    let segments = Dictionary(grouping: scores, by: Self.segment)
    self.segments = Self.segmentKeys.compactMap { key in
      segments[key].map { ReportDocument.Segment(key, $0) }
    }
  }

  /// The numbers of orders of the bars.
  private static let bounds: [ClosedRange<Int>] =
    (1...9).map { $0...$0 } + [10...14, 15...19, 20...29, 30...49, 50...Int.max]

  private static let segmentKeys = ["champions", "loyal", "recent", "fading", "lost"]

  /// Returns the segment of a customer by the scores of recency and frequency, from 1 to 5.
  private static func segment(_ score: RFMScore) -> String {
    switch (score.recencyScore, score.frequencyScore) {
    case (4..., 4...): "champions"
    case (3..., 3...): "loyal"
    case (3..., _): "recent"
    case (_, 3...): "fading"
    default: "lost"
    }
  }
}

extension ReportDocument.Segment {
  fileprivate init(_ key: String, _ scores: [RFMScore]) {
    let recencies = scores.map(\.recency).sorted()
    let count = Double(scores.count)
    self.key = key
    customers = scores.count
    recency = Double(recencies[(recencies.count - 1) / 2] + recencies[recencies.count / 2]) / 2
    orders = (Double(scores.reduce(0) { $0 + $1.frequency }) / count).roundedToSixDigits
    revenue = scores.reduce(0) { $0 + $1.monetary }.roundedToSixDigits
    value = (scores.reduce(0) { $0 + $1.monetary } / count).roundedToSixDigits
  }
}
