import Foundation
import SalesData
import SalesTestSupport
import Testing

@Suite struct DataQualityTests {
  /// ADI and CV² from NumPy, of each series `s` from its first sale on:
  ///
  ///     s = s[np.argmax(s > 0):]; d = s[s > 0]
  ///     print(len(s) / len(d), d.var(ddof=1) / d.mean() ** 2)
  ///
  /// 1 and 0.0490; 1 and 2.4744; 2 and 0.03; 2 and 1.3358.
  @Test(
    arguments: [
      ([2, 3, 2, 3, 2, 2], DemandClass.smooth), ([1, 9, 1, 30, 2, 1], .erratic),
      ([0, 0, 3, 0, 3, 0, 0, 4], .intermittent), ([0, 1, 0, 0, 20, 0, 5], .lumpy),
      ([nil, 5, nil], .smooth), ([0, nil, -1], .noSales), ([nil, nil], .notObserved),
      ([], .notObserved),
      // Intervals of 4/3 and 5/4 lie on either side of 1.32.
      ([1, 0, 1, 1], .intermittent), ([1, 0, 1, 1, 1], .smooth),
    ] as [([Double?], DemandClass)])
  func classesOfDemand(values: [Double?], expected: DemandClass) {
    #expect(DemandClass(of: Series(id: "a", start: 3, values: values)) == expected)
  }

  /// CV² of the sales 1 and 1 + d is d² / 2 / (1 + d / 2)²: 0.49 at d = 1.96.
  @Test(arguments: [(2.95, DemandClass.smooth), (2.97, .erratic)] as [(Double, DemandClass)])
  func unevenFromItsBound(second: Double, expected: DemandClass) {
    #expect(DemandClass(of: Series(id: "a", values: [1, second])) == expected)
  }

  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 17),
    series: [
      Series(id: "a", values: (0..<17).map { $0 == 4 ? nil : Double(1 + $0 % 3) }),
      Series(id: "b", start: 3, values: [0, 0, 6, -2, nil, 6, 0]),
      Series(id: "c", start: 5, values: [2, 2, 2]),
      Series(
        id: "d", start: 9, values: [1, 0, 4], states: [.observed, .gap, .stockOut]),
      Series(id: "e", start: 9, values: []),
    ])

  @Test func countsWhatIsThere() throws {
    let quality = try DataQuality(
      of: Self.panel, rules: [NegativeValueRule(.mask), LeadingZeroRule()])
    #expect(quality.seriesCount == 5)
    #expect(quality.stepCount == 17)
    #expect(quality.start.description == "2024-02-26" && quality.end.description == "2024-03-14")
    #expect(quality.shortest == 0 && quality.median == 3 && quality.longest == 17)
    #expect(quality.cells == 30)
    #expect(quality.observed == 26)
    #expect(quality.gaps == 3)
    #expect(quality.stockOuts == 1)
    #expect(quality.zeros == 3)
    #expect(quality.negatives == 1)
    #expect(quality.zeroShare == 3.0 / 26)
    // 31 of a (the gap would be the 2 of step 4), 10 of b, 6 of c, 1 of d.
    #expect(quality.units == 48)
    #expect(quality.seriesWithGaps == 3)
    #expect(quality.constantSeries == 1)
    #expect(quality.demandClasses == [.smooth: 3, .intermittent: 1, .notObserved: 1])
    #expect(quality.findings.map(\.rule) == ["negative values: mask", "leading zeros: trim"])
    // Each rule by itself, of the untouched panel; stock-outs are no leading zeros.
    #expect(quality.findings.map(\.balance.cellsIn) == [30, 30])
    #expect(quality.findings.map(\.balance.cellsSetAside) == [1, 2])
    #expect(
      "\(quality)" == """
        5 series over 17 steps of a day, 2024-02-26 up to, but not including, 2024-03-14
        steps per series: at least 0, median 3, at most 17
        30 cells: 26 observed, 3 gaps, 1 stock-out
        observed cells: 3 are 0 (11.5 %), 1 below 0; 48.0 units
        series: 3 with gaps, 1 constant, 3 smooth, 1 intermittent, 1 without an observed value
        closed: apparently never
        cells that rules would change:
          negative values: mask: 1 cell of 1 series
          leading zeros: trim: 2 cells of 1 series
        """)
    let json = try JSONEncoder().encode(quality)
    #expect(try JSONDecoder().decode(DataQuality.self, from: json) == quality)
  }

  @Test func theUsualRulesFindNothingInNothing() throws {
    let empty = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 0), series: [])
    let quality = try DataQuality(of: empty)
    #expect(quality.findings.count == DataQuality.rules.count)
    #expect(quality.findings.allSatisfy { $0.balance.cellsIn == 0 && $0.examples.isEmpty })
    #expect(quality.zeroShare == 0)
  }

  @Test func findingsAreThoseOfTheRules() throws {
    for seed in 0..<20 as Range<UInt64> {
      let panel = RandomPanels.panel(seed: seed)
      let quality = try DataQuality(of: panel, rules: RandomPanels.rules, exampleLimit: 2)
      for (rule, finding) in zip(RandomPanels.rules, quality.findings) {
        var pipeline = CleaningPipeline([rule])
        pipeline.exampleLimit = 2
        #expect(try pipeline.clean(panel).report.total == finding.balance)
        #expect(finding.examples.count <= 2)
      }
      #expect(quality.demandClasses.values.reduce(0, +) == panel.seriesCount)
      #expect(
        quality.cells == panel.allSeries.reduce(0) { $0 + $1.steps.count })
    }
  }
}
