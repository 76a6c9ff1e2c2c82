/// The result of reading order lines: the texts for the numbers in the lines, and a report that
/// accounts for every line.
public struct OrderBook: Sendable {
  /// The identities of the items, indexed by number.
  public let items: [String]
  /// The display names of the items: the first description of each, or an empty text.
  public let descriptions: [String]
  /// The ids of the orders, indexed by number.
  public let orders: [String]
  /// The ids of the customers, indexed by number.
  public let customers: [String]
  /// The report on the lines.
  public let report: OrderReport
  /// The days that the lines cover, including those that were set aside, or `nil` if no line was
  /// kept.
  public let coverage: RecordCoverage?
  /// The format of the lines' dates.
  let dateForm: DateFormat
}
