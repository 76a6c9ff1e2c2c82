/// The stock that a policy advises for a series.
public struct StockAdvice: Hashable, Sendable {
  /// The id of the series.
  public let id: String
  /// The expected demand over the lead time and the review period, in units.
  public let expectedDemand: Double
  /// The stock on hand and on order after a review that provides the service.
  public let orderUpToLevel: Double
  /// The part of the order-up-to level above the expected demand. It is negative for a low service
  /// level.
  public let safetyStock: Double
  /// The stock on hand and on order at which a shop that looks at its stock at every step orders.
  public let reorderPoint: Double
  /// The stock at the review, or nil if it is unknown.
  public let position: StockPosition?
  /// The quantity to order, or nil if the stock is unknown.
  public let order: Double?

  /// Creates the advice of a row of a table.
  init(
    id: String, expectedDemand: Double, safetyStock: Double, orderUpToLevel: Double,
    reorderPoint: Double, position: StockPosition?, order: Double?
  ) {
    self.id = id
    self.expectedDemand = expectedDemand
    self.safetyStock = safetyStock
    self.orderUpToLevel = orderUpToLevel
    self.reorderPoint = reorderPoint
    self.position = position
    self.order = order
  }

  /// The risk that the stock runs out, or nil if the stock is unknown.
  public var risk: StockRisk? {
    guard let position else { return nil }
    if position.total < reorderPoint { return .beforeArrival }
    return position.total < expectedDemand ? .withoutOrder : .covered
  }

  /// Creates the advice for a series.
  ///
  /// - Parameters:
  ///   - id: The id of the series.
  ///   - demand: Its demand.
  ///   - policy: The policy.
  ///   - position: Its stock at the review, or nil if it is unknown.
  public init(
    id: String, demand: LeadTimeDemand, policy: ReplenishmentPolicy, position: StockPosition? = nil
  ) {
    self.id = id
    expectedDemand = demand.covered.mean
    orderUpToLevel = policy.orderUpToLevel(for: demand)
    safetyStock = orderUpToLevel - expectedDemand
    reorderPoint = policy.reorderPoint(for: demand)
    self.position = position
    order = position.map { [orderUpToLevel] in policy.order(upTo: orderUpToLevel, from: $0.total) }
  }

  /// Returns the advice for each series.
  ///
  /// - Parameters:
  ///   - ids: The ids of the N series.
  ///   - demands: Their demands, as many.
  ///   - policy: The policy.
  ///   - stock: The stock positions, or nil if they are unknown.
  /// - Throws: `StockError.noPosition` if a series has none.
  public static func advice(
    for ids: [String], _ demands: [LeadTimeDemand], policy: ReplenishmentPolicy,
    stock: StockPositions? = nil
  ) throws(StockError) -> [StockAdvice] {
    guard ids.count == demands.count else {
      fatalError("StockAdvice: expected \(ids.count) demands, got \(demands.count)")
    }
    let positions = try stock?.positions(of: ids)
    return ids.indices.map { place in
      StockAdvice(
        id: ids[place], demand: demands[place], policy: policy, position: positions?[place])
    }
  }
}
