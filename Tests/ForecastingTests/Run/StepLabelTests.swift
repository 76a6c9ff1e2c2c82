import Forecasting
import SalesTestSupport
import Testing
import TestSupport

/// Forecasts name their steps as the table does.
@Suite struct StepLabelTests {
  /// The last dates of tables, and those that follow: `pd.date_range(start, periods=9, freq=…)` of
  /// pandas 2.2 with W-SUN, ME, BME, QE, YE, MS + 14 days, and `pd.period_range` for texts.
  static let columns: [(dates: [String], next: [String])] = [
    (["2023-11-30", "2023-12-31", "2024-01-31"], ["2024-02-29", "2024-03-31"]),
    (["2023-11-15", "2023-12-15", "2024-01-15"], ["2024-02-15", "2024-03-15"]),
    (["2024-01-07", "2024-01-14", "2024-01-21"], ["2024-01-28", "2024-02-04"]),
    (["2024-01-03", "2024-01-10", "2024-01-17"], ["2024-01-24", "2024-01-31"]),
    (["2023-06-30", "2023-09-30", "2023-12-31"], ["2024-03-31", "2024-06-30"]),
    (["2021-12-31", "2022-12-31", "2023-12-31"], ["2024-12-31", "2025-12-31"]),
    (
      [
        "2023-09-29", "2023-10-31", "2023-11-30", "2023-12-29", "2024-01-31", "2024-02-29",
        "2024-03-29",
      ], ["2024-04-30", "2024-05-31", "2024-06-28"]
    ),
    (["2023-10", "2023-11", "2023-12"], ["2024-01", "2024-02"]),
    (["202310", "202311", "202312"], ["202401", "202402"]),
    (["Oct 2023", "Nov 2023", "Dec 2023"], ["Jan 2024", "Feb 2024"]),
    (["October 2023", "November 2023"], ["December 2023", "January 2024"]),
    (["2020-W52", "2020-W53"], ["2021-W01", "2021-W02"]),
    (["1990-Q3", "1990-Q4"], ["1991-Q1", "1991-Q2"]), (["Q3 1990", "Q4 1990"], ["Q1 1991"]),
    (["1990", "1991"], ["1992"]), (["20240130", "20240131"], ["20240201"]),
    (["30.01.2024", "31.01.2024"], ["01.02.2024"]), (["1/30/2024", "1/31/2024"], ["2/1/2024"]),
    (["2024/1/30", "2024/1/31"], ["2024/2/1"]), (["30 Jan 2024", "31 Jan 2024"], ["01 Feb 2024"]),
    (["45292", "45293"], ["45294"]), (["1704067200", "1704153600"], ["1704240000"]),
    (["2024-01-30 00:00:00", "2024-01-31 00:00:00"], ["2024-02-01 00:00:00"]),
    (["2024-01-30", "2024-01-31"], ["2024-02-01"]),
  ]

  @Test(arguments: columns) func followTheTable(dates: [String], next: [String]) throws {
    let panel = try panel(dates)
    let calendar = panel.calendar
    #expect((0..<dates.count).map(calendar.label(at:)) == dates)
    let following = panel.calendar(ofNext: next.count)
    #expect((0..<next.count).map(following.label(at:)) == next)
    let forecast = try NaiveForecaster().forecast(from: panel, horizon: next.count)
    let csv = ForecastTable([.init(name: "Naive", forecast: forecast)]).csv()
    let column = csv.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    #expect(column.map(String.init) == next)
  }

  @Test(arguments: columns) func areInThePanelFile(dates: [String], next: [String]) throws {
    let panel = try panel(dates)
    let directory = try TemporaryDirectory()
    let path = directory.path("panel")
    try panel.write(to: path)
    let read = try Panel(contentsOf: path)
    #expect(read == panel)
    #expect(read.calendar.label(at: dates.count) == next[0])
  }

  @Test func longerStepsKeepTheEndsOfMonths() throws {
    let months = try panel(["2023-10-31", "2023-11-30", "2023-12-31", "2024-01-31"])
    let quarters = try months.aggregated(to: .quarter).panel
    #expect(quarters.calendar.label(at: 0) == "2023-12-31")
    let days = try panel(["2024-01-30", "2024-01-31", "2024-02-01"])
    #expect(
      try days.aggregated(to: .month, keepsPartial: true).panel.calendar.label(at: 0)
        == "2024-01-01")
  }

  @Test func patternsAreTextsWithNamesInBraces() {
    let date = CalendarDate(year: 2024, month: 3, day: 5)!
    #expect(DatePattern("{dd}.{mm}.{year}")?.text(of: date) == "05.03.2024")
    #expect(DatePattern("{day} {MON} {year}")?.text(of: date) == "5 MAR 2024")
    #expect(DatePattern("{week-year}-W{ww}-{weekday}")?.text(of: date) == "2024-W10-2")
    #expect(DatePattern("{Weekday}, Q{quarter}")?.text(of: date) == "Tuesday, Q1")
    #expect(DatePattern("{hour}") == nil && DatePattern("{year") == nil)
  }

  private func panel(_ dates: [String]) throws -> Panel {
    let rows = dates.enumerated().map { "a;\($1);\($0 + 1)\n" }.joined()
    return try readTable("unique_id;ds;y\n" + rows).panel
  }
}
