/// The choice of a quantity that is bought once, before the demand is known.
///
/// A unit too few loses the margin, and a unit too many loses what it cost above its salvage value. The
/// best quantity is the quantile of the demand at the critical ratio of the two losses.
///
/// ```swift
/// let problem = try NewsvendorProblem(price: 10, cost: 6, salvage: 5)
/// let quantity = problem.quantity(for: NormalDistribution(mean: 100, standardDeviation: 20))
/// ```
///
/// Source: Arrow, Harris & Marschak 1951, Optimal inventory policy.
public struct NewsvendorProblem: Hashable, Sendable {
  /// The loss of a unit too few: the margin.
  public let underage: Double
  /// The loss of a unit too many.
  public let overage: Double

  /// Creates a problem from prices per unit.
  ///
  /// - Parameters:
  ///   - price: The price at which a unit is sold.
  ///   - cost: The cost of a unit.
  ///   - salvage: What a unit that is left over is worth. It is negative if its disposal costs money.
  /// - Throws: `StockError.noTradeOff` unless the price is above the cost, and the cost above the
  ///   salvage value.
  public init(price: Double, cost: Double, salvage: Double = 0) throws(StockError) {
    guard price.isFinite, salvage.isFinite, price > cost, cost > salvage else {
      throw .noTradeOff(price: price, cost: cost, salvage: salvage)
    }
    (underage, overage) = (price - cost, cost - salvage)
  }

  /// Creates a problem from losses per unit.
  ///
  /// - Parameters:
  ///   - margin: The loss of a unit too few.
  ///   - loss: The loss of a unit too many.
  /// - Throws: `StockError.outOfRange` unless both are positive.
  public init(margin: Double, loss: Double) throws(StockError) {
    try ReplenishmentPolicy.check(margin, "margin", margin > 0 && margin.isFinite, "above 0")
    try ReplenishmentPolicy.check(loss, "loss", loss > 0 && loss.isFinite, "above 0")
    (underage, overage) = (margin, loss)
  }

  /// The probability with which the best quantity meets the demand.
  public var criticalRatio: Double { underage / (underage + overage) }

  /// Returns the best quantity for a demand that is known as equally likely values.
  public func quantity(for demand: DemandDistribution) -> Double {
    max(0, demand.quantile(criticalRatio))
  }

  /// Returns the best quantity for a demand with a known distribution.
  public func quantity(for demand: some ProbabilityDistribution) -> Double {
    max(0, demand.quantile(criticalRatio))
  }

  /// Returns the expected loss of a quantity against a buyer who knows the demand.
  public func expectedLoss(of quantity: Double, for demand: DemandDistribution) -> Double {
    let shortage = demand.expectedShortage(above: quantity)
    return underage * shortage + overage * (quantity - demand.mean + shortage)
  }
}
