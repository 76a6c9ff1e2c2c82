import SalesData
import Testing

@Suite struct OrderLineTests {
  static let schema: TableSchema = {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    schema.price = "price"
    schema.order = "order"
    schema.customer = "who"
    schema.description = "name"
    return schema
  }()

  static let header = "order,sku,name,n,at,price,who\n"

  @Test func passesOnSalesAndReturns() throws {
    let (lines, book) = try read(
      "1,tea,Green tea,2,2024-01-01 09:00,1.25,ann\n1,cup,,1,2024-01-01 09:00,4,ann\n"
        + "C2,tea,Tea,-1,2024-01-02 10:00,1.25,\n")
    #expect(
      lines == [
        OrderLine(
          kind: .sale, item: 0, order: 0, customer: 0,
          date: CalendarDate(year: 2024, month: 1, day: 1)!, second: 32_400, quantity: 2,
          price: 1.25),
        OrderLine(
          kind: .sale, item: 1, order: 0, customer: 0,
          date: CalendarDate(year: 2024, month: 1, day: 1)!, second: 32_400, quantity: 1, price: 4),
        OrderLine(
          kind: .return, item: 0, order: 1, customer: nil,
          date: CalendarDate(year: 2024, month: 1, day: 2)!, second: 36_000, quantity: 1,
          price: 1.25),
      ])
    #expect(book.items == ["tea", "cup"])
    #expect(book.descriptions == ["Green tea", ""])
    #expect(book.orders == ["1", "C2"])
    #expect(book.customers == ["ann"])
    #expect(book.report.rowsRead == 3)
    #expect(book.report.sales == 2)
    #expect(book.report.returns == 1)
    #expect(book.report.setAside == [])
    #expect(book.report.counts.withoutCustomer == 1)
  }

  @Test func everyLineHasOneReason() throws {
    var rules = OrderRules()
    rules.cancellations = ["C*"]
    rules.exclusions = [
      .init("postage", items: "POST", "DOT"),
      .init("vouchers", items: "gift_####_##", descriptions: ["*voucher*"]),
    ]
    rules.negativeQuantities = .setAside
    rules.linesWithoutPrice = .setAside
    let (lines, book) = try read(
      """
      1,tea,x,2,2024-01-01 09:00,1.25,ann
      1,post,x,1,2024-01-01 09:00,9,ann
      1,POSTER,x,1,2024-01-01 09:00,9,ann
      1,GIFT_0001_20,x,1,2024-01-01 09:00,20,ann
      1,gift_1_20,x,1,2024-01-01 09:00,20,ann
      1,pen,A Voucher for all,1,2024-01-01 09:00,20,ann
      c2,tea,x,-2,2024-01-01 09:00,1.25,ann
      C3,tea,x,2,2024-01-01 09:00,1.25,ann
      3,tea,x,-2,2024-01-01 09:00,0,
      4,tea,x,0,2024-01-01 09:00,1,bob
      5,tea,x,3,2024-01-01 09:00,0,bob
      6,tea,x,3,2024-01-01 09:00,-1,bob
      """, rules)
    #expect(lines.map(\.quantity) == [2, 1, 1, 2])
    #expect(lines.map(\.kind) == [.sale, .sale, .sale, .return])
    #expect(
      book.report.setAside.map { "\($0.count) \($0.reason) \($0.examples.map(\.line))" } == [
        "1 postage [3]", "2 vouchers [5, 7]", "1 cancellation of a positive quantity [9]",
        "1 negative quantity without a cancellation [10]", "1 no units [11]", "2 no price [12, 13]",
      ])
    #expect(book.report.setAside[0].examples[0].text == "1|post|x|1|2024-01-01 09:00|9|ann")
    #expect(book.report.rowsRead == book.report.rowsKept + book.report.rowsSetAside)
    #expect(book.report.counts.cancellations == 2)
    #expect(book.report.counts.otherNegativeQuantities == 1)
    #expect(book.report.counts.withoutPrice == 3)
    #expect(
      book.report.description.hasPrefix(
        "12 rows read\n4 rows kept: 3 sales, 1 return\n8 rows set aside\n  1 postage (line 3)\n"))
  }

  /// One `?` is one character, however many bytes it has.
  @Test func questionMarksStandForCharacters() throws {
    var rules = OrderRules()
    rules.exclusions = [.init("samples", items: "TH?-?", "*é?")]
    let (lines, book) = try read(
      """
      1,thé-€,x,1,2024-01-01 09:00,9,ann
      1,tho-,x,1,2024-01-01 09:00,9,ann
      1,cafés,x,1,2024-01-01 09:00,9,ann
      1,café,x,1,2024-01-01 09:00,9,ann
      """, rules)
    #expect(book.report.setAside.map { $0.examples.map(\.line) } == [[2, 4]])
    #expect(lines.count == 2)
  }

  @Test func countsOfNothingHaveNoHeading() throws {
    let (_, book) = try read("1,tea,x,2,2024-01-01 09:00,1,ann")
    #expect(
      book.report.description == "1 row read\n1 row kept: 1 sale, 0 returns\n0 rows set aside")
  }

  static let doubled = """
    1,tea,x,2,2024-01-01 09:00,1,ann
    1,tea,x,2,2024-01-01 09:00,1,ann
    2,tea,x,2,2024-01-02 09:00,1,ann
    3,tea,x,2,2024-01-03 09:00,1,ann
    2,tea,x,2,2024-01-02 09:00,1,ann
    3,tea,x,2,2024-01-03 09:00,1,ann
    3,tea,x,2,2024-01-03 09:00,2,ann
    4,tea,x,2,2024-01-04 09:00,1,ann
    4,tea,x,2,2024-01-04 09:00,1,ann
    """

  @Test(arguments: [
    (OrderRules.DoubledLines.keep, [2, 3, 4, 5, 6, 7, 8, 9, 10], 0, 0),
    (.setAsideRepeatedRuns, [2, 3, 4, 5, 8, 9, 10], 2, 2),
    (.setAsideAll, [2, 4, 5, 8, 9], 2, 2),
  ])
  func findsDoubledLines(
    policy: OrderRules.DoubledLines, kept: [Int], inRun: Int, acrossRuns: Int
  ) throws {
    var rules = OrderRules()
    rules.doubledLines = policy
    let (lines, book) = try read(Self.doubled, rules)
    #expect(lines.count == kept.count)
    let dropped = book.report.setAside.flatMap { $0.examples.map(\.line) }
    #expect(Set(dropped).union(kept) == Set(2...10))
    #expect(book.report.counts.timeGoesBack == 1)
    #expect(book.report.counts.doubledInRun == inRun)
    #expect(book.report.counts.doubledAcrossRuns == acrossRuns)
  }

  @Test func manyRunsAreComparedWithAllBefore() throws {
    // A file of five copies of the same lines, each of which has many that differ in one field.
    let copy = (0..<1009).map { "\($0),i\($0 % 17),x,1,2024-01-0\($0 / 150 + 1) 09:00,1,ann" }
    var rules = OrderRules()
    rules.doubledLines = .setAsideRepeatedRuns
    let (lines, book) = try read(
      Array(repeating: copy, count: 5).joined().joined(separator: "\n"), rules)
    #expect(lines.count == 1009)
    #expect(book.report.counts.doubledAcrossRuns == 4036)
    #expect(book.report.counts.timeGoesBack == 4)
  }

  static let faulty = """
    1,tea,x,2,2024-01-01 09:00,1,ann
    1,tea,x,2,2024-01-01 09:00,1
    1,tea,x,two,2024-01-01 09:00,1,ann
    1,tea,x,,2024-01-01 09:00,1,ann
    1,,x,2,2024-01-01 09:00,1,ann
    1,tea,x,2,01/02/2024,1,ann
    1,tea,x,2,2023-02-29,1,ann
    1,tea,x,2,2024-01-01 09:00,inf,ann
    1,tea,x,2,2024-01-01 09:00,"1,,0",ann
    1,tea,x,3,2024-01-01 09:00,1,ann
    """

  @Test func faultyLinesAreErrorsOrSetAside() throws {
    let error = #expect(throws: TableError.self) { try read(Self.faulty) }
    #expect(error?.line == 3)
    #expect(error?.fault == .fieldCount(expected: 7, found: 6))
    var rules = OrderRules()
    rules.faultyLines = .setAside
    let (lines, book) = try read(Self.faulty, rules)
    #expect(lines.map(\.quantity) == [2, 3])
    #expect(
      book.report.setAside.map { "\($0.count) \($0.reason)" } == [
        "1 a different number of fields than the header", "2 not a number", "1 a number is missing",
        "1 no item", "2 not a date in the column's format", "1 not a finite number",
      ])
    #expect(
      book.report.setAside[3].examples[0].text
        == "o.csv:6: column \"sku\": is empty; every row needs the id of its series")
    #expect(book.report.rowsRead == 10)
    #expect(book.report.rowsRead == book.report.rowsKept + book.report.rowsSetAside)
  }

  @Test func columnsThatASchemaLeavesOutAreNotNeeded() throws {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    var lines: [OrderLine] = []
    let text = "at,n,sku\n2024-01-01,3,tea\n2024-01-01,-1,tea\n"
    let book = try OrderLineReader(schema).read(MemoryByteSource(Array(text.utf8), name: "o.csv")) {
      lines.append($0)
    }
    #expect(lines.map(\.order) == [nil, nil])
    #expect(lines.map(\.price) == [nil, nil])
    #expect(lines.map(\.kind) == [.sale, .return])
    #expect(book.report.counts.withoutPrice == 0)
  }

  @Test func theAmountOfALineGivesThePriceOfOneUnit() throws {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    schema.amount = "paid"
    let text =
      "at,n,sku,paid,each\n2024-01-01,4,tea,10,9\n2024-01-01,-2,tea,-5,9\n2024-01-01,0,tea,3,9\n"
    func lines() throws -> (lines: [OrderLine], report: OrderReport) {
      var lines: [OrderLine] = []
      let book = try OrderLineReader(schema)
        .read(MemoryByteSource(Array(text.utf8), name: "o.csv")) { lines.append($0) }
      return (lines, book.report)
    }
    let byAmount = try lines()
    #expect(byAmount.lines.map(\.price) == [2.5, 2.5])
    #expect(byAmount.lines.map(\.value) == [10, 5])
    #expect(byAmount.report.setAside.map(\.reason) == ["no units"])
    // The price of one unit is taken where there is one.
    schema.price = "each"
    let byPrice = try lines()
    #expect(byPrice.lines.map(\.price) == [9, 9])
  }

  @Test func discountsAndCouponsAreSums() throws {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    let text = "at,n,sku,off,bonus,coupon\n2024-01-01,4,tea,1.5,2,\n2024-01-01,1,tea,,,0.25\n"
    func lines() throws -> [OrderLine] {
      var lines: [OrderLine] = []
      _ = try OrderLineReader(schema)
        .read(MemoryByteSource(Array(text.utf8), name: "o.csv")) { lines.append($0) }
      return lines
    }
    #expect(try lines().map(\.discount) == [nil, nil])
    schema.discounts = ["off", "bonus"]
    schema.coupons = ["coupon"]
    #expect(try lines().map(\.discount) == [3.5, 0])
    #expect(try lines().map(\.coupon) == [0, 0.25])
    schema.coupons = ["bonus"]
    #expect {
      try lines()
    } throws: {
      "\($0)"
        == "o.csv:1: column \"bonus\" is used for two purposes; specify a different column for each"
    }
  }

  private func read(
    _ rows: String,
    _ rules: OrderRules = {
      var rules = OrderRules(); rules.cancellations = ["C*"]; return rules
    }()
  ) throws(TableError) -> ([OrderLine], OrderBook) {
    var lines: [OrderLine] = []
    let bytes = MemoryByteSource(Array((Self.header + rows).utf8), name: "o.csv")
    let book = try OrderLineReader(Self.schema, rules: rules).read(bytes) { lines.append($0) }
    return (lines, book)
  }
}
