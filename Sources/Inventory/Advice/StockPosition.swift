/// The stock of a series at a review.
public struct StockPosition: Hashable, Sendable {
  /// The units on hand.
  public let onHand: Double
  /// The units that are ordered but have not arrived.
  public let onOrder: Double

  /// The units on hand and on order.
  public var total: Double { onHand + onOrder }

  /// Creates a position.
  ///
  /// - Parameters:
  ///   - onHand: The units on hand.
  ///   - onOrder: The units that are ordered but have not arrived.
  ///   - id: The id of the series, for the error.
  /// - Throws: `StockError.invalidStock` if a number is negative or not finite.
  public init(onHand: Double, onOrder: Double = 0, of id: String) throws(StockError) {
    for (name, value) in [("on hand", onHand), ("on order", onOrder)]
    where !(value >= 0 && value.isFinite) {
      throw .invalidStock(id: id, name: name, value: value)
    }
    self.onHand = onHand
    self.onOrder = onOrder
  }
}
