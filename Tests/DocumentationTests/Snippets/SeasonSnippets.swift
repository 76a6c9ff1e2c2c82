// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Reporting
import Seasons
import Testing

/// The examples of the module Seasons, and of the categories and the page that it uses.
@Suite struct SeasonSnippets {
  private static let panel = Panel(
    calendar: RegularCalendar(
      start: CalendarDate(year: 2022, month: 1, day: 3)!, count: 110, frequency: .week()),
    series: ["advent calendar", "tote bag"].enumerated().map { place, id in
      Series(id: id, values: (0..<110).map { units(of: place, in: $0) })
    })

  private static func units(of item: Int, in week: Int) -> Double {
    let (season, other) = (week % 52 > 44 ? 9 : 2, week * (5 + item) % 7)
    return Double(season * (3 - item) + other)
  }

  @Test func forecastingASeason() throws {
    let history = try CategoryRules(["Christmas": ["*ADVENT*"]]).categorizing(Self.panel)
    let (firstDay, lastDay) = (history.calendar.date(at: 110), history.calendar.date(at: 113))
    // begin
    var run = SeasonRun(try Season(from: firstDay, to: lastDay))
    run.columns = ["category"]
    let results = try run([ETSForecaster(), LastYearForecaster()], on: history)
    print(results.totalRow.growth ?? .nan, results.largestRises(20).map(\.id))
    // end
    #expect(results.levels.count == 3)
  }

  @Test func comparingASeason() throws {
    let sales = Self.panel
    var run = SeasonRun(
      try Season(from: sales.calendar.date(at: 106), to: sales.calendar.date(at: 109)))
    run.columns = []
    let results = try run([LastYearForecaster()], on: sales.dropping(last: 4))
    // begin
    let (checked, check) = try results.checked(against: sales)
    for row in check.rows { print(row.name, row.seriesWAPE, row.bias) }
    let page = SeasonPage(title: "Christmas", checked, check)
    // end
    #expect(page.html().contains("<h1>Christmas</h1>"))
  }

  @Test func findingCategories() throws {
    let panel = Self.panel
    let categorized: Panel
    do {
      // begin
      let rules = CategoryRules(["Christmas": ["*CHRISTMAS*", "*ADVENT*"], "Bags": ["*BAG*"]])
      let panel = try rules.categorizing(panel)
      // end
      categorized = panel
    }
    #expect(categorized.levels == ["category"])
  }
}
