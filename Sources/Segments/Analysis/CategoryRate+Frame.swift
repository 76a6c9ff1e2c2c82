extension SegmentReport.CategoryRate {
  /// Returns the purchase rates of all categories, from the largest difference in units of its
  /// standard error.
  static func all(of frame: SegmentFrame) -> [SegmentReport.CategoryRate] {
    let groups = [frame.history.members, frame.history.others]
    let rates = groups.map { customers in
      customers.map { customer in
        var counts = [Double](repeating: 0, count: frame.categoryCount)
        frame.forEachPurchase(of: customer) { category, week in
          if frame.training.contains(week) { counts[category] += 1 / Double(frame.training.count) }
        }
        return counts
      }
    }
    return (0..<frame.categoryCount).map { category in
      let samples = rates.map { $0.map { $0[category] } }
      // Welch's standard error of the means over customers, who are independent of one another.
      let parts = samples.map { values in
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean: mean, variance: squares / Double((values.count - 1) * values.count))
      }
      return SegmentReport.CategoryRate(
        category: frame.name(of: category), members: parts[0].mean, others: parts[1].mean,
        difference: EffectEstimate(
          value: parts[0].mean - parts[1].mean,
          standardError: (parts[0].variance + parts[1].variance).squareRoot(),
          degreesOfFreedom: min(samples[0].count, samples[1].count) - 1))
    }
    .sorted { (-$0.strength, $0.category) < (-$1.strength, $1.category) }
  }

  private var strength: Double {
    difference.standardError > 0 ? difference.value / difference.standardError : 0
  }
}
