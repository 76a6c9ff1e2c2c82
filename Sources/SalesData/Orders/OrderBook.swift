/// What a reading of order lines ends with: what the numbers of its lines stand for, and what became of
/// every line.
public struct OrderBook: Sendable {
  /// The identities of the items, each at its number.
  public let items: [String]
  /// What people call each item: the description that stood with it first, or an empty text.
  public let descriptions: [String]
  /// The ids of the orders, each at its number.
  public let orders: [String]
  /// The ids of the customers, each at its number.
  public let customers: [String]
  /// What became of every line.
  public let report: OrderReport
  /// The days that the lines cover, also those that were set aside; nil where no line stays.
  public let coverage: RecordCoverage?
  /// The form of the lines' dates.
  let dateForm: DateFormat
}
