/// A line of an order: units of one item that were sold or returned.
///
/// Items, orders, and customers are represented by numbers in the order of their first appearance.
/// The ``OrderBook`` that the reader returns contains their ids.
public struct OrderLine: Equatable, Sendable {
  /// The kind of the line: a sale or a return.
  public var kind: Kind
  /// The number of the item.
  public var item: Int
  /// The number of the order, or `nil` if the line has none.
  public var order: Int?
  /// The number of the customer, or `nil` if the line has none.
  public var customer: Int?
  /// The day, in the schema's calendar.
  public var date: CalendarDate
  /// The number of seconds since the start of the day.
  public var second: Int
  /// The number of units, greater than 0.
  public var quantity: Double
  /// The price per unit, or `nil` if the schema has no column for it or for the amount.
  public var price: Double?
  /// The amount by which the price of the units was reduced, or `nil` if the schema has no column for
  /// it.
  public var discount: Double?
  /// The amount that was paid with coupons, or `nil` if the schema has no column for it.
  public var coupon: Double?

  /// Creates a line.
  public init(
    kind: Kind, item: Int, order: Int?, customer: Int?, date: CalendarDate, second: Int,
    quantity: Double, price: Double?, discount: Double? = nil, coupon: Double? = nil
  ) {
    self.kind = kind
    self.item = item
    self.order = order
    self.customer = customer
    self.date = date
    self.second = second
    self.quantity = quantity
    self.price = price
    self.discount = discount
    self.coupon = coupon
  }

  /// A kind of order line.
  public enum Kind: String, Sendable, CaseIterable {
    case sale
    /// A return, or a cancellation of an earlier order.
    case `return`
  }

  /// The total price of the units, or 0 if the price is unknown.
  public var value: Double { quantity * (price ?? 0) }
}
