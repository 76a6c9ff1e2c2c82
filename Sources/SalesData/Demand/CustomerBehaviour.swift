/// How customers buy: how often, how lately, for how much, and how long from one time to the next.
///
/// Several orders on one day are one purchase where time between purchases is meant, as in the models
/// of Fader and Hardie ("Counting Your Customers" the Easy Way, 2005).
public struct CustomerBehaviour: Sendable {
  /// The customers with a sale, in the order of their first lines.
  public let customers: [Customer]
  /// The items that a known customer bought, in the order of their first lines.
  public let items: [Item]
  /// Lines that name no customer, and have no part in any of this.
  public let linesWithoutCustomer: Int
  /// A customer's number and a day, for all days on which a customer bought.
  let purchaseDays: [(customer: Int, day: Int)]

  /// One customer's purchases.
  public struct Customer: Equatable, Sendable {
    public let id: String
    /// Orders with a sale.
    public let orders: Int
    /// Days with a sale.
    public let days: Int
    /// The day of the first sale.
    public let firstDay: CalendarDate
    /// The day of the last sale.
    public let lastDay: CalendarDate
    /// Units bought.
    public let units: Double
    /// What they cost together.
    public let revenue: Double
    /// Units given back or cancelled.
    public let returnedUnits: Double
    /// What those cost together.
    public let returnedRevenue: Double

    /// Days since the last sale.
    public func recency(at date: CalendarDate) -> Int { lastDay.distance(to: date) }

    /// The mean number of days from one day with a sale to the next; nil where there is only one.
    public var interPurchaseTime: Double? {
      days > 1 ? Double(firstDay.distance(to: lastDay)) / Double(days - 1) : nil
    }

    /// What an order cost on average.
    public var orderValue: Double { revenue / Double(orders) }
  }

  /// The purchases of one item by known customers.
  public struct Item: Equatable, Sendable {
    public let id: String
    /// Customers who bought it.
    public private(set) var buyers = 0
    /// Customers who bought it on more than one day.
    public private(set) var repeatBuyers = 0
    /// Orders with a sale of it, by known customers.
    public private(set) var orders = 0
    private var gaps = 0
    private var daysInGaps = 0

    init(id: String) { self.id = id }

    /// Orders for each customer who bought it.
    public var purchaseFrequency: Double { Double(orders) / Double(buyers) }

    /// The share of its customers who bought it on more than one day.
    public var repeatShare: Double { Double(repeatBuyers) / Double(buyers) }

    /// The mean number of days from one day on which a customer bought it to that customer's next;
    /// nil where none bought it twice.
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

  /// How many customers of a period bought for the first time, and how many had bought before.
  public struct NewAndReturning: Equatable, Sendable {
    /// The first day of the period.
    public let start: CalendarDate
    /// Customers whose first sale is in the period.
    public package(set) var new = 0
    /// Customers with a sale in the period and one in an earlier period.
    public package(set) var returning = 0
  }

  /// New and returning customers of every period that has any, in the order of time.
  public func newAndReturning(by frequency: Frequency) -> [NewAndReturning] {
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
