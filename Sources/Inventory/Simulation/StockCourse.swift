/// The course of the stock of one series under a policy.
package struct StockCourse {
  let policy: ReplenishmentPolicy
  /// The order-up-to level at each review.
  let levels: [Double]
  /// The demand at each step from the first review on, R for each review.
  let demand: [Double]

  package init(policy: ReplenishmentPolicy, levels: [Double], demand: [Double]) {
    guard !levels.isEmpty, demand.count == levels.count * policy.reviewPeriod else {
      fatalError(
        "StockCourse: expected \(levels.count) × \(policy.reviewPeriod) demands, got \(demand.count)"
      )
    }
    self.policy = policy
    self.levels = levels
    self.demand = demand
  }

  /// Returns the sums of each review period. Demand that is not met is lost.
  ///
  /// The course starts with the first level on hand. At a step, orders arrive before the sales. A
  /// cycle counts in the period of the review whose order starts it, if it ends with the course.
  package func periods() -> [StockTotals] {
    var onHand = levels[0]
    // The quantity that arrives at each step.
    var arrivals = [Double](repeating: 0, count: demand.count + policy.leadTime + 1)
    var isShort = [Bool](repeating: false, count: demand.count)
    var onOrder = 0.0
    var periods = levels.indices.map { review -> StockTotals in
      var totals = StockTotals()
      let start = review * policy.reviewPeriod
      let order = policy.order(upTo: levels[review], from: onHand + onOrder)
      if order > 0 {
        arrivals[start + policy.leadTime] += order
        onOrder += order
        totals.ordered = order
        totals.orderCount = 1
      }
      for step in start..<start + policy.reviewPeriod {
        onHand += arrivals[step]
        onOrder -= arrivals[step]
        let sold = min(onHand, demand[step])
        isShort[step] = demand[step] - sold > 1e-9
        onHand -= sold
        totals.demand += demand[step]
        totals.shortage += demand[step] - sold
        totals.held += onHand
      }
      return totals
    }
    for review in levels.indices {
      let first = review * policy.reviewPeriod
      let end = first + policy.coveredSteps
      guard end <= demand.count else { break }
      periods[review].cycleCount = 1
      // The stock at the start serves the first cycle from its review on.
      let start = review == 0 ? 0 : first + policy.leadTime
      periods[review].servedCycleCount = isShort[start..<end].contains(true) ? 0 : 1
    }
    periods[levels.count - 1].leftover = onHand
    return periods
  }
}
