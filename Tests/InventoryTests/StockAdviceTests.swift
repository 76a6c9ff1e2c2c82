import Forecasting
import Inventory
import Testing

/// Advice from forecasts and stock positions.
@Suite struct StockAdviceTests {
  private static let days = 140

  /// Two series with a weekly pattern and an error that repeats no season.
  static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: days),
    series: ["tea", "mug"].enumerated().map { place, id in
      Series(id: id, values: (0..<days).map { units(of: place, on: $0) })
    })

  private static func units(of series: Int, on day: Int) -> Double {
    let (weekday, other) = (day % 7, day * (7 + series) % 5)
    return Double(5 + 3 * series + weekday + other)
  }

  @Test func levelIsAQuantileOfSumsOfPaths() throws {
    let policy = try ReplenishmentPolicy(
      leadTime: 3, reviewPeriod: 7, target: .cycle(0.9), usesWholeUnits: false)
    let model = try ConformalForecaster(
      SeasonalNaiveForecaster(), horizon: 10, quantileLevels: [0.1, 0.5, 0.9]
    ).fit(Self.panel)
    let paths = try model.paths(from: Self.panel, horizon: 10, count: 300)
    let demands = try LeadTimeDemand.demands(of: paths, policy: policy)
    let advice = try StockAdvice.advice(for: paths.ids, demands, policy: policy)
    for (series, row) in advice.enumerated() {
      let sums = (0..<300).map { paths.values(of: series, path: $0).reduce(0, +) }.sorted()
      // Level 0.9 of 300 values is halfway between values 269 and 270.
      #expect(abs(row.orderUpToLevel - (sums[269] + sums[270]) / 2) < 1e-9)
      #expect(row.order == nil)
      #expect(abs(row.safetyStock + row.expectedDemand - row.orderUpToLevel) < 1e-9)
      // The sum of the quantiles of steps would be higher.
      let added = (0..<10).map { step in
        paths.quantiles(ofSumOver: step..<step + 1, levels: [0.9]).values[series]
      }.reduce(0, +)
      #expect(row.orderUpToLevel < added)
    }
    let short = try ReplenishmentPolicy(leadTime: 4, reviewPeriod: 7, target: .cycle(0.9))
    #expect(throws: StockError.horizonTooShort(10, leadTime: 4, reviewPeriod: 7)) {
      try LeadTimeDemand.demands(of: paths, policy: short)
    }
  }

  /// Without a lead time, there is no demand before an order arrives.
  @Test func runsForecastTheSums() throws {
    let policy = try ReplenishmentPolicy(leadTime: 0, reviewPeriod: 4, target: .fillRate(0.95))
    var run = ForecastRun(horizon: policy.coveredSteps)
    run.quantileLevels = [0.1, 0.9]
    run.sumLengths = policy.sumLengths
    run.sumQuantileLevels = LeadTimeDemand.levels
    let results = try run([.untrained(SeasonalNaiveForecaster())], on: Self.panel)
    let sums = results.models[0].next.sums
    let demands = try LeadTimeDemand.demands(of: sums, policy: policy)
    #expect(demands.map(\.lead.mean) == [0, 0])
    for (demand, sum) in zip(demands, sums[0].values) {
      #expect(abs(demand.covered.mean - sum) < 0.2 * sum)
    }
    let longer = try ReplenishmentPolicy(leadTime: 1, reviewPeriod: 4, target: .cycle(0.9))
    #expect(throws: StockError.noSum(length: 5, known: [4])) {
      try LeadTimeDemand.demands(of: sums, policy: longer)
    }
  }

  @Test func positionsComeFromATable() throws {
    let policy = try ReplenishmentPolicy(leadTime: 1, reviewPeriod: 2, target: .cycle(0.5))
    let demand = LeadTimeDemand(
      lead: DemandDistribution([4]), covered: DemandDistribution([12]))
    let stock = try StockPositions(
      Self.source("unique_id,on_hand,on_order\ntea,3,2\nmug,20,0\ntea,1,0\n"))
    let advice = try StockAdvice.advice(
      for: ["tea", "mug"], [demand, demand], policy: policy, stock: stock)
    #expect(advice.map(\.order) == [6, 0])
    #expect(
      AdviceTable(advice).csv() == """
        unique_id,expected_demand,safety_stock,order_up_to,reorder_point,on_hand,on_order,order
        tea,12.0,0.0,12.0,4.0,4.0,2.0,6.0
        mug,12.0,0.0,12.0,4.0,20.0,0.0,0.0

        """)
    #expect(try AdviceTable(Self.source(AdviceTable(advice).csv())).advice == advice)
    #expect(throws: StockError.noPosition(id: "cup", known: 2)) {
      try StockAdvice.advice(for: ["cup"], [demand], policy: policy, stock: stock)
    }
    #expect(throws: StockError.invalidStock(id: "tea", name: "on hand", value: -1)) {
      try StockPositions(Self.source("unique_id,on_hand\ntea,-1\n"))
    }
    #expect { try StockPositions(Self.source("unique_id,on_hand\ntea,\n")) } throws: {
      ($0 as? TableError)?.column == "on_hand"
    }
  }

  @Test func riskFollowsFromThePosition() throws {
    let table = """
      unique_id,expected_demand,safety_stock,order_up_to,reorder_point,on_hand,on_order,order
      tea,12.5,3.5,16,4,1,2,13
      mug,12.5,3.5,16,4,4,0,12
      cup,12.5,3.5,16,4,9,4,3
      pot,12.5,3.5,16,4,,,

      """
    let advice = try AdviceTable(Self.source(table)).advice
    #expect(advice.map(\.risk) == [.beforeArrival, .withoutOrder, .covered, nil])
    #expect(advice.map(\.order) == [13, 12, 3, nil])
    #expect { try AdviceTable(Self.source(table.replacing("tea,12.5", with: "tea,"))) } throws: {
      ($0 as? TableError)?.column == "expected_demand"
    }
  }

  private static func source(_ text: String) throws -> any RecordSource {
    try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "stock.csv"))
  }
}
