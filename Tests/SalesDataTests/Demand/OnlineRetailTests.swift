import SalesData
import Testing

/// Order lines of a shop, summed, against pandas:
///
/// ```text
/// d = pd.read_csv(path, dtype={"Invoice": str, "StockCode": str, "Customer ID": str})
/// d["day"] = pd.to_datetime(d.InvoiceDate.str[:10])
/// second = (d.InvoiceDate < d.InvoiceDate.shift()).cumsum() > 0
/// fields = [d[c].astype(object).fillna("").astype(str) for c in d.columns[1:8]]
/// text = d.Invoice.str.cat(fields, "|")
/// doubled = second & text.isin(set(text[~second]))
/// code = d.StockCode.str.upper()
/// fees = ["POST", "DOT", "C2", "C3", "M", "D", "BANK CHARGES", "AMAZONFEE", "CRUK", "B", "S"]
/// other = code.isin(fees) | code.str.startswith(("ADJUST", "GIFT", "TEST"))
/// cancelled = d.Invoice.str.startswith("C")
/// kept = d[~doubled & ~other & (d.Price > 0) & (cancelled == (d.Quantity < 0)) & (d.Quantity != 0)]
/// kept = kept.assign(value=kept.Quantity * kept.Price)
/// sales, returns = kept[kept.Quantity > 0], kept[kept.Quantity < 0]
/// known = sales.dropna(subset="Customer ID")
/// ```
@Suite struct OnlineRetailTests {
  /// What was read of a file.
  struct Shop {
    var book: OrderBook
    var items: DemandTable
    var days: DemandTable
    var weeks: DemandTable
    var sundayWeeks: DemandTable
    var months: DemandTable
    var customers: CustomerBehavior
    var end: CalendarDate

    init(_ path: String) throws {
      var items = DemandAccumulator(.day)
      let periods: [Frequency] = [.day, .week(), .week(startingOn: .sunday), .month]
      var totals = periods.map { DemandAccumulator($0, by: .total) }
      var customers = CustomerAccumulator()
      book = try OrderLineReader(.onlineRetail, rules: .onlineRetail).read(path) { line in
        items.add(line)
        for place in totals.indices { totals[place].add(line) }
        customers.add(line)
      }
      self.items = items.table(book)
      days = totals[0].table(book)
      weeks = totals[1].table(book)
      sundayWeeks = totals[2].table(book)
      months = totals[3].table(book)
      self.customers = customers.behavior(book)
      end = days.periodStarts.last!
    }
  }

  /// The figures of one file.
  struct Figures: Sendable {
    /// `len(d), len(sales), len(returns), doubled.sum(), cancelled.sum(), d["Customer ID"].isna().sum()`
    var lines: [Int]
    /// `sales.Quantity.sum(), -returns.Quantity.sum(), sales.value.sum(), -returns.value.sum()`
    var sums: [Double]
    /// `kept.groupby(["StockCode", "day"]).ngroups, sales.Invoice.nunique(), known["Customer ID"].nunique()`
    var counts: [Int]
    /// The first days of `sales.groupby("day")`: units, revenue, orders, customers.
    var days: [[Double]]
    /// The first days of item 22423: units, orders, customers, price.
    var item: [[Double]]
    /// `sales.groupby(sales.day.dt.to_period(rule)).Quantity.sum()` for W-SUN, W-SAT and M.
    var units: [[Double]]
    /// The same of `["Customer ID"].nunique()`.
    var customers: [[Double]]
    /// `sales.groupby("StockCode").Quantity.sum()`: the three largest.
    var largest: [String: Double]
    /// Recency, frequency, monetary value: `r.sum()`.
    var rfm: [Double]
    /// `r = end - day.max(), Invoice.nunique(), value.sum()` of customer 14911.
    var customer: [Double]
    /// `(x.rank(method="min") - 1) * 5 // len(x) + 1` of −recency, frequency and value: value counts.
    var scores: [[Int]]
    /// Days between purchases: the mean over customers who have any, their number, customer 14911's.
    var gaps: [Double]
    /// Buyers of item 22423, those on several days, orders, and days between purchases.
    var buyers: [Double]
    /// Weeks from Monday: new and returning customers.
    var newAndReturning: [[Int]]
  }

  static let sample = Figures(
    lines: [6177, 3479, 47, 2514, 113, 1325], sums: [40_717, 536, 131_239.91, 1053.06],
    counts: [491, 843, 601],
    days: [
      [5456, 14638.79, 81, 69], [4677, 14625.52, 87, 79], [4956, 12943.46, 89, 72],
      [3458, 8484.86, 95, 62],
    ],
    item: [[222, 13, 9, 11.689775], [85, 16, 15, 13.382235], [115, 10, 8, 12.476870]],
    units: [[23_377, 17_340], [21_328, 18_590, 799], [10_133, 30_584]],
    customers: [[360, 314], [304, 337, 36], [146, 494]],
    largest: ["21212": 2943, "85099B": 2619, "85123A": 2618], rfm: [4135, 793, 88_736.63],
    customer: [2, 4, 740.15],
    scores: [[160, 127, 106, 128, 80], [487, 0, 0, 0, 114], [121, 120, 120, 121, 119]],
    gaps: [5.893632958801498, 89, 2.3333333333333335], buyers: [96, 8, 107, 5.818181818181818],
    newAndReturning: [[360, 0], [241, 73]])

  static let whole = Figures(
    lines: [1_067_371, 1_015_088, 17_974, 22_523, 19_494, 243_007],
    sums: [11_221_957, 469_882, 19_700_954.457, 719_692.94], counts: [536_567, 39_516, 5852],
    days: [
      [26_176, 52_600.88, 117, 89], [31_891, 62_053.03, 115, 94], [49_241, 73_125.24, 124, 106],
      [21_307, 39_499.81, 88, 76],
    ],
    item: [[8, 1, 1, 12.75], [40, 9, 8, 12.3485], [21, 5, 5, 12.75]],
    units: [
      [145_349, 116_823, 136_741], [133_734, 115_838, 143_086], [426_738, 391_267, 382_528],
    ],
    customers: [[425, 409, 358], [367, 405, 390], [951, 701, 771]],
    largest: ["84077": 106_379, "85099B": 96_931, "21212": 94_972],
    rfm: [1_168_834, 36_594, 17_124_940.997], customer: [1, 373, 272_393.03],
    scores: [
      [1179, 1166, 1184, 1169, 1154], [1618, 945, 1148, 1025, 1116],
      [1171, 1170, 1171, 1170, 1170],
    ],
    gaps: [111.48151518084752, 4179, 2.9959349593495936],
    buyers: [1314, 585, 3317, 86.5459624174708],
    newAndReturning: [[425, 0], [318, 91], [193, 165]])

  @Test func theSampleIsWhatPandasSays() throws {
    try check(Shop(linesPath), Self.sample)
  }

  @Test(
    .enabled(
      if: sharedData("online_retail/online_retail_II.csv.gz") != nil,
      "the whole of Online Retail II is not there, or this is a debug build"))
  func theWholeIsWhatPandasSays() throws {
    let path = try #require(sharedData("online_retail/online_retail_II.csv.gz"))
    try check(Shop(path), Self.whole)
  }

  private func check(_ shop: Shop, _ figures: Figures) throws {
    checkLines(shop, figures)
    checkDemand(shop, figures)
    try checkItem(shop, figures)
    try checkCustomers(shop, figures)
  }

  private func checkLines(_ shop: Shop, _ figures: Figures) {
    let report = shop.book.report
    #expect(
      [
        report.rowsRead, report.sales, report.returns, report.counts.doubledAcrossRuns,
        report.counts.cancellations, report.counts.withoutCustomer,
      ] == figures.lines)
    #expect(report.rowsRead == report.rowsKept + report.rowsSetAside)
    #expect(report.counts.timeGoesBack == 1)
  }

  private func checkDemand(_ shop: Shop, _ figures: Figures) {
    for table in [shop.items, shop.days, shop.weeks, shop.months] {
      expectClose(
        [.units, .returnedUnits, .revenue, .returnedRevenue].map { table.sum(of: $0) }, figures.sums
      )
    }
    #expect(shop.items.cells.count == figures.counts[0])
    #expect(Int(shop.days.sum(of: .orders)) == figures.counts[1])
    let days = shop.days.cells.prefix(4).map {
      [$0.units, $0.revenue, Double($0.orders), Double($0.customers)]
    }
    for (day, expected) in zip(days, figures.days) { expectClose(day, expected) }
    let tables = [shop.weeks, shop.sundayWeeks, shop.months]
    for (table, expected) in zip(tables, zip(figures.units, figures.customers)) {
      #expect(table.cells.prefix(expected.0.count).map(\.units) == expected.0)
      #expect(table.cells.prefix(expected.1.count).map { Double($0.customers) } == expected.1)
    }
  }

  private func checkItem(_ shop: Shop, _ figures: Figures) throws {
    let table = shop.items
    for (id, units) in figures.largest {
      let item = try #require(table.ids.firstIndex(of: id))
      #expect(table.cells[table.cellsOfItem[item]].reduce(0) { $0 + $1.units } == units)
    }
    let item = try #require(table.ids.firstIndex(of: "22423"))
    let cells = table.cells[table.cellsOfItem[item]].prefix(3)
    for (cell, expected) in zip(cells, figures.item) {
      expectClose(
        [cell.units, Double(cell.orders), Double(cell.customers), cell.averagePrice ?? .nan],
        expected,
        within: 1e-6)
    }
    // The panel holds the same, and a zero where there is no line.
    let panel = table.panel(of: .netUnits, keepsPartial: true)
    #expect(panel.calendar.start == shop.days.periodStarts[0])
    let series = panel.series(at: item)
    for cell in table.cells[table.cellsOfItem[item]] {
      #expect(series.value(at: cell.period) == Double(cell.units - cell.returnedUnits))
    }
    #expect(series.observedCount == panel.calendar.count - series.steps.lowerBound)
  }

  private func checkCustomers(_ shop: Shop, _ figures: Figures) throws {
    let behavior = shop.customers
    #expect(behavior.customers.count == figures.counts[2])
    let scores = behavior.rfmScores(at: shop.end)
    expectClose(
      [
        Double(scores.reduce(0) { $0 + $1.recency }),
        Double(scores.reduce(0) { $0 + $1.frequency }),
        scores.reduce(0) { $0 + $1.monetary },
      ], figures.rfm)
    let counts = [\RFMScore.recencyScore, \.frequencyScore, \.monetaryScore].map { path in
      (1...5).map { group in scores.filter { $0[keyPath: path] == group }.count }
    }
    #expect(counts == figures.scores)
    let place = try #require(behavior.customers.firstIndex { $0.id == "14911" })
    let one = scores[place]
    expectClose([Double(one.recency), Double(one.frequency), one.monetary], figures.customer)
    #expect([one.recencyScore, one.frequencyScore, one.monetaryScore] == [5, 5, 5])
    let gaps = behavior.customers.compactMap(\.interPurchaseTime)
    expectClose(
      [
        gaps.reduce(0, +) / Double(gaps.count), Double(gaps.count),
        behavior.customers[place].interPurchaseTime ?? .nan,
      ], figures.gaps)
    let item = try #require(behavior.items.first { $0.id == "22423" })
    expectClose(
      [
        Double(item.buyers), Double(item.repeatBuyers), Double(item.orders),
        item.interPurchaseTime ?? .nan,
      ], figures.buyers)
    let weeks = behavior.newAndReturning(by: .week())
    #expect(
      weeks.prefix(figures.newAndReturning.count).map { [$0.new, $0.returning] }
        == figures.newAndReturning)
    #expect(weeks.reduce(0) { $0 + $1.new } == behavior.customers.count)
  }

  private func expectClose(
    _ values: [Double], _ expected: [Double], within tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (value, figure) in zip(values, expected) {
      #expect(abs(value - figure) <= tolerance * abs(figure), sourceLocation: sourceLocation)
    }
  }
}
