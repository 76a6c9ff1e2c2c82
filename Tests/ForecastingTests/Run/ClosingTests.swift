import Forecasting
import Foundation
import SalesTestSupport
import Testing
import TestSupport

/// What is known of the days to come: closed days, and items that are not sold any more.
@Suite struct ClosingTests {
  /// 17 products that sell on all days but weekends, 25 December and Easter Monday, from a Monday on.
  private static func shop(from start: CalendarDate, days: Int) -> Panel {
    let calendar = RegularCalendar(start: start, count: days)
    return Panel(
      calendar: calendar,
      series: (0..<17).map { index in
        Series(
          id: "p\(index)",
          values: calendar.dates.map { day in
            let isClosed =
              day.weekday > 5 || (day.month == 12 && day.day == 25)
              || Easter.western(day.year).advanced(by: 1) == day
            return isClosed ? 0 : Double(index + 2 + day.dayNumber % 3)
          })
      })
  }

  @Test func weekdaysAndDaysOfTheYearAreFound() {
    let panel = Self.shop(from: date(2022, 1, 3), days: 760)
    let closing = ClosedDayFinder().find(in: panel).closing
    #expect(closing.weekdays == [.saturday, .sunday])
    // 25 December of 2022 was a Sunday, so it was seen closed once only.
    #expect(closing.annualDays == [.easter(days: 1)])
    let longer = Self.shop(from: date(2022, 1, 3), days: 1_090)
    let found = ClosedDayFinder().find(in: longer).closing
    #expect(found.annualDays == [.easter(days: 1), .fixed(month: 12, day: 25)])
    #expect(
      found.description
        == "every saturday, every sunday, 25 December each year, Easter Sunday + 1 each year")
  }

  @Test func aDayThatWasOpenOnceIsNotClosedEachYear() {
    let panel = Self.shop(from: date(2022, 1, 3), days: 1_090).mapSeries { series in
      var values = Array(series.values)
      values[date(2022, 1, 3).distance(to: date(2024, 4, 1))] = 3
      return Series(id: series.id, values: values, states: Array(series.states))
    }
    #expect(ClosedDayFinder().find(in: panel).annualDays == [.fixed(month: 12, day: 25)])
  }

  @Test func weekdaysOfMonthsAreFound() {
    let thanksgiving = AnnualDay.weekday(.thursday, nth: 4, month: 11)
    let calendar = RegularCalendar(start: date(2021, 3, 1), count: 1_000)
    let panel = Panel(
      calendar: calendar,
      series: (0..<13).map { index in
        Series(
          id: "p\(index)", values: calendar.dates.map { thanksgiving.contains($0) ? 0 : 5 })
      })
    let found = ClosedDayFinder().find(in: panel)
    #expect(found.closing.annualDays.contains(thanksgiving))
    #expect(
      found.closing.contains(date(2024, 11, 28)) && !found.closing.contains(date(2024, 11, 21)))
  }

  @Test func forecastsAreZeroOnClosedDays() throws {
    let shop = Self.shop(from: date(2022, 1, 3), days: 1_090)  // to Friday, 2024-12-27
    let (clean, _) = try CleaningPipeline([ClosedDayRule(found: ClosedDayFinder())]).clean(shop)
    let history = clean.slice(0..<1_085)  // to Sunday, 2024-12-22
    for forecast in [
      try NaiveForecaster().forecast(from: history, horizon: 8),
      try SeasonalNaiveForecaster().forecast(from: history, horizon: 8),
    ] {
      for index in shop.ids.indices {
        #expect(
          Array(forecast.values(at: index)).map { $0 == 0 }
            == [false, false, true, false, false, true, true, false])
      }
    }
    // Closed days are gaps in what came, and count for nobody.
    let holdOut = try HoldOut(clean, horizon: 5)
    let naive = try NaiveForecaster().forecast(from: holdOut.history, horizon: 5)
    #expect(holdOut.evaluate(naive).overall.count == 4 * 17)
  }

  /// A last day that is a Sunday is not what the days to come are like.
  @Test func naiveForecastsPassOverClosedDays() throws {
    let shop = Self.shop(from: date(2022, 1, 3), days: 63)
      .closed(on: ClosingCalendar(weekdays: [.saturday, .sunday]))
    let friday = try #require(shop.series(at: 3).value(at: 60))
    let forecast = try NaiveForecaster().forecast(from: shop, horizon: 6)
    #expect(Array(forecast.values(at: 3)) == [friday, friday, friday, friday, friday, 0])
  }

  @Test func closedDaysTravelInFilesAndThroughPanels() throws {
    var closing = ClosingCalendar(
      weekdays: [.sunday], annualDays: [.fixed(month: 12, day: 25), .easter(days: -2)],
      dates: [date(2024, 5, 17)])
    closing.annualDays.insert(.weekday(.thursday, nth: 4, month: 11))
    let panel = SampleShop.panel.closed(on: closing)
    let directory = try TemporaryDirectory()
    try panel.write(to: directory.path("p"))
    #expect(try Panel(contentsOf: directory.path("p")) == panel)
    #expect(panel.slice(3..<19).selecting([2, 0]).mapSeries { $0 }.closing == closing)
    #expect(try panel.aggregated(by: []).panel.closing == closing)
    #expect(try panel.aggregated(to: .week()).panel.closing == closing)
    try SampleShop.panel.write(to: directory.path("q"))
    #expect(try Panel(contentsOf: directory.path("q")) != panel)
  }

  @Test func aWeekIsClosedWhereAllOfItsDaysAre() {
    let closing = ClosingCalendar(
      weekdays: [.saturday, .sunday],
      dates: Set((6...10).map { date(2024, 5, $0) }))
    let weeks = RegularCalendar(start: date(2024, 4, 29), count: 3, frequency: .week())
    #expect((0..<3).map { closing.isClosed($0, of: weeks) } == [false, true, false])
  }

  @Test func endedItemsAreForecastAsZero() throws {
    let calendar = RegularCalendar(start: date(2024, 1, 1), count: 40)
    let panel = Panel(
      calendar: calendar,
      series: [
        Series(id: "sold", values: [Double](repeating: 3, count: 40)),
        Series(id: "ended", values: (0..<40).map { $0 < 11 ? 5 : 0 }),
        Series(id: "never", start: 7, values: [Double](repeating: 0, count: 33)),
      ])
    let rules: [any CleaningRule] = [LeadingZeroRule(), TrailingZeroRule(after: 20)]
    let clean = try CleaningPipeline(rules).clean(panel).panel
    #expect(clean.onSale == [0])
    let forecast = try NaiveForecaster().forecast(from: clean, horizon: 2)
    #expect(forecast.values == [3, 3, 0, 0, 0, 0])
    // On the tenth day it was on sale.
    let early = try NaiveForecaster().forecast(from: clean.slice(0..<10).selecting([1]), horizon: 2)
    #expect(early.values == [5, 5])
    let directory = try TemporaryDirectory()
    try clean.write(to: directory.path("p"))
    #expect(try Panel(contentsOf: directory.path("p")).onSale == [0])
    let weeks = try clean.aggregated(to: .week()).panel
    #expect(weeks.onSale == [0])
  }

  @Test func scaledForecastsOfClosedDaysAreRestoredToZero() throws {
    let shop = Self.shop(from: date(2022, 1, 3), days: 60)
      .closed(on: ClosingCalendar(weekdays: [.saturday, .sunday]))
    let scaler = try PanelScaler(.standard).fit(shop)
    let scaled = try NaiveForecaster().forecast(from: scaler.transformed(shop), horizon: 7)
    let restored = try scaler.restored(scaled, of: shop)
    // 2022-03-04 was a Friday.
    #expect(
      Array(restored.values(at: 3)).map { $0 == 0 }
        == [false, true, true, false, false, false, false])
  }

  /// Each store is closed on its own days, which a column tells, also for the days ahead.
  @Test func aColumnTellsWhenAStoreIsClosed() throws {
    let (storeCount, dayCount, horizon) = (3, 71, 5)
    func isOpen(_ store: Int, _ day: Int) -> Bool { (day + 2 * store) % 5 != 0 }
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 30), count: dayCount),
      series: (0..<storeCount).map { store in
        Series(
          id: "\(store)", values: (0..<dayCount).map { isOpen(store, $0) ? Double(store + 7) : 0 })
      }
    ).adding(
      known: "open",
      .numbers(
        (0..<storeCount).flatMap { store in
          (0..<dayCount + horizon).map { isOpen(store, $0) ? 1.0 : 0 }
        }), futureSteps: horizon)
    let model = ForecastRun.Model.untrained(MovingAverageForecaster(windowLength: 3))
    let result = try ForecastRun(horizon: horizon)([model], on: panel).models[0]
    // A mean of zeros and sales would be lower.
    for (forecast, first) in [
      (result.heldOut.forecast, dayCount - horizon), (result.next.forecast, dayCount),
    ] {
      for store in 0..<storeCount {
        let expected = (first..<first + horizon).map { isOpen(store, $0) ? Double(store + 7) : 0 }
        #expect(Array(forecast.values(at: store)) == expected)
      }
    }
    // Closed days are scored like others.
    #expect(result.heldOut.evaluation?.overall.count == storeCount * horizon)

    var run = ForecastRun(horizon: horizon)
    run.closings = .none
    let kept = try run([model], on: panel).models[0].next.forecast
    #expect(kept.values.allSatisfy { $0 > 0 })
    // One of the last three days was closed in the first two stores.
    #expect(kept.values.prefix(2 * horizon).allSatisfy { $0 < 6 })
  }
}
