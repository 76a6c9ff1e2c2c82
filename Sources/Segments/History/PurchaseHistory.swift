/// The purchases of a segment's customers and of others, by category and week, with the discounts and
/// campaigns that they saw.
public struct PurchaseHistory: Sendable {
  /// The names of the customers, H.
  public let customers: [String]
  /// For each customer, whether it is a member of the segment, [H]. All others are the comparison.
  public let isMember: [Bool]
  /// The names of the categories, C, in canonical order.
  public let categories: [String]
  /// The first days of the weeks, T.
  public let weekStarts: [CalendarDate]
  /// The campaigns, in the order of their starts.
  public let campaigns: [Campaign]
  /// The categories and weeks of each customer's purchases, as category · T + week, in ascending
  /// order, [H].
  let purchases: [[Int32]]
  /// The number of purchases, by customer, category, and week, that were paid with a coupon, of
  /// members and of others.
  let couponPurchases: (members: Int, others: Int)
  /// The discount depth of each category and week, from 0 to 1, [C · T]. It is NaN if nothing was
  /// sold.
  package let depths: [Double]
  /// A Boolean value that indicates whether the order lines have a column of discounts.
  public let hasDiscounts: Bool
  /// A Boolean value that indicates whether the order lines have a column of coupons.
  public let hasCoupons: Bool
  /// Counts of what was read.
  public let report: HistoryReport

  /// A campaign of coupons or advertising.
  public struct Campaign: Sendable, Equatable {
    /// The id of the campaign.
    public let id: String
    /// The type of the campaign, or an empty text.
    public let type: String
    /// The weeks of which the campaign covers at least four days.
    public let weeks: Range<Int>
    /// The indices of the customers that received it, in ascending order.
    public let customers: [Int]
    /// The indices of the categories that its coupons are for, in ascending order.
    public let categories: [Int]
  }

  /// The minimum number of weeks.
  static let leastWeeks = 12

  /// The number of customers, H.
  public var customerCount: Int { customers.count }
  /// The number of categories, C.
  public var categoryCount: Int { categories.count }
  /// The number of weeks, T.
  public var weekCount: Int { weekStarts.count }

  /// The indices of the members.
  public var members: [Int] { customers.indices.filter { isMember[$0] } }
  /// The indices of the other customers.
  public var others: [Int] { customers.indices.filter { !isMember[$0] } }

  /// The types of the campaigns, in canonical order.
  public var campaignTypes: [String] { Set(campaigns.map(\.type)).sorted() }

  /// Calls a closure with the category and the week of each purchase of a customer.
  @inline(__always)
  func forEachPurchase(of customer: Int, _ body: (_ category: Int, _ week: Int) -> Void) {
    for code in purchases[customer] {
      body(Int(code) / weekCount, Int(code) % weekCount)
    }
  }
}

/// Counts of what was read for a purchase history.
public struct HistoryReport: Sendable {
  /// The report on the order lines.
  public internal(set) var orders: OrderReport
  /// The number of sales lines whose item has no category.
  public internal(set) var linesWithoutCategory = 0
  /// The number of sales lines of customers outside of the table of customers, or without a value
  /// in the segment's columns. They only count for the discounts.
  public internal(set) var linesOfUnknownCustomers = 0
  /// The number of days after the last whole week, which are left out.
  public internal(set) var daysLeftOut = 0
  /// The number of customers in the table without a value in the segment's columns.
  public internal(set) var customersWithoutTrait = 0
}

extension HistoryReport: CustomStringConvertible {
  /// A line for each count.
  public var description: String {
    var lines = ["\(orders)"]
    if linesWithoutCategory > 0 {
      lines.append("\(linesWithoutCategory.counted("sale")) of items without a category: left out")
    }
    lines.append(
      "\(linesOfUnknownCustomers.counted("sale")) of customers outside of the segment and the comparison: "
        + "used for the discounts only")
    if customersWithoutTrait > 0 {
      lines.append(
        "\(customersWithoutTrait.counted("customer")) without a value in a column of the segment: left out"
      )
    }
    if daysLeftOut > 0 {
      lines.append("\(daysLeftOut.counted("day")) after the last whole week: left out")
    }
    return lines.joined(separator: "\n")
  }
}
