import ArgumentParser
import Inventory

/// Options for a replenishment policy and the costs of stock.
struct ReplenishmentOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The number of steps from an order to its arrival, 0 if it arrives before the sales.")
  var leadTime: Int

  @Option(
    parsing: .unconditional,
    help: "The number of steps from a review of the stock, with an order, to the next one.")
  var review: Int

  @Option(
    parsing: .unconditional,
    help: """
      The probability that the stock lasts until the next order arrives. (default: 0.95, or the best one \
      for --price, --cost, and --salvage)
      """)
  var serviceLevel: Double?

  @Option(
    parsing: .unconditional,
    help: "The share of the demand to meet from stock, in place of --service-level.")
  var fillRate: Double?

  @Option(parsing: .unconditional, help: "The smallest number of units that can be ordered.")
  var minimumOrder = 0.0

  @Option(
    parsing: .unconditional, help: "The number of units in a pack; orders are whole packs.")
  var packSize: Double?

  @Flag(help: "Allow fractions of a unit, such as kilograms or money.")
  var fractionalUnits = false

  @Option(parsing: .unconditional, help: "The price at which a unit is sold.")
  var price: Double?

  @Option(parsing: .unconditional, help: "The cost of a unit.")
  var cost: Double?

  @Option(
    parsing: .unconditional,
    help: "What a unit that is left over at the next review is worth. (default: 0)")
  var salvage: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The cost of keeping a unit for a step, for --backtest. (default: the one for which the service \
      level is the best, or what --salvage leaves)
      """)
  var holdingCost: Double?

  @Option(
    parsing: .unconditional,
    help: "The loss of a unit on hand at the end of --backtest. (default: 0)")
  var leftoverCost: Double?

  func validate() throws {
    try check(leadTime, "--lead-time", in: 0...OptionRange.days.upperBound)
    try check(review, "--review", in: OptionRange.days)
    if serviceLevel != nil, fillRate != nil {
      throw ValidationError("--service-level and --fill-rate exclude each other.")
    }
    if (price == nil) != (cost == nil) || (salvage != nil && price == nil) {
      throw ValidationError("--price and --cost go together, and --salvage needs both.")
    }
    do { _ = (try policy(), try costs()) } catch {
      throw ValidationError(
        "\(error) (see --service-level, --fill-rate, --minimum-order, --pack-size, --price, --cost, "
          + "--salvage, --holding-cost, --leftover-cost).")
    }
  }

  /// Returns the policy that the options describe.
  func policy() throws -> ReplenishmentPolicy {
    try ReplenishmentPolicy(
      leadTime: leadTime, reviewPeriod: review, target: target(), minimumOrder: minimumOrder,
      packSize: packSize, usesWholeUnits: !fractionalUnits)
  }

  /// Returns the costs that the options describe.
  func costs() throws -> StockCosts {
    let policy = try policy()
    let usual =
      try problem().map { StockCosts($0, policy: policy) }
      ?? StockCosts(asImpliedBy: policy)
    return try StockCosts(
      shortage: usual.shortage, holding: holdingCost ?? usual.holding, leftover: leftoverCost ?? 0)
  }

  private func problem() throws -> NewsvendorProblem? {
    guard let price, let cost else { return nil }
    return try NewsvendorProblem(price: price, cost: cost, salvage: salvage ?? 0)
  }

  private func target() throws -> ServiceTarget {
    if let fillRate { return .fillRate(fillRate) }
    return .cycle(try serviceLevel ?? problem()?.criticalRatio ?? 0.95)
  }
}
