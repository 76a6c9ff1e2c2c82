import SalesData
import Testing
import TestSupport

@Suite struct StockOutTests {
  private func panel(_ values: [Double?], states: [CellState]? = nil) -> Panel {
    let series =
      states.map { Series(id: "a", values: values.map { $0 ?? 0 }, states: $0) }
      ?? Series(id: "a", values: values)
    return Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2023, month: 1, day: 1)!, count: values.count),
      series: [series])
  }

  private func soldOut(_ rule: StockOutRule, _ panel: Panel) -> [Int] {
    let series = rule.cleaned(panel).series(at: 0)
    #expect(series.values == panel.series(at: 0).values)
    return series.steps.filter { series.state(at: $0) == .stockOut }
  }

  /// Chances from SciPy, for n observed steps, a run of L, and z of c steps around it without a
  /// sale:
  ///
  ///     n * scipy.stats.betabinom.pmf(L, L, z + 1, c - z + 1)
  ///
  /// 0.0681922197 (n 447, L 2, c 112, z 0), 0.0017635919 (L 3), 0.0774337419 (n 200, L 9, c 80,
  /// z 31), 0.0016328016 (L 14).
  @Test(arguments: [(2, 0.0681922197), (3, 0.0017635919)]) func aDailySellerMissesFewDays(
    length: Int, chance: Double
  ) {
    var values = [Double?](repeating: 2, count: 447)
    for step in 200..<200 + length { values[step] = 0 }
    let run = Array(200..<200 + length)
    #expect(soldOut(StockOutRule(chance: chance * 1.0001), panel(values)) == run)
    #expect(soldOut(StockOutRule(chance: chance * 0.9999), panel(values)) == [])
  }

  @Test(arguments: [(9, 0.0774337419), (14, 0.0016328016)]) func aRareSellerMissesMany(
    length: Int, chance: Double
  ) {
    // 40 steps before the run, 15 of them without a sale, and 40 after, 16 without; what lies
    // beyond those is not looked at.
    let before = (0..<40).map { Double($0 % 8 < 3 ? 0 : 4) }
    let after = (0..<40).map { Double($0 % 5 == 1 || $0 % 5 == 3 ? 0 : 4) }
    #expect(before.count { $0 == 0 } == 15 && after.count { $0 == 0 } == 16)
    let rest = [Double](repeating: 1, count: 200 - 80 - length)
    let run = [Double](repeating: 0, count: length)
    let series = rest + before + run + after
    let steps = Array(rest.count + 40..<rest.count + 40 + length)
    let rule = { StockOutRule(context: 40, chance: chance * $0) }
    #expect(soldOut(rule(1.0001), panel(series)).filter(steps.contains) == steps)
    #expect(soldOut(rule(0.9999), panel(series)).filter(steps.contains) == [])
  }

  @Test func gapsAndStockOutsNeitherBreakNorCount() {
    var values = [Double?](repeating: 3, count: 300)
    for step in 100..<105 { values[step] = 0 }
    values[102] = nil
    var states: [CellState] = values.map { $0 == nil ? .gap : .observed }
    states[103] = .stockOut
    // Three observed zeros: 298 · betabinom.pmf(3, 3, 1, 113) = 0.0011757.
    #expect(soldOut(StockOutRule(), panel(values, states: states)) == [100, 101, 103, 104])
    #expect(soldOut(StockOutRule(chance: 0.0011756), panel(values, states: states)) == [103])
    #expect(
      soldOut(StockOutRule(chance: 0.0011758), panel(values, states: states))
        == [100, 101, 103, 104])
  }

  @Test func whatIsNoStockOut() {
    let launch = [Double?](repeating: 0, count: 20) + [Double?](repeating: 5, count: 80)
    #expect(soldOut(StockOutRule(), panel(launch)) == [])
    // Longer than the context: out of season.
    let summer =
      [Double?](repeating: 5, count: 60) + [Double?](repeating: 0, count: 57)
      + [Double?](repeating: 5, count: 60)
    #expect(soldOut(StockOutRule(), panel(summer)) == [])
    #expect(soldOut(StockOutRule(context: 57), panel(summer)) == Array(60..<117))
    // The end may be one.
    let end = [Double?](repeating: 5, count: 90) + [0, 0, 0, 0]
    #expect(soldOut(StockOutRule(), panel(end)) == [90, 91, 92, 93])
    #expect(soldOut(StockOutRule(), panel([])) == [])
    #expect(soldOut(StockOutRule(), panel([nil])) == [])
  }

  @Test func theStockColumnTells() throws {
    let sales = Series(
      id: "a", start: 2, values: [3, 0, 0, 4, 1, 2],
      states: [.observed, .observed, .gap, .observed, .observed, .observed])
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 19_000), count: 9),
      series: [Series(id: "none", values: []), sales]
    ).adding(past: "stock", .numbers([5, 0, 0, 1, nil, 0]))
    let marked = try StockColumnRule("stock").cleaned(panel).series(at: 1)
    #expect(
      Array(marked.states) == [.observed, .stockOut, .gap, .observed, .observed, .stockOut])
    #expect(Array(marked.values) == [3, 0, 0, 4, 1, 2])
    let low = try StockColumnRule("stock", level: 1).cleaned(panel).series(at: 1)
    #expect(Array(low.states) == [.observed, .stockOut, .gap, .stockOut, .observed, .stockOut])
    #expect(throws: CovariateError.noSuchColumn("shelf", role: .past, present: ["stock"])) {
      try CleaningPipeline([StockColumnRule("shelf")]).clean(panel)
    }
  }

  @Test func stopsAtNoContext() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = StockOutRule(context: 0)
    }
    expectStopped(
      result,
      "StockOutRule: expected a context of at least 1 and a chance above 0, got 0 and 0.01")
  }
}
