import SalesData
import SalesTestSupport
import Testing

/// Negative values, zeros before a launch and after the end, and twins.
@Suite struct ZeroRuleTests {
  private static let calendar = RegularCalendar(
    start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 17)

  private func panel(_ series: Series...) -> Panel {
    Panel(calendar: Self.calendar, series: series)
  }

  @Test func negativeValuesAreMaskedZeroedOrKept() {
    let sales = Series(
      id: "a", start: 2, values: [3, -1, 0, -4, 2],
      states: [.observed, .observed, .gap, .stockOut, .observed])
    let before = panel(sales)
    let masked = NegativeValueRule(.mask).cleaned(before).series(at: 0)
    #expect(Array(masked.states) == [.observed, .gap, .gap, .gap, .observed])
    #expect(Array(masked.values) == [3, 0, 0, 0, 2])
    let zeroed = NegativeValueRule(.zero).cleaned(before).series(at: 0)
    #expect(Array(zeroed.states) == [.observed, .observed, .gap, .stockOut, .observed])
    #expect(Array(zeroed.values) == [3, 0, 0, 0, 2])
    #expect(NegativeValueRule(.keep).cleaned(before) == before)
  }

  @Test func seriesStartAtTheirLaunch() {
    let before = panel(
      Series(id: "a", start: 3, values: [0, nil, -2, 0, 5, 0, nil, 1]),
      Series(id: "never", start: 1, values: [0, nil, 0]),
      Series(id: "at once", start: 4, values: [1, 0, 0]),
      Series(
        id: "sold out", values: [0, 0, 0, 2], states: [.observed, .gap, .stockOut, .observed]),
      Series(id: "empty", start: 9, values: []))
    let after = LeadingZeroRule().cleaned(before)
    #expect(after.series(at: 0) == Series(id: "a", start: 7, values: [5, 0, nil, 1]))
    #expect(after.series(at: 1).steps.isEmpty)
    #expect(after.series(at: 2) == before.series(at: 2))
    #expect(after.steps(at: 3) == 2..<4)
    #expect(after.series(at: 4).steps.isEmpty)
  }

  @Test func seriesEndWhereTheyAreDiscontinued() {
    let before = panel(
      Series(id: "three", start: 3, values: [4, 0, 7, 0, nil, -1]),
      Series(id: "two", values: [0, 0, 0, 7, 0, 0]),
      Series(id: "never", values: [0, nil, 0]),
      Series(id: "short", values: [0, 0]),
      Series(
        id: "sold out", values: [3, 0, 0, 0, 0],
        states: [.observed, .observed, .stockOut, .observed, .observed]))
    let after = TrailingZeroRule(after: 3).cleaned(before)
    #expect(after.series(at: 0) == Series(id: "three", start: 3, values: [4, 0, 7]))
    #expect(after.series(at: 1) == before.series(at: 1))
    #expect(after.series(at: 2).steps.isEmpty)
    #expect(after.series(at: 3) == before.series(at: 3))
    #expect(after.series(at: 4) == before.series(at: 4))
    #expect(TrailingZeroRule(after: 2).cleaned(before).steps(at: 4) == 0..<3)
  }

  @Test func covariatesStayWhereTheyWere() throws {
    let before = panel(Series(id: "a", start: 3, values: [0, 0, 5, 1]))
      .adding(past: "visits", .numbers([10, 11, 12, 13]))
    let after = LeadingZeroRule().cleaned(before)
    #expect(try after.pastCovariate("visits").numbers(of: 0, over: 5..<7) == [12, 13])
  }

  @Test func twinsAreLeftOut() {
    let first: [Double?] = [1, 0, nil, 2, 3]
    let before = panel(
      Series(id: "a", start: 2, values: first), Series(id: "rare", values: [0, 0, 4]),
      Series(id: "twin", start: 2, values: first), Series(id: "later", start: 3, values: first),
      Series(id: "gap is no zero", start: 2, values: [1, 0, 0, 2, 3]),
      Series(id: "rare twin", values: [0, 0, 4]),
      Series(id: "third", start: 2, values: first.map { $0.map { $0 == 0 ? -$0 : $0 } }))
    #expect(
      DuplicateSeriesRule(leastSales: 3).cleaned(before).ids
        == ["a", "rare", "later", "gap is no zero", "rare twin"])
    #expect(
      DuplicateSeriesRule(leastSales: 1).cleaned(before).ids
        == ["a", "rare", "later", "gap is no zero"])
    #expect(DuplicateSeriesRule().cleaned(before) == before)
  }

  @Test func slicesAreCleanedAsPanelsOfTheirOwn() throws {
    for (place, rule) in RandomPanels.rules.enumerated() {
      for seed in 0..<12 as Range<UInt64> {
        let panel = RandomPanels.panel(seed: seed)
        let count = panel.calendar.count
        let slice = panel.slice(count / 3..<count)
        let order = Array(slice.ids.indices.reversed())
        let copy = SampleShop.rebuilt(slice.selecting(order))
        #expect(
          try rule.cleaned(slice.selecting(order)) == rule.cleaned(copy), "rule \(place)")
      }
    }
  }
}
