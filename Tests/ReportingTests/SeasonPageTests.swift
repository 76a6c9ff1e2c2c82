import Forecasting
import Reporting
import Seasons
import Testing

@Suite struct SeasonPageTests {
  private static let weekCount = 120

  private static func sales(_ item: Int, _ week: Int) -> Double {
    let (season, other) = (week % 52 > 11 ? 3 : 8, week * (5 + item) % 7)
    return Double(season * (item + 2) + other)
  }

  /// Two items, one of them with a hostile name, and a season of the last four weeks.
  private static let panel = Panel(
    calendar: RegularCalendar(
      start: CalendarDate(year: 2022, month: 1, day: 3)!, count: weekCount, frequency: .week()),
    series: ["<script>alert(1)</script>", "b"].enumerated().map { place, id in
      Series(id: id, values: (0..<weekCount).map { sales(place, $0) })
    })

  private static func page(isChecked: Bool) throws -> SeasonPage {
    let calendar = panel.calendar
    let run = SeasonRun(try Season(from: calendar.date(at: 116), to: calendar.date(at: 119)))
    let results = try run(
      [LastYearForecaster(), ETSForecaster()],
      on: CategoryRules(["B": ["b"]]).categorizing(panel.dropping(last: 4)))
    guard isChecked else { return SeasonPage(title: "Spring & more", results) }
    let (checked, check) = try results.checked(against: panel)
    return SeasonPage(title: "Spring & more", checked, check)
  }

  @Test func namesAreEscaped() throws {
    var page = try Self.page(isChecked: true)
    page.names = ["b": "\"Quoted\" <b>"]
    page.itemLimit = 9
    let html = page.html(drawnBy: nil)
    #expect(html.contains("<h1>Spring &amp; more</h1>"))
    #expect(!html.contains("<script") && !html.contains("<b>"))
    guard let d3 = D3Library.installed() else { return }
    let drawn = page.html(drawnBy: d3)
    #expect(!drawn.contains("<script>alert") && !drawn.contains("\"Quoted\" <b>"))
    #expect(drawn.contains(#""name":"\"Quoted\" \u003cb\u003e""#))
  }

  @Test func truthIsShownIfItIsKnown() throws {
    let known = try Self.page(isChecked: true)
    let actual = (0..<2).map { item in (116..<120).map { Self.sales(item, $0) }.reduce(0, +) }
    #expect(known.results.totalRow.actual == actual[0] + actual[1])
    #expect(known.html(drawnBy: nil).contains(" units were sold"))
    #expect(known.html(drawnBy: nil).contains("Seasonal naive"))
    let unknown = try Self.page(isChecked: false).html(drawnBy: nil)
    #expect(!unknown.contains("were sold") && !unknown.contains("Seasonal naive"))
  }

  @Test func chartShowsTheSeason() throws {
    var page = try Self.page(isChecked: true)
    page.holidays = [Holiday(date: page.results.season.firstDay, name: "May Day")]
    let html = page.html(drawnBy: nil)
    for text in ["80 % interval", "Last year", "Holidays in the season", ": May Day"] {
      #expect(html.contains(text), "\(text)")
    }
  }
}
