/// The risk that the stock on hand and on order runs out.
public enum StockRisk: String, Hashable, Sendable, CaseIterable {
  /// The stock is below the reorder point: it may run out before an order arrives.
  case beforeArrival
  /// The stock is below the expected demand: without an order, it runs out before the order of the next
  /// review arrives.
  case withoutOrder
  /// The stock covers the expected demand up to the arrival of the order of the next review.
  case covered
}
