/// An accumulator of the purchases of each customer and the buyers of each item, from a stream of
/// order lines.
///
/// Lines without a customer are only counted. Memory use grows with the number of customers, the
/// items that each has bought, and the days and orders of both.
public struct CustomerAccumulator: Sendable {
  /// The purchase history of a customer, for all items or one item.
  private struct History {
    var firstDay = Int32.max
    var lastDay = Int32.min
    var days: Int32 = 0
    var orders: Int32 = 0

    mutating func add(day: Int, isNewDay: Bool, isNewOrder: Bool) {
      firstDay = min(firstDay, Int32(day))
      lastDay = max(lastDay, Int32(day))
      if isNewDay { days += 1 }
      if isNewOrder { orders += 1 }
    }
  }

  private struct Sums {
    var units = 0.0
    var revenue = 0.0
    var returnedUnits = 0.0
    var returnedRevenue = 0.0
  }

  private var histories: [History] = []
  private var sums: [Sums] = []
  private var days = PairTable()
  private var orders = PairTable()
  /// Pairs of an item and one of its customers.
  private var buyers = PairTable()
  private var buyerHistories: [History] = []
  private var buyerDays = PairTable()
  private var buyerOrders = PairTable()
  private var linesWithoutCustomer = 0

  /// Creates an empty accumulator.
  public init() {}

  /// Adds a line.
  public mutating func add(_ line: OrderLine) {
    guard let customer = line.customer else {
      linesWithoutCustomer += 1
      return
    }
    while histories.count <= customer {
      histories.append(History())
      sums.append(Sums())
    }
    switch line.kind {
    case .return:
      sums[customer].returnedUnits += line.quantity
      sums[customer].returnedRevenue += line.value
    case .sale:
      sums[customer].units += line.quantity
      sums[customer].revenue += line.value
      addSale(line, customer)
    }
  }

  /// Returns the behavior accumulated so far. `book` is the result of reading the lines.
  public func behavior(_ book: OrderBook) -> CustomerBehavior {
    var customers: [CustomerBehavior.Customer] = []
    for (number, history) in histories.enumerated() where history.orders > 0 {
      let sums = sums[number]
      customers.append(
        CustomerBehavior.Customer(
          id: book.customers[number], orders: Int(history.orders), days: Int(history.days),
          firstDay: CalendarDate(dayNumber: Int(history.firstDay)),
          lastDay: CalendarDate(dayNumber: Int(history.lastDay)), units: sums.units,
          revenue: sums.revenue, returnedUnits: sums.returnedUnits,
          returnedRevenue: sums.returnedRevenue))
    }
    return CustomerBehavior(
      customers: customers, items: items(book), linesWithoutCustomer: linesWithoutCustomer,
      purchaseDays: days.pairs.map { ($0.first, $0.second) })
  }

  private mutating func addSale(_ line: OrderLine, _ customer: Int) {
    let day = line.date.dayNumber
    histories[customer].add(
      day: day, isNewDay: days.number(of: customer, day).isNew,
      isNewOrder: line.order.map { orders.number(of: customer, $0).isNew } ?? true)
    let (buyer, isNew) = buyers.number(of: line.item, customer)
    if isNew { buyerHistories.append(History()) }
    buyerHistories[buyer].add(
      day: day, isNewDay: buyerDays.number(of: buyer, day).isNew,
      isNewOrder: line.order.map { buyerOrders.number(of: buyer, $0).isNew } ?? true)
  }

  private func items(_ book: OrderBook) -> [CustomerBehavior.Item] {
    var items = book.items.map { CustomerBehavior.Item(id: $0) }
    for (pair, history) in zip(buyers.pairs, buyerHistories) {
      items[pair.first].add(
        orders: Int(history.orders), days: Int(history.days),
        spanInDays: Int(history.lastDay - history.firstDay))
    }
    return items.filter { $0.buyers > 0 }
  }
}
