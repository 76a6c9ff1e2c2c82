import Forecasting
import Testing

@Suite struct SumGroupsTests {
  private static let start = CalendarDate(year: 2024, month: 3, day: 4)!

  /// Four series of two stores and two departments over 40 days; one pair of columns has no series.
  private static func panel(scale: Double = 1) -> Panel {
    let ids = ["tea", "milk", "soap", "pen"]
    let panel = Panel(
      calendar: RegularCalendar(start: start, count: 40),
      series: ids.enumerated().map { place, id in
        Series(id: id, values: (0..<40).map { scale * Double((place + 1) * (2 + $0 % 3)) })
      })
    return
      panel
      .adding(level: "store", ["north", "north", "south", "north"])
      .adding(level: "department", ["food", "food", "home", "home"])
  }

  private static func sums(_ panel: Panel) throws -> Panel {
    try panel.aggregated(by: ["store", "department"]).panel
  }

  @Test func aSumHasTheSeriesOfItsCategories() throws {
    let panel = Self.panel()
    let groups = try SumGroups(of: panel, in: Self.sums(panel))
    #expect(groups.members == [[0, 1], [2], [3]])
    #expect(groups.columns == ["store", "department"])
  }

  /// With a weight of 1 the series add up to the sums, and keep their proportions.
  @Test(arguments: [0, 0.5, 1]) func seriesArePulledTowardsTheirSums(_ weight: Double) throws {
    let panel = Self.panel()
    let sums = try Self.sums(panel)
    let next = panel.calendar(ofNext: 2)
    let forecast = try Forecast(
      ids: panel.ids, calendar: next, values: [2, 4, 6, 12, 5, 5, 0, 7],
      quantiles: Quantiles(levels: [0.5], values: [1, 3, 5, 11, 4, 4, 0, 6]))
    // The sum of the first two is 8 and 16; there is none to divide by for the last one's first step.
    let ofSums = try Forecast(
      ids: sums.ids, calendar: next, values: [32, 4, 5, 20, 9, 0])
    let reconciled = try SumGroups(of: panel, in: sums)
      .reconciled(forecast, with: ofSums, weight: weight)
    let place = Int(weight * 2)
    let up: Double = [1, 2, 4][place]
    let down: Double = [1, 0.5, 0.25][place]
    #expect(reconciled.values == [2 * up, 4 * down, 6 * up, 12 * down, 5, 5 * up, 0, 7])
    #expect(
      reconciled.quantiles?.values == [up, 3 * down, 5 * up, 11 * down, 4, 4 * up, 0, 6])
  }

  @Test func sumsThatDoNotFitAreErrors() throws {
    let panel = Self.panel()
    let sums = try Self.sums(panel)
    #expect(throws: SumsError.noCommonColumn) {
      try SumGroups(of: panel, in: panel.total())
    }
    #expect(throws: SumsError.sameCategories("tea", "milk", columns: ["store", "department"])) {
      try SumGroups(of: panel, in: panel)
    }
    #expect(throws: SumsError.otherEnd(sums.dropping(last: 3).calendar.end, of: sums.calendar.end))
    {
      try SumGroups(of: panel, in: sums.dropping(last: 3))
    }
    #expect {
      try SumGroups(of: panel, in: Self.sums(Self.panel(scale: 2)))
    } throws: { error in
      guard case .otherTotals(let ofSums, let ofSeries, steps: 28)? = error as? SumsError else {
        return false
      }
      return ofSums == 2 * ofSeries
    }
  }

  /// The history of the sums may be longer than that of the series.
  @Test func aRunReconcilesWithSumsOfMoreDays() throws {
    let panel = Self.panel()
    let sums = try Self.sums(panel)
    let run = ForecastRun(horizon: 3)
    let results = try run(
      [.untrained(NaiveForecaster())], on: panel.suffix(33),
      reconciledWith: [.untrained(SeasonalNaiveForecaster(seasonLength: 3))], on: sums, weight: 1)
    let model = results.series.models[results.series.recommended]
    #expect(model.heldOut.name == "Naive with sums")
    #expect(results.series.models.map(\.heldOut.name) == ["Naive", "Naive with sums"])
    // Days 37 to 39 have 3, 4, 2 times the place of a series, as the season before.
    #expect(model.heldOut.forecast.values(at: 1).map { ($0 * 1e9).rounded() / 1e9 } == [6, 8, 4])
    #expect(results.sums.holdOut.history.calendar.count == 37)
    #expect(
      try model.final.forecast(from: panel.suffix(33), horizon: 3) == model.next.forecast)
  }
}
