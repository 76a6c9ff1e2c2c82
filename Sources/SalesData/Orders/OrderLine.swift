/// A line of an order: some units of one item, sold or taken back.
///
/// Items, orders and customers are numbers, in the order in which they were met first; what they stand
/// for is in the ``OrderBook`` that the reading ends with.
public struct OrderLine: Equatable, Sendable {
  /// Whether units were sold or taken back.
  public var kind: Kind
  /// The number of the item.
  public var item: Int
  /// The number of the order, or nil where the line names none.
  public var order: Int?
  /// The number of the customer, or nil where the line names none.
  public var customer: Int?
  /// The day, of the schema's calendar.
  public var date: CalendarDate
  /// Seconds since the day began.
  public var second: Int
  /// Units, more than 0.
  public var quantity: Double
  /// The price of one unit, or nil where the schema has no column for it or for the amount.
  public var price: Double?

  public init(
    kind: Kind, item: Int, order: Int?, customer: Int?, date: CalendarDate, second: Int,
    quantity: Double, price: Double?
  ) {
    self.kind = kind
    self.item = item
    self.order = order
    self.customer = customer
    self.date = date
    self.second = second
    self.quantity = quantity
    self.price = price
  }

  /// Whether units were sold or taken back.
  public enum Kind: String, Sendable, CaseIterable {
    case sale
    /// A return, or a cancellation of what was ordered before.
    case `return`
  }

  /// What the units cost together; 0 where no price is known.
  public var value: Double { quantity * (price ?? 0) }
}
