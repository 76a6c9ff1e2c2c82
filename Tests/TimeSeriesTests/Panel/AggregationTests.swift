import SalesTestSupport
import Testing
import TimeSeries

/// Figures from pandas:
///
///     ranges = [range(0, 41), range(3, 41), range(0, 19), range(15, 32), range(30, 41)]
///     category = ["food", "home", "food", None, "home"]
///     store = ["n", "s", "s", "n", "s"]
///     days = pd.date_range("2024-01-25", periods=41)
///     table = pd.DataFrame([
///         (i, category[i], store[i], days[t], np.nan if (t + 2 * i) % 7 == 3
///          else (7 * t * t + 3 * t * (i + 1) + 5 * i) % 13 - 1.5)
///         for i in range(5) for t in ranges[i]], columns=["id", "category", "store", "ds", "y"])
///     for name, g in table.groupby("category", dropna=False, sort=False):
///         g.groupby("ds").y.sum(min_count=1)
///     table.groupby("ds").y.sum(min_count=1)                                         # total
///     table[table.category == "food"].groupby("ds").y.agg(lambda y: y.sum(skipna=False))
@Suite struct AggregationTests {
  private static let food: [Double?] = [
    7, 7, 9, 7.5, 6, 14, 8.5, -3, 11, 14, 5.5, 13, 9, -1.5, 7, 9, 13, 0.5, 14, 8.5, -1.5, 2.5, 7.5,
    0.5, nil, 2.5, -1.5, 8.5, 6.5, 5.5, 5.5, nil, 8.5, -1.5, 2.5, 7.5, 0.5, 7.5, nil, -1.5, 8.5,
  ]
  private static let home: [Double?] = [
    6.5, 9.5, 0.5, 5.5, -1.5, nil, 0.5, 9.5, 6.5, 4.5, 3.5, 3.5, nil, 6.5, 9.5, 0.5, 5.5, -1.5, 5.5,
    nil, 9.5, 6.5, 4.5, 3.5, 3.5, 4.5, nil, 9.5, 9, 15, -3, 7, 6, 10.5, 6.5, 15, 9, 5,
  ]
  private static let unknown: [Double?] = [
    0.5, 8.5, 4.5, nil, -0.5, -1.5, -1.5, -0.5, 1.5, 4.5, nil, 0.5, 6.5, 0.5, 8.5, 4.5, 1.5,
  ]
  private static let total: [Double?] = [
    7, 7, 9, 14, 15.5, 14.5, 14, -4.5, 11, 14.5, 15, 19.5, 13.5, 2, 10.5, 9.5, 28, 14.5, 14.5, 13.5,
    -4.5, 6.5, 7, 11.5, 11, 7, 2.5, 18.5, 11.5, 14, 19.5, 10.5, 23.5, -4.5, 9.5, 13.5, 11, 14, 15,
    7.5, 13.5,
  ]
  private static let strictFood: [Double?] = [
    7, 7, 9, nil, 6, 14, nil, -3, 11, 14, nil, 13, 9, nil, 7, 9, 13, nil, 14, 8.5, -1.5, 2.5, 7.5,
    0.5, nil, 2.5, -1.5, 8.5, 6.5, 5.5, 5.5, nil, 8.5, -1.5, 2.5, 7.5, 0.5, 7.5, nil, -1.5, 8.5,
  ]

  @Test func sumsCategoriesAsPandas() throws {
    let result = try SampleShop.panel.aggregated(by: ["category"])
    #expect(
      result.panel.allSeries == [
        Series(id: "food", values: Self.food),
        Series(id: "home", start: 3, values: Self.home),
        Series(id: "(unknown)", start: 15, values: Self.unknown),
      ])
    #expect(result.members == [[0, 2], [1, 4], [3]])
  }

  @Test func sumsEverythingAsPandas() throws {
    let total = Series(id: "Total", values: Self.total)
    #expect(try SampleShop.panel.aggregated(by: []).panel.allSeries == [total])
    #expect(SampleShop.panel.total().allSeries == [total])
    // Also of a slice, and of some of the series.
    let slice = SampleShop.panel.slice(19..<30).selecting([3, 1, 0])
    #expect(slice.total(id: "t").allSeries == [Series(id: "t", values: Array(Self.total[19..<30]))])
  }

  @Test func oneGapIsEnoughUnderTheStrictRule() throws {
    let strict = try SampleShop.panel.aggregated(by: ["category"], rule: .allObserved).panel
    #expect(strict.series(at: 0) == Series(id: "food", values: Self.strictFood))
  }

  @Test func groupsOfSeveralColumnsAreThePairsThatOccur() throws {
    let result = try SampleShop.panel.aggregated(by: ["category", "store"])
    #expect(result.panel.ids == ["food/n", "home/s", "food/s", "(unknown)/n"])
    #expect(result.members == [[0], [1, 4], [2], [3]])
    #expect(result.panel.series(at: 2).values == SampleShop.panel.series(at: 2).values)
  }

  @Test func keepsWhatAllMembersShareAndSaysWhatItDrops() throws {
    let result = try SampleShop.panel.aggregated(by: ["category"])
    #expect(result.droppedCovariates == ["store", "weight", "visits", "weather", "price"])
    #expect(result.panel.levels == ["category"])
    let category = try result.panel.staticCovariate("category").categories()
    #expect(category.codes == [1, 2, 0])
    #expect(result.panel.knownCovariates.map(\.name) == ["event", "payday"])
    // From the panel's end, not from that of the slice that was summed.
    let sliced = try SampleShop.panel.slice(5..<38).aggregated(by: ["store"]).panel
    #expect(try sliced.knownCovariate("payday").futureSteps == 6)
    #expect(try sliced.knownCovariate("payday").numbers(of: 1, over: 0..<3) == [0, 1, 0])
    let kept = try SampleShop.panel.selecting([0, 3]).aggregated(by: ["store"])
    #expect(kept.droppedCovariates == ["category", "weight", "visits", "weather", "price"])
  }

  /// What is known of a sum, from what is known of its two parts.
  @Test(arguments: [
    (CellState.observed, CellState.observed, CellState.observed, CellState.observed),
    (.observed, .stockOut, .observed, .stockOut),
    (.observed, .gap, .observed, .gap),
    (.stockOut, .stockOut, .stockOut, .stockOut),
    (.stockOut, .gap, .stockOut, .gap),
    (.gap, .gap, .gap, .gap),
  ])
  func statesOfSums(left: CellState, right: CellState, any: CellState, all: CellState) throws {
    let panel = Panel(
      calendar: RegularCalendar(start: SampleShop.start, count: 1),
      series: [
        Series(id: "a", values: [3], states: [left]), Series(id: "b", values: [4], states: [right]),
        // One that is not on sale has no say.
        Series(id: "c", start: 1, values: []),
      ])
    let sum: Double = (left == .gap ? 0 : 3) + (right == .gap ? 0 : 4)
    for (rule, state) in [(AggregationRule.anyObserved, any), (.allObserved, all)] {
      let total = try panel.aggregated(by: [], rule: rule).panel.series(at: 0)
      #expect(total.state(at: 0) == state)
      #expect(Array(total.values) == [state == .gap ? 0 : sum])
    }
  }

  @Test func idsOfGroupsNeverCoincide() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: SampleShop.start, count: 0),
      series: (0..<5).map { Series(id: "\($0)", values: []) }
    )
    .adding(level: "left", ["a/", "a", "a\\", nil, "(unknown)"])
    .adding(level: "right", ["b", "/b", "/b", "b", "b"])
    let ids = try panel.aggregated(by: ["left", "right"]).panel.ids
    #expect(ids == [#"a\//b"#, #"a/\/b"#, #"a\\/\/b"#, "(unknown)/b", #"\(unknown)/b"#])
  }

  @Test func whatCannotBeGroupedByIsAnError() {
    #expect(throws: CovariateError.otherKind(column: "weight", asked: .categorical)) {
      try SampleShop.panel.aggregated(by: ["weight"])
    }
    #expect(
      throws: CovariateError.otherRole(column: "weather", asked: .static, found: .past)
    ) { try SampleShop.panel.aggregated(by: ["weather"]) }
  }
}
