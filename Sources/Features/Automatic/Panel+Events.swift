extension Panel {
  /// The features of future steps that show the events around them: on the two steps after and on the
  /// step before; of weeks, on one step after and one before.
  ///
  /// They need three years. What happened around a yearly event once or twice is a coincidence that a
  /// network would learn by heart.
  ///
  /// - Parameter columns: The columns that may mark events.
  func leadsAndLags(ofEventsIn columns: [KnownCovariate]) -> [any Feature] {
    let frequency = calendar.frequency
    guard longestSeriesLength >= 3 * frequency.stepsPerYear else { return [] }
    return columns.filter(\.marksEvents).flatMap { column -> [any Feature] in
      frequency.eventLeads.map { Lead(of: column.name, by: $0) }
        + frequency.eventLags.map { Lag(of: .known(column.name), by: $0) }
    }
  }
}

extension KnownCovariate {
  /// A Boolean value that indicates whether the column marks events: categories, or zeros and ones,
  /// of which at most a fifth differ from the most frequent one.
  fileprivate var marksEvents: Bool {
    let counts = valueCounts
    let total = counts.reduce(0, +)
    guard counts.count(where: { $0 > 0 }) > 1, let most = counts.max() else { return false }
    return 5 * (total - most) <= total
  }

  /// The number of values of each category, or of zeros and ones. Missing values count as the
  /// category 0 and as zeros. Empty if there are other numbers.
  private var valueCounts: [Int] {
    var counts = [Int](repeating: 0, count: (vocabulary?.names.count ?? 1) + 1)
    for row in rows {
      switch kind {
      case .categorical:
        for code in codes(row: row) { counts[Int(code)] += 1 }
      case .numeric:
        for number in numbers(row: row).values {
          guard number == 0 || number == 1 else { return [] }
          counts[Int(number)] += 1
        }
      }
    }
    return counts
  }
}

extension Frequency {
  /// The numbers of steps from a step to the events ahead that its sales can depend on.
  fileprivate var eventLeads: [Int] {
    switch self {
    case .hour: [24, 48]
    case .day, .businessDay: [1, 2]
    case .week: [1]
    case .month, .quarter, .year: []
    }
  }

  /// The numbers of steps from a step to the past events that its sales can depend on.
  fileprivate var eventLags: [Int] {
    switch self {
    case .hour: [24]
    case .day, .businessDay, .week: [1]
    case .month, .quarter, .year: []
    }
  }
}
