import Foundation
import SalesData
import Testing
import TestSupport

@Suite struct PreparationTests {
  @Test func orderLinesBecomeACleanPanelWithItsMeasures() throws {
    var preparation = Preparation(.onlineRetail)
    preparation.measures = [.averagePrice, .orders]
    preparation.cleaning = CleaningPipeline([ClosedDayRule(found: ClosedDayFinder())])
    let prepared = try preparation.prepare(linesPath)

    // The figures that `OnlineRetailTests` has of pandas.
    let orders = try #require(prepared.report.orders)
    #expect(orders.rowsRead == 6177 && orders.sales == 3479 && orders.returns == 47)
    #expect(prepared.report.quality?.units == 40_717)
    #expect(prepared.report.cleaning?.total.unitsOut == 40_717)
    #expect(prepared.panel.pastCovariates.map(\.name) == ["averagePrice", "orders"])
    let item = try #require(prepared.panel.index(of: "22423"))
    let start = prepared.panel.steps(at: item).lowerBound
    let series = prepared.panel.series(at: item)
    #expect(Array(series.values.prefix(3)) == [222, 85, 115])
    let price = try prepared.panel.pastCovariate("averagePrice")
    let prices = try price.numbers(of: item, over: start..<start + 3)
    let expected: [Double] = [11.689775, 13.382235, 12.476870]
    #expect(zip(prices, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    let orderCounts = try prepared.panel.pastCovariate("orders").numbers(
      of: item, over: start..<start + 3)
    #expect(Array(orderCounts) == [13, 16, 10])
    // The shop is closed on Saturdays: a gap, not a day without demand.
    let saturday = try #require(
      prepared.panel.calendar.step(of: CalendarDate(year: 2010, month: 12, day: 4)!))
    #expect(prepared.panel.series(at: item).state(at: saturday) == .gap)
    let (codes, names) = try prepared.panel.staticCovariate("description").categories()
    #expect(names.name(of: codes[item]) == "REGENCY CAKESTAND 3 TIER")
  }

  @Test func theReportIsTheSameAsJSON() throws {
    let report = try Preparation(.onlineRetail).prepare(linesPath).report
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(PreparationReport.self, from: json) == report)
    #expect(report.panel?.series == report.quality?.seriesCount)
  }

  @Test func netUnitsOfWeeksAreUnitsLessReturns() throws {
    var preparation = Preparation(.onlineRetail)
    preparation.frequency = .week()
    preparation.target = .netUnits
    preparation.grouping = .total
    preparation.keepsPartialPeriods = true
    let panel = try preparation.prepare(linesPath).panel
    #expect(panel.ids == ["Total"])
    // `OnlineRetailTests`: 23377 and 17340 units of both weeks, less 536 that came back.
    let units: Double = panel.series(at: 0).values.reduce(0, +)
    #expect(units == 40_181)
    #expect(panel.calendar.frequency == .week())
  }

  @Test func daysOfALongTableAreSummed() throws {
    var preparation = Preparation(DataSchema(.long(.longTable)))
    preparation.frequency = .month
    preparation.keepsPartialPeriods = true
    let rows = "unique_id,ds,y\na,2024-01-30,1\na,2024-01-31,2\na,2024-02-01,4\nb,2024-02-29,8\n"
    let panel = try preparation.prepare(source(rows), opening: noTable).panel
    #expect(Array(panel.series(at: 0).values) == [3, 4])
    #expect(Array(panel.series(at: 1).values) == [8])
    #expect(panel.series(at: 1).steps == 1..<2)
  }

  /// A row a week, with a column of its own: nothing is summed, and the week without a row is one zero.
  @Test func weeksOfALongTableStayWeeks() throws {
    var table = TableSchema.longTable
    table.covariates = [CovariateColumn("price", role: .past, kind: .numeric)]
    var preparation = Preparation(DataSchema(.long(table)))
    preparation.policy.frequency = .week(startingOn: .saturday)
    preparation.frequency = .week(startingOn: .saturday)
    let rows = "unique_id,ds,y,price\na,2024-01-12,1,7\na,2024-01-19,2,8\na,2024-02-02,4,9\n"
    let prepared = try preparation.prepare(source(rows), opening: noTable)
    #expect(prepared.panel.calendar.start == CalendarDate(year: 2024, month: 1, day: 6))
    #expect(Array(prepared.panel.series(at: 0).values) == [1, 2, 0, 4])
    let price = try prepared.panel.pastCovariate("price").numberWindow(of: 0, over: 0..<4)
    #expect(price.values == [7, 8, 0, 9] && price.missing == [false, false, true, false])
    #expect(
      prepared.report.rows?.description
        == "3 rows read\n3 rows kept\n1 week without a row, taken as 0")
  }

  @Test func monthsOfAWideTableAreSummedToQuarters() throws {
    let start = CalendarDate(year: 2024, month: 2, day: 1)!
    var preparation = Preparation(
      DataSchema(
        .wide(
          WideSchema(identity: ["id"], steps: .numbered(prefix: "M", first: 1), start: start))))
    preparation.policy.frequency = .month
    preparation.frequency = .quarter
    preparation.keepsPartialPeriods = true
    let panel = try preparation.prepare(
      source("id,M1,M2,M3,M4\na,1,2,4,8\nb,,,16,\n"), opening: noTable
    ).panel
    #expect(panel.calendar.start == CalendarDate(year: 2024, month: 1, day: 1))
    #expect(panel.calendar.frequency == .quarter)
    #expect(Array(panel.series(at: 0).values) == [3, 12])
    #expect(panel.series(at: 1).steps == 1..<2)
  }

  /// Sums of what no column has would be zeros that pass for sales.
  @Test(arguments: [
    (DemandMeasure.revenue, "price"), (.netRevenue, "price"), (.returnedRevenue, "price"),
    (.averagePrice, "price"), (.customers, "customer"),
  ])
  func measuresNeedTheirColumns(measure: DemandMeasure, property: String) throws {
    var columns = TableSchema(identity: "sku", time: "at")
    columns.quantity = "units"
    var asTarget = Preparation(DataSchema(.orders(columns, OrderRules())))
    asTarget.target = measure
    var beside = Preparation(DataSchema(.orders(columns, OrderRules())))
    beside.measures = [.orders, measure]
    for preparation in [asTarget, beside] {
      let error = #expect(throws: TableError.self) {
        try preparation.prepare(source("sku,at,units\na,2024-01-30,1\n"), opening: noTable)
      }
      #expect(
        error?.description
          == "t.csv: the schema names no column for \"\(property)\", which measures such as "
          + "\(measure) need")
    }
  }

  /// The price of a line from its amount is a price, too.
  @Test func anAmountMakesRevenue() throws {
    var columns = TableSchema(identity: "sku", time: "at")
    (columns.quantity, columns.amount) = ("units", "paid")
    var preparation = Preparation(DataSchema(.orders(columns, OrderRules())))
    preparation.target = .revenue
    let panel = try preparation.prepare(
      source("sku,at,units,paid\na,2024-01-30,4,10\n"), opening: noTable
    ).panel
    #expect(Array(panel.series(at: 0).values) == [10])
  }

  /// By a part of the identity a covariate table finds its series. The second item begins with a mark that
  /// would combine with the separator before it.
  @Test func partsOfTheIdentityOfOrderLinesAreStaticColumns() throws {
    var columns = TableSchema(identity: ["store", "sku"], time: "at")
    columns.quantity = "units"
    columns.covariates = [CovariateColumn("store", role: .static, kind: .categorical)]
    var schema = DataSchema(.orders(columns, OrderRules()))
    var stores = CovariateTable(
      "stores", columns: [CovariateColumn("size", role: .static, kind: .numeric)])
    stores.series = .columns([.init("store")])
    schema.tables = [stores]
    let rows =
      "sku,store,at,units\ntea,north,2024-01-30,1\n\u{301}a,south,2024-01-30,2\ntea,south,2024-01-30,3\n"
    let panel = try Preparation(schema).prepare(source(rows)) { _, _ throws(TableError) in
      try source("store,size\nsouth,17\nnorth,65\n")
    }.panel
    #expect(panel.ids == ["north/tea", "south/tea", "south/\u{301}a"])
    let store = try panel.staticCovariate("store").categories()
    #expect(store.codes.map(store.vocabulary.name) == ["north", "south", "south"])
    #expect(try panel.staticCovariate("size").numbers() == [65, 17, 17])

    var total = Preparation(DataSchema(schema.main))
    total.grouping = .total
    #expect(try total.prepare(source(rows), opening: noTable).panel.staticCovariates.isEmpty)
  }

  @Test func covariateTablesAreOpenedByTheCaller() throws {
    var schema = DataSchema(.long(.longTable))
    var promotions = CovariateTable(
      "promotions", columns: [CovariateColumn("promoted", role: .known, kind: .numeric)])
    promotions.series = .identity(["sku"])
    promotions.time = "day"
    schema.tables = [promotions]
    let rows = "unique_id,ds,y\na,2024-01-30,1\na,2024-01-31,2\n"
    let prepared = try Preparation(schema).prepare(source(rows)) { name, _ throws(TableError) in
      #expect(name == "promotions")
      return try source("sku,day,promoted\na,2024-01-31,1\na,2024-02-01,0\n")
    }
    let promoted = try prepared.panel.knownCovariate("promoted")
    #expect(try Array(promoted.numbers(of: 0, over: 1..<3)) == [1, 0])
    #expect(prepared.report.tables.map(\.rowsUsed) == [2])
  }

  /// M5 against pandas:
  ///
  /// ```text
  /// s, c, p = map(pd.read_csv, ("sales_d1495_d1941.csv.gz", "calendar.csv", "sell_prices.csv.gz"))
  /// m = s.melt(id_vars=list(s.columns[:6]), var_name="d", value_name="sales").merge(c, on="d")
  /// m = m.merge(p, on=["store_id", "item_id", "wm_yr_wk"], how="left")
  /// m.sales.sum(), m.sell_price.isna().sum(), m.sell_price.sum()
  /// (m[m.snap_TX == 1].d.nunique(), m[m.event_name_1.notna()].d.nunique())
  /// ```
  @Test(
    .enabled(
      if: sharedData("m5/sell_prices.csv.gz") != nil,
      "M5 is not there, or this is a debug build"))
  func pricesAndEventsOfM5AreWhatPandasMerges() throws {
    let sales = try #require(sharedData("m5/sales_d1495_d1941.csv.gz"))
    let directory = try #require(sharedData("m5/calendar.csv")).dropLast("calendar.csv".count)
    let panel = try Preparation(Self.m5(String(directory))).prepare(sales).panel
    #expect(panel.allSeries.reduce(0.0) { $0 + Double($1.values.reduce(0, +)) } == 17_587_646)
    let price = try panel.knownCovariate("sell_price")
    #expect(price.futureSteps == 28)
    var (missing, sum) = (0, 0.0)
    for index in panel.ids.indices {
      let window = try price.numberWindow(of: index, over: 0..<447)
      missing += window.missing.count { $0 }
      sum += window.values.reduce(0) { $0 + Double($1) }
    }
    #expect(missing == 58_547)
    #expect(abs(sum - 60_822_779.8) < 1)
    let snap = try panel.knownCovariate("snap_TX").numbers(of: 0, over: 0..<447)
    #expect(snap.count { $0 == 1 } == 149)
    let events = try panel.knownCovariate("event_name_1").codes(of: 0, over: 0..<447)
    #expect(events.count { $0 != Vocabulary.unknown } == 37)
  }

  private static func m5(_ directory: String) -> DataSchema {
    var wide = WideSchema(
      identity: ["id"], steps: .numbered(prefix: "d_", first: 1495),
      start: CalendarDate(year: 2015, month: 3, day: 3))
    wide.levels = ["item_id", "store_id"]
    var schema = DataSchema(.wide(wide))
    var calendar = CovariateTable(
      directory + "calendar.csv",
      columns: [
        CovariateColumn("event_name_1", role: .known, kind: .categorical),
        CovariateColumn("snap_TX", role: .known, kind: .numeric),
      ])
    calendar.time = "date"
    var prices = CovariateTable(
      directory + "sell_prices.csv.gz",
      columns: [CovariateColumn("sell_price", role: .known, kind: .numeric)])
    prices.series = .columns([.init("store_id"), .init("item_id")])
    prices.time = "wm_yr_wk"
    prices.periods = .init(directory + "calendar.csv", label: "wm_yr_wk", date: "date")
    schema.tables = [calendar, prices]
    return schema
  }

  @Test func saysWhyTablesMakeNoPanel() throws {
    var rules = OrderRules()
    rules.exclusions = [.init("tests", items: "T*")]
    var columns = TableSchema(identity: "sku", time: "at")
    columns.quantity = "units"
    let orders = Preparation(DataSchema(.orders(columns, rules)))
    let none = #expect(throws: PreparationError.self) {
      try orders.prepare(source("sku,at,units\nT1,2024-01-30,1\n"), opening: noTable)
    }
    #expect(none?.description == "t.csv: no lines remain of 1: 1 tests (line 2)")

    var table = TableSchema.longTable
    table.covariates = [CovariateColumn("price", role: .past, kind: .numeric)]
    var weekly = Preparation(DataSchema(.long(table)))
    weekly.frequency = .week()
    let daily = #expect(throws: PreparationError.self) {
      try weekly.prepare(
        source("unique_id,ds,y,price\na,2024-01-30,1,2\n"), opening: noTable)
    }
    #expect(daily == .dailyCovariates(names: ["price"], frequency: .week()))
    #expect(
      daily?.description
        == "\"price\" has a value for each step of the table, which cannot be summed to a week "
        + "from monday; put them in a separate table with a row for each week or, if the table itself "
        + "has such rows, set its frequency")
  }

  private func source(_ text: String) throws(TableError) -> any RecordSource {
    try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv"))
  }

  private func noTable(
    _ name: String, _ format: DelimitedFormat
  ) throws(TableError) -> any RecordSource {
    throw TableError(file: name, fault: .noSuchFile)
  }
}
