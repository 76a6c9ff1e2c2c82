import SalesData
import Testing
import TestSupport

@Suite struct DemandTests {
  private static let book: OrderBook = {
    let text = "sku,t,n\ncup,2024-01-01,1\npen,2024-01-01,1\ntea,2024-01-01,1\n"
    var schema = TableSchema(identity: "sku", time: "t")
    schema.quantity = "n"
    return try! OrderLineReader(schema).read(MemoryByteSource(Array(text.utf8), name: "o")) { _ in }
  }()

  @Test func countsOrdersAndCustomersOnce() {
    let table = sum([
      line("2024-01-01", item: 0, order: 1, customer: 5, 2, 3),
      line("2024-01-01", item: 0, order: 1, customer: 5, 1, 3),
      line("2024-01-01", item: 0, order: 2, customer: 5, 1, 5),
      line("2024-01-01", item: 0, order: nil, customer: nil, 1, nil),
      line("2024-01-01", item: 0, order: nil, customer: 7, 4, nil),
      line("2024-01-01", item: 0, order: 9, customer: 8, 6, 2, .return),
      line("2024-01-03", item: 0, order: 9, customer: 8, 6, 2, .return),
    ])
    #expect(table.ids == ["cup"])
    #expect(table.cells.count == 2)
    let cell = table.cells[0]
    #expect(
      [cell.units, cell.revenue, cell.pricedUnits, cell.returnedUnits, cell.returnedRevenue] == [
        9, 14, 4, 6, 12,
      ])
    #expect(cell.orders == 4)
    #expect(cell.customers == 2)
    #expect(cell.averagePrice == 3.5)
    #expect(table.cells[1].averagePrice == nil)
    let expected: [(DemandMeasure, [Double?])] = [
      (.units, [9, 0, 0]), (.returnedUnits, [6, 0, 6]), (.netUnits, [3, 0, -6]),
      (.revenue, [14, 0, 0]), (.netRevenue, [2, 0, -12]), (.orders, [4, 0, 0]),
      (.customers, [2, 0, 0]), (.averagePrice, [3.5, nil, nil]),
    ]
    for (measure, values) in expected {
      let series = table.panel(of: measure, keepsPartial: true).series(at: 0)
      #expect((0..<3).map(series.value(at:)) == values, "\(measure)")
    }
  }

  /// The sums do not depend on the order of the lines: what is met out of the order of time is looked
  /// up, which takes another path.
  @Test(arguments: [1, 2, 3] as [UInt64]) func theOrderOfLinesDoesNotMatter(seed: UInt64) {
    var random = SplitMix(state: seed)
    var lines: [OrderLine] = []
    for index in 0..<4099 {
      var one = line(
        "2024-01-01", item: random.next(below: 3), order: index / 3,
        customer: random.next(below: 17),
        Double(1 + random.next(below: 5)), 2)
      one.date = CalendarDate(dayNumber: 19_000 + random.next(below: 65))
      lines.append(one)
    }
    for period in [Frequency.day, .week(), .month] {
      let shuffled = sum(lines, period)
      let inOrder = sum(lines.sorted { $0.date < $1.date }, period)
      let reversed = sum(lines.sorted { $0.date > $1.date }, period)
      #expect(shuffled.cells == inOrder.cells)
      #expect(reversed.cells == inOrder.cells)
      #expect(shuffled.ids == inOrder.ids)
      #expect(shuffled.periodStarts == inOrder.periodStarts)
      // By hand, one cell after another.
      for (item, cells) in inOrder.cellsOfItem.enumerated() {
        for cell in inOrder.cells[cells] {
          let start = inOrder.periodStarts[cell.period]
          let own = lines.filter { $0.item == item && period.start(of: $0.date) == start }
          #expect(cell.units == own.reduce(0) { $0 + $1.quantity })
          #expect(cell.orders == Set(own.map(\.order)).count)
          #expect(cell.customers == Set(own.map(\.customer)).count)
        }
      }
    }
  }

  @Test(arguments: [
    (Frequency.month, "2024-01-01", 4), (.week(startingOn: .sunday), "2024-01-28", 10),
    (.quarter, "2024-01-01", 2),
  ])
  func aPanelHasEveryPeriodWithoutABreak(frequency: Frequency, start: String, count: Int) {
    let panel = sum(
      [
        line("2024-01-31", item: 1, order: 1, customer: 1, 2, 3),
        line("2024-04-01", item: 2, order: 1, customer: 1, 1, 3),
      ],
      frequency
    ).panel(of: .units, keepsPartial: true)
    #expect(panel.ids == ["pen", "tea"])
    #expect(
      panel.calendar == RegularCalendar(start: date(start), count: count, frequency: frequency))
    #expect(panel.series(at: 0).steps == 0..<count)
    #expect(panel.series(at: 1).steps == count - 1..<count)
    #expect(Array(panel.series(at: 0).values) == [2] + [Double](repeating: 0, count: count - 1))
    #expect(Array(panel.series(at: 1).values) == [1])
    #expect((0..<count).allSatisfy { panel.series(at: 0).value(at: $0) != nil })
  }

  @Test func followsCustomersAndItems() throws {
    var customers = CustomerAccumulator()
    for (day, item, order, customer) in [
      ("2024-01-01", 0, 1, 0), ("2024-01-01", 0, 2, 0), ("2024-01-05", 0, 3, 0),
      ("2024-01-11", 1, 4, 0), ("2024-01-03", 0, 5, 1),
    ] { customers.add(line(day, item: item, order: order, customer: customer, 2, 3)) }
    customers.add(line("2024-01-12", item: 0, order: 6, customer: 1, 1, 3, .return))
    customers.add(line("2024-01-12", item: 0, order: 7, customer: nil, 1, 3))
    let behavior = customers.behavior(Self.bookWithCustomers)
    #expect(behavior.linesWithoutCustomer == 1)
    let first = behavior.customers[0]
    #expect([first.orders, first.days] == [4, 3])
    #expect(first.interPurchaseTime == 5)
    #expect(first.recency(at: date("2024-01-13")) == 2)
    #expect([first.units, first.revenue, first.orderValue] == [8, 24, 6])
    let second = behavior.customers[1]
    #expect(second.interPurchaseTime == nil)
    #expect([second.returnedUnits, second.returnedRevenue] == [1, 3])
    #expect(second.lastDay.description == "2024-01-03")
    let tea = behavior.items[0]
    #expect([tea.buyers, tea.repeatBuyers, tea.orders] == [2, 1, 4])
    #expect(tea.purchaseFrequency == 2)
    #expect(tea.repeatShare == 0.5)
    #expect(tea.interPurchaseTime == 4)
    #expect(behavior.items[1].interPurchaseTime == nil)
    let days = behavior.newAndReturning(by: .day).map { "\($0.start) \($0.new) \($0.returning)" }
    #expect(days == ["2024-01-01 1 0", "2024-01-03 1 0", "2024-01-05 0 1", "2024-01-11 0 1"])
    let weeks = behavior.newAndReturning(by: .week()).map {
      "\($0.start) \($0.new) \($0.returning)"
    }
    #expect(weeks == ["2024-01-01 2 0", "2024-01-08 0 1"])
  }

  @Test func stopsAtTheCallersMistakes() async {
    let panel = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let book = try emptyBook()
      _ = DemandAccumulator(.day).table(book).panel(of: .units)
    }
    expectStopped(panel, "DemandTable.panel: expected demand of at least one item")
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let book = try emptyBook()
      _ = CustomerAccumulator().behavior(book).rfmScores(at: CalendarDate(dayNumber: 0), groups: 0)
    }
    expectStopped(groups, "CustomerBehavior.rfmScores: expected at least 1 group, got 0")
  }

  private static let bookWithCustomers: OrderBook = {
    let text = "sku,t,n,who\ntea,2024-01-01,1,ann\ncup,2024-01-01,1,bob\n"
    var schema = TableSchema(identity: "sku", time: "t")
    schema.quantity = "n"
    schema.customer = "who"
    return try! OrderLineReader(schema).read(MemoryByteSource(Array(text.utf8), name: "o")) { _ in }
  }()

  private func sum(_ lines: [OrderLine], _ period: Frequency = .day) -> DemandTable {
    var demand = DemandAccumulator(period)
    for line in lines { demand.add(line) }
    return demand.table(Self.book)
  }

  private func line(
    _ day: String, item: Int, order: Int?, customer: Int?, _ quantity: Double, _ price: Double?,
    _ kind: OrderLine.Kind = .sale
  ) -> OrderLine {
    OrderLine(
      kind: kind, item: item, order: order, customer: customer, date: date(day), second: 0,
      quantity: quantity, price: price)
  }

  private func date(_ text: String) -> CalendarDate {
    let parts = text.split(separator: "-").map { Int($0)! }
    return CalendarDate(year: parts[0], month: parts[1], day: parts[2])!
  }
}

/// What a reading of one line ends with.
private func emptyBook() throws -> OrderBook {
  var schema = TableSchema(identity: "sku", time: "t")
  schema.quantity = "n"
  let text = MemoryByteSource(Array("sku,t,n\ntea,2024-01-01,1\n".utf8), name: "o")
  return try OrderLineReader(schema).read(text) { _ in }
}
