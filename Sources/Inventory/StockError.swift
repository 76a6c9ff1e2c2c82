/// An error that explains why stock can't be planned.
public enum StockError: Error, Equatable {
  /// A number of a policy, a price, or a cost is out of its range.
  case outOfRange(name: String, value: Double, expected: String)
  /// The price, the cost, and the salvage value leave nothing to decide.
  case noTradeOff(price: Double, cost: Double, salvage: Double)
  /// The forecast has fewer steps than the lead time and the review period together.
  case horizonTooShort(_ horizon: Int, leadTime: Int, reviewPeriod: Int)
  /// The forecast has no sum over a number of steps.
  case noSum(length: Int, known: [Int])
  /// The stock on hand or on order of a series is negative or not finite.
  case invalidStock(id: String, name: String, value: Double)
  /// A series has no stock position.
  case noPosition(id: String, known: Int)
  /// The history is too short for the reviews of a simulation.
  case historyTooShort(steps: Int, needed: Int)
}

extension StockError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .outOfRange(let name, let value, let expected):
      "the \(name) is \(value.plainDecimal), but must be \(expected)"
    case .noTradeOff(let price, let cost, let salvage):
      "the price of \(price.plainDecimal), the cost of \(cost.plainDecimal), and the salvage value of "
        + "\(salvage.plainDecimal) have no best quantity; the price must be above the cost, and the cost "
        + "above the salvage value"
    case .horizonTooShort(let horizon, let leadTime, let reviewPeriod):
      "the forecast has \(horizon) steps, but an order covers \(leadTime + reviewPeriod): the lead "
        + "time of \(leadTime) and the review period of \(reviewPeriod); forecast at least "
        + "\(leadTime + reviewPeriod) steps, or review more often"
    case .noSum(let length, let known):
      "the forecast has no sum over \(length) steps, only over "
        + "\(known.isEmpty ? "none" : known.map(String.init).joined(separator: ", ")); add "
        + "\(length) to the sum lengths of the run"
    case .invalidStock(let id, let name, let value):
      "the stock \(name) of series \(id.debugDescription) is \(value.plainDecimal), but must be a "
        + "number of at least 0; count backorders as sales, not as negative stock"
    case .noPosition(let id, let known):
      "series \(id.debugDescription) has no stock position, but \(known) others have one; add a row "
        + "with its stock, which may be 0"
    case .historyTooShort(let steps, let needed):
      "the data span \(steps) steps, but the simulation needs at least \(needed); simulate fewer "
        + "reviews, or a shorter lead time or review period"
    }
  }
}
