/// The costs of stock and of its absence, in money per unit.
public struct StockCosts: Hashable, Sendable {
  /// The loss of a unit of demand that is not met: its margin.
  public let shortage: Double
  /// The cost of a unit on hand at the end of a step.
  public let holding: Double
  /// The loss of a unit on hand at the end of the simulation.
  public let leftover: Double

  /// Creates costs.
  ///
  /// - Throws: `StockError.outOfRange` if one is negative or not finite.
  public init(shortage: Double, holding: Double, leftover: Double = 0) throws(StockError) {
    for (name, value) in [("shortage", shortage), ("holding", holding), ("leftover", leftover)] {
      try ReplenishmentPolicy.check(
        value, "\(name) cost", value >= 0 && value.isFinite, "at least 0")
    }
    self.shortage = shortage
    self.holding = holding
    self.leftover = leftover
  }

  /// Creates costs at which the level of a policy's target is the best one for a given margin.
  ///
  /// The level is the critical ratio of a newsvendor, for whom a unit too many costs
  /// margin · (1 − level) / level for each review period. The holding cost spreads this over the steps
  /// of the period.
  ///
  /// - Throws: `StockError.outOfRange` if the margin is negative or not finite.
  public init(
    margin: Double = 1, asImpliedBy policy: ReplenishmentPolicy
  ) throws(StockError) {
    let level = policy.target.level
    try self.init(
      shortage: margin, holding: margin * (1 - level) / level / Double(policy.reviewPeriod))
  }

  /// Creates the costs of a newsvendor's problem that repeats at each review.
  public init(_ problem: NewsvendorProblem, policy: ReplenishmentPolicy) {
    shortage = problem.underage
    holding = problem.overage / Double(policy.reviewPeriod)
    leftover = 0
  }
}
