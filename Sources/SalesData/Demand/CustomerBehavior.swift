/// The purchase behavior of customers: frequency, recency, value, and time between purchases.
///
/// For times between purchases, several orders on the same day count as one purchase, as in the
/// models of Fader and Hardie ("Counting Your Customers" the Easy Way, 2005).
public struct CustomerBehavior: Sendable {
  /// The customers with a sale, in the order of their first lines.
  public let customers: [Customer]
  /// The items that a known customer bought, in the order of their first lines.
  public let items: [Item]
  /// The number of lines without a customer, which are not included in any other property.
  public let linesWithoutCustomer: Int
  /// Pairs of a customer's number and a day, for all days on which a customer bought.
  let purchaseDays: [(customer: Int, day: Int)]

  /// The purchases of one customer.
  public struct Customer: Equatable, Sendable {
    /// The id of the customer.
    public let id: String
    /// The number of orders with a sale.
    public let orders: Int
    /// The number of days with a sale.
    public let days: Int
    /// The day of the first sale.
    public let firstDay: CalendarDate
    /// The day of the last sale.
    public let lastDay: CalendarDate
    /// The number of units bought.
    public let units: Double
    /// The total price of the units bought.
    public let revenue: Double
    /// The number of units returned or canceled.
    public let returnedUnits: Double
    /// The total price of the units returned or canceled.
    public let returnedRevenue: Double

    /// Returns the number of days since the last sale.
    public func recency(at date: CalendarDate) -> Int { lastDay.distance(to: date) }

    /// The mean number of days between consecutive days with a sale, or `nil` if there is only one.
    public var interPurchaseTime: Double? {
      days > 1 ? Double(firstDay.distance(to: lastDay)) / Double(days - 1) : nil
    }

    /// The average price of an order.
    public var orderValue: Double { revenue / Double(orders) }
  }

  /// The purchases of one item by known customers.
  public struct Item: Equatable, Sendable {
    /// The id of the item.
    public let id: String
    /// The number of customers who bought the item.
    public private(set) var buyers = 0
    /// The number of customers who bought the item on more than one day.
    public private(set) var repeatBuyers = 0
    /// The number of orders with a sale of the item by known customers.
    public private(set) var orders = 0
    private var gaps = 0
    private var daysInGaps = 0

    init(id: String) { self.id = id }

    /// The number of orders per customer who bought the item.
    public var purchaseFrequency: Double { Double(orders) / Double(buyers) }

    /// The share of the item's customers who bought it on more than one day.
    public var repeatShare: Double { Double(repeatBuyers) / Double(buyers) }

    /// The mean number of days between consecutive days on which the same customer bought the item,
    /// or `nil` if no customer bought it on two days.
    public var interPurchaseTime: Double? {
      gaps > 0 ? Double(daysInGaps) / Double(gaps) : nil
    }

    mutating func add(orders: Int, days: Int, spanInDays: Int) {
      buyers += 1
      self.orders += orders
      if days > 1 { repeatBuyers += 1 }
      gaps += days - 1
      daysInGaps += spanInDays
    }
  }

  /// The numbers of new and returning customers in a period.
  public struct NewAndReturning: Equatable, Sendable {
    /// The first day of the period.
    public let start: CalendarDate
    /// The number of customers whose first sale is in the period.
    public package(set) var new = 0
    /// The number of customers with a sale in the period and in an earlier period.
    public package(set) var returning = 0
  }

  /// Returns the numbers of new and returning customers for each period with customers, in
  /// chronological order.
  ///
  /// Sales are counted by day. Hours stop the program.
  public func newAndReturning(by frequency: Frequency) -> [NewAndReturning] {
    guard frequency != .hour else {
      fatalError("CustomerBehavior.newAndReturning: expected days or longer steps, got hours")
    }
    var seen = PairTable()
    var active: [Int: [Int]] = [:]
    var firsts: [Int: Int] = [:]
    for (customer, day) in purchaseDays {
      let number = frequency.number(of: CalendarDate(dayNumber: day))
      guard seen.number(of: customer, number).isNew else { continue }
      active[number, default: []].append(customer)
      firsts[customer] = min(firsts[customer] ?? .max, number)
    }
    return active.keys.sorted().map { number in
      var counts = NewAndReturning(start: frequency.firstDay(ofStep: number))
      for customer in active[number]! {
        if firsts[customer] == number { counts.new += 1 } else { counts.returning += 1 }
      }
      return counts
    }
  }
}
