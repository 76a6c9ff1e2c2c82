import Forecasting
import SalesTestSupport
import Testing
import TestSupport

@Suite struct HistoryFeatureTests {
  private static let y: [Double?] = [
    3, 0, nil, 4, 2, 0, 0, 5.5, 1, nil, nil, nil, 7, 0, 2.25, 6, 1,
  ]

  /// ```python
  /// y = pd.Series([3, 0, np.nan, 4, 2, 0, 0, 5.5, 1, np.nan, np.nan, np.nan, 7, 0, 2.25, 6, 1])
  /// s = y.shift(2).rolling(4, min_periods=2)
  /// s.mean(), s.sum(), s.std(), s.min(), s.max(), s.quantile(0.3)
  /// zero = (y == 0).astype(float).where(y.notna())
  /// zero.shift(2).rolling(4, min_periods=2).mean()
  /// positive = (y > 0).astype(float).where(y.notna())
  /// positive.shift(2).rolling(4, min_periods=2).sum()
  /// ```
  private static let expected: [(Rolling.Statistic, [Float?])] = [
    (
      .mean,
      [
        nil, nil, nil, 1.5, 1.5, 2.3333333, 2, 2, 1.5, 1.875, 1.625, 2.1666667, 3.25, nil, nil, 3.5,
        3.0833333,
      ]
    ),
    (.sum, [nil, nil, nil, 3, 3, 7, 6, 6, 6, 7.5, 6.5, 6.5, 6.5, nil, nil, 7, 9.25]),
    (
      .deviation,
      [
        nil, nil, nil, 2.1213202, 2.1213202, 2.081666, 2, 2, 1.9148542, 2.5940638, 2.6259918,
        2.9297326, 3.1819806, nil, nil, 4.9497476, 3.5736303,
      ]
    ),
    (.minimum, [nil, nil, nil, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, nil, nil, 0, 0]),
    (.maximum, [nil, nil, nil, 3, 3, 4, 4, 4, 4, 5.5, 5.5, 5.5, 5.5, nil, nil, 7, 7]),
    (
      .quantile(0.3),
      [nil, nil, nil, 0.9, 0.9, 1.8, 1.2, 1.2, 0, 0, 0, 0.6, 2.35, nil, nil, 2.1, 1.35]
    ),
    (
      .zeroShare,
      [
        nil, nil, nil, 0.5, 0.5, 0.33333334, 0.33333334, 0.33333334, 0.5, 0.5, 0.5, 0.33333334, 0,
        nil, nil, 0.5, 0.33333334,
      ]
    ),
    (.positiveCount, [nil, nil, nil, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, nil, nil, 1, 2]),
  ]

  @Test(arguments: expected.indices) func rollingStatisticsAreThoseOfPandas(_ place: Int) throws {
    let (statistic, expected) = Self.expected[place]
    let rolling = Rolling(statistic, of: .target, window: 4, lag: 2, minimumCount: 2)
    expectClose(try values(of: rolling, Self.y), expected)
  }

  /// The window is many times shorter than the series, and far from 0.
  ///
  /// ```python
  /// n = np.arange(501)
  /// x = pd.Series(np.float32(1e6) + ((n * n * 7 + 3 * n) % 101).astype(np.float32))
  /// x[(n % 13) == 5] = np.nan
  /// r = x.shift(1).rolling(37, min_periods=1)
  /// (r.mean() - 1e6).sum(), r.std().sum(), r.quantile(.25).sub(1e6).sum()
  /// ```
  @Test func longSeriesPileUpNoErrors() throws {
    let x = (0..<501).map { n -> Double? in
      let value = (n * n * 7 + 3 * n) % 101
      return n % 13 == 5 ? nil : 1e6 + Double(value)
    }
    func sum(_ statistic: Rolling.Statistic, less offset: Double) throws -> Double {
      let rolling = Rolling(statistic, of: .target, window: 37)
      return try values(of: rolling, x).reduce(0) { $0 + ($1.map { Double($0) - offset } ?? 0) }
    }
    // Means are rounded to the 1/16 that a Float of a million has.
    #expect(abs(try sum(.mean, less: 1e6) - 23202.740093451925) < 500 / 32)
    #expect(abs(try sum(.deviation, less: 0) - 15242.925700175874) < 0.01)
    #expect(abs(try sum(.quantile(0.25), less: 1e6) - 10540) < 500 / 32)
  }

  /// Against a window that is looked at anew each time.
  @Test(arguments: [1, 3, 16, 17, 18, 65])
  func windowsOfAnyLengthSlide(window: Int) throws {
    let rolling = Rolling(.sum, of: .target, window: window)
    let sums = try values(of: rolling, Self.y)
    for (end, sum) in sums.enumerated() {
      let inside = Self.y[max(0, end - window)..<end].compactMap(\.self)
      #expect(sum.map { Double($0) } == (inside.isEmpty ? nil : inside.reduce(0, +)), "\(end)")
    }
  }

  /// ```python
  /// y.shift(3)
  /// ```
  @Test func lagsAreThoseOfPandas() throws {
    let expected: [Float?] = [
      nil, nil, nil, 3, 0, nil, 4, 2, 0, 0, 5.5, 1, nil, nil, nil, 7, 0,
    ]
    expectClose(try values(of: Lag(of: .target, by: 3), Self.y), expected)
  }

  /// ```python
  /// y = pd.Series([0, 3, 0, np.nan, 2, 0, 0, -1, 4])
  /// revenue = pd.Series([0, 7.5, 1, 2, 4, 0, 0, -3, 8.25])
  /// i = pd.Series(np.arange(9.))
  /// (i - i.where(y > 0).ffill()).shift(2) + 2
  /// (y > 0).where(y.notna()).astype(float).shift(2).rolling(3, min_periods=1).sum()
  /// revenue.shift(2).rolling(3, min_periods=1).sum()
  /// ```
  @Test func purchaseBehaviorIsThatOfPandas() throws {
    let panel = Self.panel([0, 3, 0, nil, 2, 0, 0, -1, 4])
      .adding(past: "revenue", .numbers([0, 7.5, 1, 2, 4, 0, 0, -3, 8.25]))
    let behavior = PurchaseBehavior(amounts: .past("revenue"), window: 3, lag: 2)
    let table = try FeatureTable(FeatureSet(past: [behavior]), of: panel)
    let expected: [(String, [Float?])] = [
      ("target recency of 3, 2 before", [nil, nil, nil, 2, 3, 4, 2, 3, 4]),
      ("target frequency of 3, 2 before", [nil, nil, 0, 1, 1, 1, 1, 1, 1]),
      ("revenue monetary value of 3, 2 before", [nil, nil, 0, 7.5, 8.5, 10.5, 7, 6, 4]),
    ]
    for (name, expected) in expected {
      let (values, missing) = try table.numbers(name, of: 0, over: 0..<9)
      expectClose(zip(values, missing).map { $1 ? nil : $0 }, expected, name)
    }
  }

  /// ```python
  /// d = pd.DataFrame(dict(
  ///     c=list("abacabba"), v=[3, 2.5, 4, 9, 1.25, 7, 100, -1],
  ///     t=pd.to_datetime(["2024-01-03", "2024-01-03", "2024-01-05", "2024-02-01", "2024-01-05",
  ///                       "2024-01-20", "2024-03-01", "2024-01-31"])))
  /// known = d[d.t < "2024-02-10"]
  /// known.groupby("c").agg(last=("t", "max"), f=("t", "nunique"), m=("v", "sum"))
  /// ```
  @Test func purchaseSummariesAreThoseOfPandas() throws {
    let days = [
      date(2024, 1, 3), date(2024, 1, 3), date(2024, 1, 5), date(2024, 2, 1), date(2024, 1, 5),
      date(2024, 1, 20), date(2024, 3, 1), date(2024, 1, 31),
    ]
    let summary = PurchaseSummary(
      ids: "abacabba".map(String.init), dates: days, amounts: [3, 2.5, 4, 9, 1.25, 7, 100, -1],
      before: date(2024, 2, 10))
    #expect(
      summary.values == [
        "a": .init(recency: 10, frequency: 3, monetaryValue: 7.25),
        "b": .init(recency: 21, frequency: 2, monetaryValue: 9.5),
        "c": .init(recency: 9, frequency: 1, monetaryValue: 9),
      ])
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 2, 10), count: 3),
      series: ["c", "z", "a"].map { Series(id: $0, values: [1]) })
    let table = try FeatureTable(FeatureSet(static: [summary]), of: panel)
    #expect(try table.numbers("purchases recency", of: 2, over: 0..<2).values == [10, 10])
    #expect(try table.numbers("purchases monetary value", of: 0, over: 1..<2).values == [9])
    #expect(try table.numbers("purchases frequency", of: 1, over: 0..<1).missing == [true])
  }

  /// A series that ended before the panel did has a history none the less.
  ///
  /// ```python
  /// y = pd.Series([3, 0, np.nan, 4, 2, 5] + 5 * [np.nan])
  /// y.shift(1).rolling(4, min_periods=1).mean()
  /// y.shift(1).rolling(4, min_periods=1).quantile(0.5)
  /// ```
  @Test func seriesThatEndedEarlierHaveAHistory() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 2, 26), count: 10),
      series: [
        Series(id: "a", values: Array(repeating: 1, count: 10)),
        Series(id: "b", start: 0, values: [3, 0, nil, 4, 2, 5]), Series(id: "c", values: []),
      ])
    let features = FeatureSet(past: [
      Rolling(.mean, of: .target, window: 4), Rolling(.quantile(0.5), of: .target, window: 4),
      PurchaseBehavior(window: 4),
    ])
    let table = try FeatureTable(features, of: panel)
    func values(_ name: String, of index: Int) throws -> [Float?] {
      let (values, missing) = try table.numbers(name, of: index, over: 4..<11)
      return zip(values, missing).map { $1 ? nil : $0 }
    }
    expectClose(
      try values("target mean of 4", of: 1), [2.3333333, 2, 3.6666667, 3.6666667, 3.5, 5, nil])
    expectClose(try values("target quantile 0.5 of 4", of: 1), [3, 2, 4, 4, 3.5, 5, nil])
    expectClose(try values("target recency of 4", of: 1), [1, 1, 1, 2, 3, 4, 5])
    expectClose(try values("target frequency of 4", of: 1), [2, 2, 3, 3, 2, 1, nil])
    expectClose(try values("target mean of 4", of: 0), Array(repeating: 1, count: 7))
    expectClose(try values("target mean of 4", of: 2), Array(repeating: nil, count: 7))
  }

  /// A short and a long memory of purchases stand side by side.
  @Test func behaviorOverSeveralWindowsStandsInOneSet() throws {
    let features = FeatureSet(past: [PurchaseBehavior(window: 2), PurchaseBehavior(window: 5)])
    let table = try FeatureTable(features, of: Self.panel([4, 0, 1, 0, 0, 3]))
    #expect(
      table.historyColumns.map(\.name) == [
        "target recency of 2", "target frequency of 2", "target monetary value of 2",
        "target recency of 5", "target frequency of 5", "target monetary value of 5",
      ])
    #expect(try table.numbers("target monetary value of 5", of: 0, over: 5..<6).values == [5])
    #expect(try table.numbers("target recency of 2", of: 0, over: 5..<6).values == [3])
  }

  /// A window without an end is all of the past.
  ///
  /// ```python
  /// e = y.shift(1).expanding(min_periods=1)
  /// e.mean(), e.quantile(0.5)
  /// ```
  @Test func windowsMayBeLongerThanAnySeries() throws {
    let means: [Float?] = [
      nil, 3, 1.5, 1.5, 2.3333333, 2.25, 1.8, 1.5, 2.0714286, 1.9375, 1.9375, 1.9375, 1.9375, 2.5,
      2.25, 2.25, 2.5625,
    ]
    let medians: [Float?] = [
      nil, 3, 1.5, 1.5, 3, 2.5, 2, 1, 2, 1.5, 1.5, 1.5, 1.5, 2, 1.5, 2, 2.125,
    ]
    for window in [17, 1_000_000_000_000, .max] {
      expectClose(try values(of: Rolling(.mean, of: .target, window: window), Self.y), means)
      expectClose(
        try values(of: Rolling(.quantile(0.5), of: .target, window: window), Self.y), medians)
      let discount = DiscountDepth(of: .target, from: .highest(window: window))
      #expect(try values(of: discount, Self.y).last == .some(1 - 1 / Float(7)))
    }
  }

  @Test func lagsBelowOneStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Rolling(.mean, of: .target, window: 3, lag: 0) }
    expectStopped(result, "Rolling: expected a lag of at least 1, got 0")
  }

  private static func panel(_ y: [Double?]) -> Panel {
    Panel(
      calendar: RegularCalendar(start: date(2024, 2, 26), count: y.count),
      series: [Series(id: "a", values: y)])
  }

  private func values(of feature: some Feature, _ y: [Double?]) throws -> [Float?] {
    let table = try FeatureTable(FeatureSet(past: [feature]), of: Self.panel(y))
    let (values, missing) = try table.numbers(feature.name, of: 0, over: 0..<y.count)
    return zip(values, missing).map { $1 ? nil : $0 }
  }
}

/// Expects numbers that are equal but for rounding, and missing ones at the same places.
func expectClose(
  _ values: [Float?], _ expected: [Float?], _ label: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, "\(label)", sourceLocation: sourceLocation)
  for (place, (value, wanted)) in zip(values, expected).enumerated() {
    guard let value, let wanted else {
      #expect(value == wanted, "\(label) at \(place)", sourceLocation: sourceLocation)
      continue
    }
    #expect(
      abs(value - wanted) <= 1e-6 * max(1, abs(wanted)), "\(label) at \(place)",
      sourceLocation: sourceLocation)
  }
}
