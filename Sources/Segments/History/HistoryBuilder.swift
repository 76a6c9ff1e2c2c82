/// The sales lines of a table, kept in columns.
struct KeptLines {
  var items: [Int32] = []
  /// The number of the customer, or −1.
  var customers: [Int32] = []
  var days: [Int32] = []
  /// The price paid, and the discount that it is below the list price.
  var values: [Float] = []
  var discounts: [Float] = []
  var hasCoupon: [Bool] = []

  var count: Int { items.count }

  mutating func append(_ line: OrderLine) {
    items.append(Int32(truncatingIfNeeded: line.item))
    customers.append(line.customer.map { Int32(truncatingIfNeeded: $0) } ?? -1)
    days.append(Int32(truncatingIfNeeded: line.date.dayNumber))
    values.append(Float(max(0, line.value)))
    discounts.append(Float(max(0, line.discount ?? 0)))
    hasCoupon.append(line.coupon ?? 0 > 0)
  }
}

/// A builder of a purchase history from the lines.
struct HistoryBuilder {
  private let book: OrderBook
  private let lines: KeptLines
  private let isMemberOfId: [String: Bool]
  /// The categories, and the index of the category of each item, or −1.
  private let categories: [String]
  private let categoryOfItem: [Int32]
  private let categoryOfName: [String: Int32]
  var report: HistoryReport

  init(
    _ book: OrderBook, _ lines: KeptLines, isMember: [String: Bool],
    categoryOfItem names: [String: String]?
  ) {
    self.book = book
    self.lines = lines
    isMemberOfId = isMember
    report = HistoryReport(orders: book.report)
    let ofItems = book.items.map { names == nil ? $0 : names![$0] }
    let categories = Set(ofItems.compactMap { $0 }).sorted()
    let numbers = Dictionary(
      uniqueKeysWithValues: categories.enumerated().map { ($1, Int32($0)) })
    self.categories = categories
    categoryOfItem = ofItems.map { $0.map { numbers[$0]! } ?? -1 }
    // Coupons can be for items that nobody bought.
    categoryOfName =
      (names ?? [:]).compactMapValues { numbers[$0] }
      .merging(zip(book.items, categoryOfItem).filter { $0.1 >= 0 }) { first, _ in first }
  }

  /// Returns the history.
  mutating func history(
    periods: [String: SideTables.Period], contacts: [String: Set<String>],
    coupons: [String: Set<String>], hasDiscounts: Bool, hasCoupons: Bool,
    segment: SegmentDefinition
  ) throws(SegmentError) -> PurchaseHistory {
    guard let first = lines.days.min(), let last = lines.days.max() else {
      throw .noMember(segment: segment.name, customers: 0)
    }
    let weeks = Int(last - first + 1) / 7
    report.daysLeftOut = Int(last - first + 1) - weeks * 7
    guard weeks >= PurchaseHistory.leastWeeks else {
      throw .tooFewWeeks(weeks: weeks, needed: PurchaseHistory.leastWeeks)
    }
    let (known, customerOfNumber) = customers()
    let isMember = known.map { isMemberOfId[$0]! }
    guard let one = isMember.firstIndex(of: true) else {
      throw .noMember(segment: segment.name, customers: book.customers.count)
    }
    guard isMember.lastIndex(of: true) != one else { throw .singleMember(segment: segment.name) }
    guard isMember.count(where: { !$0 }) >= 2 else { throw .noComparison(segment: segment.name) }
    var purchases: [Set<Int32>] = known.map { _ in [] }
    var withCoupon = purchases
    var prices = ItemPrices(items: book.items.count, weeks: weeks)
    for line in 0..<lines.count {
      let week = Int(lines.days[line] - first) / 7
      guard week < weeks else { continue }
      let item = Int(lines.items[line])
      let category = categoryOfItem[item]
      guard category >= 0 else {
        report.linesWithoutCategory += 1
        continue
      }
      let number = Int(lines.customers[line])
      let customer = number < 0 ? -1 : customerOfNumber[number]
      if customer < 0 || !isMember[customer] {
        prices.add(item, week, paid: lines.values[line], discount: lines.discounts[line])
      }
      guard customer >= 0 else {
        report.linesOfUnknownCustomers += 1
        continue
      }
      let code = category * Int32(weeks) + Int32(week)
      purchases[customer].insert(code)
      if lines.hasCoupon[line] { withCoupon[customer].insert(code) }
    }
    func couponCount(_ members: Bool) -> Int {
      zip(withCoupon, isMember).reduce(0) { $0 + ($1.1 == members ? $1.0.count : 0) }
    }
    return PurchaseHistory(
      customers: known, isMember: isMember, categories: categories,
      weekStarts: (0..<weeks).map { CalendarDate(dayNumber: Int(first) + 7 * $0) },
      campaigns: campaigns(
        periods, contacts, coupons, known, first: Int(first), weeks: weeks),
      purchases: purchases.map { $0.sorted() },
      couponPurchases: (couponCount(true), couponCount(false)),
      depths: prices.depths(categoryOfItem, categories: categories.count),
      hasDiscounts: hasDiscounts, hasCoupons: hasCoupons, report: report)
  }

  /// Returns the customers in the segment or the comparison, in canonical order, and the index of
  /// each number among them, or −1.
  private func customers() -> (names: [String], indices: [Int]) {
    let names = book.customers.filter { isMemberOfId[$0] != nil }.sorted()
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return (names, book.customers.map { indices[$0] ?? -1 })
  }

  private func campaigns(
    _ periods: [String: SideTables.Period], _ contacts: [String: Set<String>],
    _ coupons: [String: Set<String>], _ customers: [String], first: Int, weeks: Int
  ) -> [PurchaseHistory.Campaign] {
    let indices = Dictionary(uniqueKeysWithValues: customers.enumerated().map { ($1, $0) })
    return periods.map { id, period in
      // A week with at least four days of the campaign.
      let start = Self.floor(period.days.lowerBound - first + 3, 7)
      let end = Self.floor(period.days.upperBound + 1 - first + 3, 7)
      let range = min(max(start, 0), weeks)..<min(max(end, start, 0), weeks)
      let items = coupons[id] ?? []
      return PurchaseHistory.Campaign(
        id: id, type: period.type, weeks: range,
        customers: (contacts[id] ?? []).compactMap { indices[$0] }.sorted(),
        categories: Set(items.compactMap { categoryOfName[$0].map(Int.init) }).sorted())
    }
    .sorted { ($0.weeks.lowerBound, $0.id) < ($1.weeks.lowerBound, $1.id) }
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}

/// The sales of each item and week at list prices, and their discounts.
private struct ItemPrices {
  private let weeks: Int
  private var lists: [Int: (list: Double, discount: Double)] = [:]
  private var totals: [Double]

  init(items: Int, weeks: Int) {
    self.weeks = weeks
    totals = Array(repeating: 0, count: items)
  }

  mutating func add(_ item: Int, _ week: Int, paid: Float, discount: Float) {
    let list = Double(paid) + Double(discount)
    totals[item] += list
    let key = item * weeks + week
    var sums = lists[key] ?? (0, 0)
    sums.list += list
    sums.discount += Double(discount)
    lists[key] = sums
  }

  /// Returns the depth of each category and week, [C · T].
  func depths(_ categoryOfItem: [Int32], categories: Int) -> [Double] {
    var (sums, weights) = (
      [Double](repeating: 0, count: categories * weeks),
      [Double](repeating: 0, count: categories * weeks)
    )
    // The order of additions must not be that of the hash table.
    for key in lists.keys.sorted() {
      let (list, discount) = lists[key]!
      let item = key / weeks
      guard list > 0 else { continue }
      let place = Int(categoryOfItem[item]) * weeks + key % weeks
      sums[place] += totals[item] * discount / list
      weights[place] += totals[item]
    }
    return zip(sums, weights).map { $1 > 0 ? $0 / $1 : .nan }
  }
}
