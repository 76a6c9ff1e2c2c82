/// Sums over series and steps of a simulation.
public struct StockTotals: Hashable, Sendable {
  /// The demand, in units.
  public internal(set) var demand = 0.0
  /// The demand that was not met, in units. It is lost.
  public internal(set) var shortage = 0.0
  /// The units on hand at the end of each step, summed over steps.
  public internal(set) var held = 0.0
  /// The units on hand at the end of the simulation.
  public internal(set) var leftover = 0.0
  /// The units that were ordered.
  public internal(set) var ordered = 0.0
  /// The number of orders.
  public internal(set) var orderCount = 0
  /// The number of replenishment cycles: the steps from the arrival of an order up to the next one.
  public internal(set) var cycleCount = 0
  /// The number of cycles without a stock-out.
  public internal(set) var servedCycleCount = 0

  /// Creates sums of nothing.
  public init() {}

  /// The share of the demand that was met, or nil without demand.
  public var fillRate: Double? { demand > 0 ? 1 - shortage / demand : nil }

  /// The share of cycles without a stock-out, or nil without cycles.
  public var cycleService: Double? {
    cycleCount > 0 ? Double(servedCycleCount) / Double(cycleCount) : nil
  }

  /// Returns the cost of shortages, held units, and leftovers.
  public func cost(_ costs: StockCosts) -> Double {
    costs.shortage * shortage + costs.holding * held + costs.leftover * leftover
  }

  /// Adds other sums.
  mutating func add(_ other: StockTotals) {
    demand += other.demand
    shortage += other.shortage
    held += other.held
    leftover += other.leftover
    ordered += other.ordered
    orderCount += other.orderCount
    cycleCount += other.cycleCount
    servedCycleCount += other.servedCycleCount
  }
}
