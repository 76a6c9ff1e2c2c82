/// The service that a stock is to provide.
public enum ServiceTarget: Hashable, Sendable {
  /// The probability that a replenishment cycle has no stock-out.
  case cycle(Double)
  /// The share of the demand that is met from stock.
  case fillRate(Double)

  /// The level, between 0 and 1.
  public var level: Double {
    switch self {
    case .cycle(let level), .fillRate(let level): level
    }
  }
}
