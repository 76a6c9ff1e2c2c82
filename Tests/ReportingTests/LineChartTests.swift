import Forecasting
import Foundation
import Reporting
import Testing

@Suite struct LineChartTests {
  static func chart(_ values: [Double?], shadedFrom: Int? = nil) -> String {
    LineChart(
      title: "units",
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: values.count),
      lines: [.init(name: "Actual", style: .actual, values: values)], shadedFrom: shadedFrom
    ).svg().markup
  }

  /// The points of the only line, in the chart's coordinates, part by part.
  static func parts(_ svg: String) throws -> [[(x: Double, y: Double)]] {
    let path = try #require(text(svg, from: "class=\"line actual\" d=\"", to: "\""))
    return path.split(separator: "M").map { part in
      part.replacing("l0 0", with: "").split(separator: "L").map { point in
        let numbers = point.split(separator: " ").map { Double($0)! }
        return (numbers[0], numbers[1])
      }
    }
  }

  @Test func placesAreProportionalToDaysAndValues() throws {
    // The axis goes from 0 to 10: the plot from 308 up to 22, and from 56 to 948 across.
    let points = try #require(try Self.parts(Self.chart([0, 10, 5, 2.5, 7.5])).first)
    #expect(points.map(\.x) == [56, 279, 502, 725, 948])
    #expect(points.map(\.y) == [308, 22, 165, 236.5, 93.5])
  }

  /// A band ends with the calendar, lies behind the lines, and has a place on the value axis.
  @Test func bandsAreAreasOverTheLastSteps() throws {
    let svg = LineChart(
      title: "units", calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 5),
      lines: [.init(name: "Forecast", style: .forecast, values: [nil, nil, nil, 5, 6])],
      bands: [
        .init(name: "95 %", lower: [0, 1], upper: [9, 10]),
        .init(name: "80 %", lower: [2.5, 2.5], upper: [7.5, 7.5]),
      ]
    ).svg().markup
    let parts = svg.components(separatedBy: "class=\"band\" d=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
    // The axis goes from 0 to 10: the plot from 308 up to 22, and from 56 to 948 across.
    #expect(
      parts == [
        "M725 50.6L948 22L948 279.4L725 308Z", "M725 93.5L948 93.5L948 236.5L725 236.5Z",
      ])
    let band = try #require(svg.range(of: "class=\"band\""))
    let line = try #require(svg.range(of: "class=\"line"))
    #expect(band.lowerBound < line.lowerBound)
  }

  @Test func aGapBreaksTheLineAndALoneValueIsADot() throws {
    let svg = Self.chart([1, 2, nil, 4, nil, nil, 7])
    #expect(try Self.parts(svg).map(\.count) == [2, 1, 1])
  }

  @Test(arguments: [
    ([0, 9] as [Double?], ["0", "2", "4", "6", "8", "10"]),
    ([0, 1234], ["0", "500", "1,000", "1,500"]),
    ([-3, 4], ["-4", "-2", "0", "2", "4"]),
    ([0, 0.3], ["0.0", "0.1", "0.2", "0.3"]),
    ([-40], ["-40", "-30", "-20", "-10", "0"]),
    ([0, 0], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    ([nil], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
  ])
  func theValueAxisHasRoundTicks(values: [Double?], labels: [String]) {
    #expect(Self.endLabels(Self.chart(values)) == labels)
  }

  @Test(arguments: [1e-38, 1e-7, 3e7, 3e38] as [Double])
  func everyFiniteValueHasAPlace(value: Double) throws {
    let points = try Self.parts(Self.chart([0, value])).joined()
    #expect(points.allSatisfy { $0.x.isFinite && (22...308).contains($0.y) })
    #expect(points.first?.y == 308)
    #expect(try #require(points.last).y < 200)
  }

  @Test func datesOfMonthsAndOfWeeksAreLabeled() {
    let start = CalendarDate(year: 2023, month: 11, day: 20)!
    let long = Self.dateLabels(start, count: 80)
    #expect(long == ["Dec 2023", "Jan 2024", "Feb"])
    let short = Self.dateLabels(start, count: 17)
    #expect(short == ["20 Nov 2023", "27 Nov", "4 Dec"])
    let years = Self.dateLabels(start, count: 1000)
    #expect(years.first == "Dec 2023")
    #expect(years.count <= 13)
  }

  @Test func ticksFollowTheFrequency() {
    let hours = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 5)!, startHour: 13, count: 60, frequency: .hour
    )
    #expect(Self.dateLabels(hours) == ["6 Jan 2024", "7 Jan", "8 Jan"])
    let weeks = RegularCalendar(
      start: CalendarDate(year: 2023, month: 12, day: 2)!, count: 11,
      frequency: .week(startingOn: .saturday))
    #expect(Self.dateLabels(weeks) == ["Jan 2024", "Feb"])
    let months = RegularCalendar(
      start: CalendarDate(year: 2023, month: 11, day: 1)!, count: 4, frequency: .month)
    #expect(Self.dateLabels(months) == ["Nov 2023", "Dec", "Jan 2024", "Feb"])
    let years = RegularCalendar(
      start: CalendarDate(year: 2023, month: 1, day: 1)!, count: 3, frequency: .year)
    #expect(Self.dateLabels(years) == ["2023", "2024", "2025"])
    let businessDays = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 4)!, count: 9, frequency: .businessDay)
    #expect(Self.dateLabels(businessDays) == ["8 Jan 2024", "15 Jan"])
  }

  @Test func theForecastDaysAreShadedFromHalfADayBefore() throws {
    let svg = Self.chart([0, 10, 5, 2.5, 7.5], shadedFrom: 3)
    let shade = try #require(text(svg, from: "class=\"forecast-days\"", to: ">"))
    #expect(shade.contains("x=\"613.5\""))
    #expect(svg.contains(">forecast from 1970-01-04<"))
    #expect(!Self.chart([1]).contains("forecast-days"))
  }

  @Test func stopsAtALineOfAnotherLength() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = LineChart(
        title: "", calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 3),
        lines: [.init(name: "a", style: .actual, values: [1])])
    }
    let written = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(written.contains("LineChart: expected 3 values in \"a\", got 1"))
  }

  /// The labels of the value axis, which end at it.
  private static func endLabels(_ svg: String) -> [String] {
    labels(svg, anchor: "end")
  }

  private static func dateLabels(_ start: CalendarDate, count: Int) -> [String] {
    dateLabels(RegularCalendar(start: start, count: count))
  }

  private static func dateLabels(_ calendar: RegularCalendar) -> [String] {
    let values = [Double?](repeating: 1, count: calendar.count)
    let chart = LineChart(
      title: "", calendar: calendar, lines: [.init(name: "a", style: .actual, values: values)])
    return labels(chart.svg().markup, anchor: "middle")
  }

  private static func labels(_ svg: String, anchor: String) -> [String] {
    svg.components(separatedBy: "<text class=\"tick\"").dropFirst().compactMap { element in
      element.contains("text-anchor=\"\(anchor)\"")
        && element.prefix { $0 != ">" }.contains("text-anchor=\"\(anchor)\"")
        ? text(element, from: ">", to: "</text>") : nil
    }
  }
}
