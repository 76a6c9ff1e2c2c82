import SalesData
import Testing
import TestSupport

/// Figures from pandas, of residuals `r` of the series below:
///
///     t = np.arange(3, 68)
///     def sales(t):
///         return (7*t*t + 3*t) % 13 + 4*(t % 7) + 60*(t == 31) - 25*(t == 44)
///     s = pd.Series([np.nan if u % 11 == 5 else sales(u) for u in t], t)
///     season = np.array([s[s.index % 7 == p].median() - s.median() for p in range(7)])
///     r = s - season[t % 7]
///     # z-score:
///     lo, hi = r.mean() - 3 * r.std(ddof=0), r.mean() + 3 * r.std(ddof=0)
///     # IQR, k = 1.5 and 3:
///     q1, q3 = r.quantile(.25), r.quantile(.75)
///     lo, hi = q1 - k * (q3 - q1), q3 + k * (q3 - q1)
///     # Hampel, h = 3 and 7:
///     roll = r.rolling(2 * h + 1, center=True, min_periods=1)
///     mad = roll.apply(lambda w: np.nanmedian(np.abs(w - np.nanmedian(w))))
///     lo, hi = roll.median() - 3 * 1.4826 * mad, roll.median() + 3 * 1.4826 * mad
///     # each:
///     print([(u, np.clip(r[u], lo, hi) + season[u % 7]) for u in t if r[u] < lo or r[u] > hi])
@Suite struct OutlierTests {
  static let sales: [Double?] = (3..<68).map { t -> Double? in
    if t % 11 == 5 { return nil }
    let usual: Int = (7 * t * t + 3 * t) % 13 + 4 * (t % 7)
    return Double(t == 31 ? usual + 60 : t == 44 ? usual - 25 : usual)
  }

  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 5, day: 1)!, count: 71),
    series: [
      Series(id: "none", start: 70, values: []), Series(id: "a", start: 3, values: sales),
    ])

  typealias Row = (test: OutlierRule.Test, capped: [(step: Int, value: Double)])

  private static let rows: [Row] = [
    (.zScore(), [(31, 46.52659)]),
    (.interquartile(factor: 1.5), [(31, 29.25), (44, 1.75)]),
    (.interquartile(), [(31, 37.5), (44, -6.5)]),
    (
      .hampel(halfWidth: 3), [(31, 26.1717), (44, -0.3434), (51, 12.16415), (52, 19.63805)]
    ),
    (.hampel(), [(31, 28.3956), (44, 0.1566), (59, 12.46635)]),
  ]

  @Test(arguments: rows) func findsAndCapsAsPandas(row: Row) {
    let capped = OutlierRule(row.test, .cap).cleaned(Self.panel).series(at: 1)
    let masked = OutlierRule(row.test, .mask).cleaned(Self.panel).series(at: 1)
    let original = Self.panel.series(at: 1)
    for step in original.steps {
      if let expected = row.capped.first(where: { $0.step == step }) {
        #expect(abs(capped.value(at: step)! - expected.value) < 1e-4, "\(step)")
        #expect(masked.state(at: step) == .gap)
      } else {
        #expect(capped.value(at: step) == original.value(at: step), "\(step)")
        #expect(masked.value(at: step) == original.value(at: step), "\(step)")
      }
    }
  }

  /// A high Saturday is high among Saturdays only.
  @Test func comparesWithItsPlaceInTheSeason() {
    var values: [Double] = (0..<70).map { Double($0 % 3 + ($0 % 7 == 5 ? 90 : 0)) }
    values[40] = 0
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 70),
      series: [Series(id: "a", values: values)])
    let rule = OutlierRule(.interquartile(), .mask)
    let seasonal = rule.cleaned(panel).series(at: 0)
    #expect(seasonal.states.indices.filter { seasonal.states[$0] == .gap } == [40])
    var plain = rule
    plain.seasonLength = 1
    let unseasonal = plain.cleaned(panel).series(at: 0)
    #expect(
      unseasonal.states.indices.filter { unseasonal.states[$0] == .gap }
        == [5, 12, 19, 26, 33, 47, 54, 61, 68])
  }

  /// Closed on every seventh day, and sales that grow: what a seventh day is below the others as a
  /// rule is more than was sold at all in the first weeks. No cap makes a negative sale of a zero.
  @Test(arguments: [OutlierRule.Test.hampel(), .hampel(halfWidth: 4, threshold: 2)])
  func capsStayInTheRangeOfTheSeries(test: OutlierRule.Test) {
    let values = (0..<140).map { (day: Int) -> Double in
      day % 7 == 6 ? 0 : Double(5 + day * day / 60)
    }
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 140),
      series: [Series(id: "a", values: values)])
    let capped = OutlierRule(test, .cap).cleaned(panel).series(at: 0)
    let masked = OutlierRule(test, .mask).cleaned(panel).series(at: 0)
    #expect(masked.states.contains(.gap))
    #expect(capped.values.min() == 0)
    #expect(capped.values.max()! <= values.max()!)
  }

  /// Nine values are too few to judge, and so are any without a spread.
  @Test func leavesWhatCannotBeJudged() {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 30),
      series: [
        Series(id: "short", values: [1, 2, 1, 2, 1, 2, 1, 2, 90]),
        Series(id: "rare", values: (0..<30).map { $0 % 6 == 0 ? 5 : 0 }),
        Series(id: "constant", values: Array(repeating: 4, count: 30)),
      ])
    for test in [OutlierRule.Test.interquartile(), .hampel(), .zScore(threshold: 10)] {
      #expect(OutlierRule(test, .cap).cleaned(panel) == panel)
    }
    // With a tenth value the last one is far out.
    let longer = Panel(
      calendar: panel.calendar,
      series: [Series(id: "long", values: [1, 2, 1, 2, 1, 2, 1, 2, 1, 90])])
    #expect(
      OutlierRule(.interquartile(), .cap).cleaned(longer).series(at: 0).values.last == 5)
  }

  @Test func stopsAtThresholdsOfNothing() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = OutlierRule(.zScore(threshold: 0), .cap)
    }
    expectStopped(result, "OutlierRule: expected a threshold above 0, got 0.0")
    let narrow = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = OutlierRule(.hampel(halfWidth: 0), .cap)
    }
    expectStopped(narrow, "OutlierRule: expected a half width of at least 1, got 0")
  }
}
