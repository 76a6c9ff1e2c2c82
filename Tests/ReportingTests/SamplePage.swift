import Forecasting
import Foundation
import Reporting

/// A page about three series whose names would be markup and code if they were not escaped.
enum SamplePage {
  static let hostile = #"<script>alert("x")</script>"#
  static let quoted = #"a "b" & 'c' --> ]]> \ %27"#
  static let plain = "plain"

  /// 17 days of which the last five are held out; the second series is a gap on one of them.
  static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 20)!, count: 17),
    series: [
      Series(id: plain, values: (0..<17).map { Double($0 * 37 % 11) }),
      Series(id: hostile, values: (0..<17).map { $0 == 14 ? nil : Double($0 * 1000) + 0.5 }),
      Series(id: quoted, start: 3, values: (3..<17).map { Double($0 % 5) }),
    ])

  static let history = panel.dropping(last: 5)
  static let actual = panel.suffix(5)

  static func page() throws -> ForecastPage {
    let seasonal = SeasonalNaiveForecaster()
    let naive = NaiveForecaster()
    return ForecastPage(
      title: "Sales of <b>\"Foo & Sons\"</b>", history: history, actual: actual,
      models: [
        .init(name: seasonal.name, forecast: try seasonal.forecast(from: history, horizon: 5)),
        .init(name: "<i>naive</i>", forecast: try naive.forecast(from: history, horizon: 5)),
      ])
  }
}

/// The text between two others, from a place on.
func text(
  _ page: String, from opening: String, to closing: String, after start: String = ""
) -> String? {
  guard let start = start.isEmpty ? page.startIndex : page.range(of: start)?.upperBound,
    let from = page.range(of: opening, range: start..<page.endIndex)?.upperBound,
    let to = page.range(of: closing, range: from..<page.endIndex)?.lowerBound
  else { return nil }
  return String(page[from..<to])
}
