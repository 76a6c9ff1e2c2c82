// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import NeuralNetwork
import Testing

@Suite struct FeatureSnippets {
  @Test func publicHolidays() throws {
    // begin
    let holidays = HolidayCalendar(.unitedStates)
    for holiday in try holidays.holidays(in: 2026) { print(holiday.date, holiday.name) }
    // end
    #expect(try holidays.holidays(in: 2026).count == 12)
  }

  @Test func shopEvents() throws {
    // begin
    let primeDay = ShopEvent(
      "Prime Day", .dates([CalendarDate(year: 2026, month: 7, day: 7)!]), dayCount: 4)
    let events = ShopCalendar([.blackFriday, .cyberMonday, .singlesDay, primeDay])
    // end
    #expect(try events.holidays(in: 2026).count == 7)
  }

  @Test func purchases() {
    let (monday, tuesday) = (CalendarDate(dayNumber: 19_000), CalendarDate(dayNumber: 19_001))
    let thursday = CalendarDate(dayNumber: 19_003)
    // begin
    let summary = PurchaseSummary(
      ids: ["ann", "bob", "ann"], dates: [monday, monday, tuesday], amounts: [20, 5, 12],
      before: thursday)
    print(summary.values["ann"]!.monetaryValue)   // 32
    // end
    #expect(summary.values["ann"]!.monetaryValue == 32)
  }

  @Test func events() {
    // begin
    let holidays = HolidayCalendar(.germany)
    let features: [any Feature] = [
      EventFeature(holidays),
      EventFeature(holidays, .daysUntil(limit: 14)),
      EventFeature(ShopCalendar([.blackFriday]), .around(before: 2, after: 1)),
      EventFeature(PaydayCalendar([-1]), .daysSince(limit: 10)),
    ]
    // end
    #expect(features.map(\.name).count == 4)
  }

  @Test func windows() throws {
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 65)
    let panel = Panel(
      calendar: calendar,
      series: [Series(id: "tea", values: (0..<65).map { Double($0 % 7) })]
    )
    .adding(level: "category", ["food"])
    .adding(past: "visits", .numbers((0..<65).map { Double($0) }))
    .adding(shared: "price", .numbers((0..<82).map { Double($0 % 3) }), futureSteps: 17)
    // begin
    let features = FeatureSet(
      static: [StaticColumn("category")],
      past: [
        Column(.target), Column(.past("visits")), Lag(of: .target, by: 7),
        Rolling(.mean, of: .target, window: 28),
      ],
      known: [
        Column(.known("price")), CalendarFeature(.dayOfWeek, as: .oneHot),
        EventFeature(HolidayCalendar(.unitedStates)), Lag(of: .target, by: 28),
      ],
      ahead: [Lead(of: "price", by: 1)])
    // end
    // begin
    let table = try FeatureTable(features, of: panel, futureSteps: 14)
    let (prices, missing) = try table.numbers("price", of: 0, over: 30..<55)
    // end
    #expect(prices.count == 25 && !missing.contains(true))
    // begin
    let windows = try FeatureWindows(of: panel, features, inputLength: 28, horizon: 7)
    let batch = windows.batch([0, 1, 2])   // history [3, 28, F], future [3, 7, F′], targets [3, 7]
    // end
    #expect(batch.history.shape == [3, 28, 14])
    #expect(batch.future.shape == [3, 7, 11])
  }

  @Test func backtests() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 131),
      series: [Series(id: "tea", values: (0..<131).map { Double($0 % 7) })])
    // begin
    let backtest = Backtest(horizon: 28, count: 3, window: .sliding(length: 365))
    for split in try backtest.splits(of: panel) {
      let (history, actual) = (split.history(of: panel), split.actual(of: panel))
      print(history.calendar.end, actual.calendar.start, actual.calendar.count)
    }
    // end
    #expect(try backtest.splits(of: panel).map(\.test.lowerBound) == [47, 75, 103])
  }

  private struct MoonPhase: Feature {
    var name: String { "moon" }
    var role: FeatureRole { .known }

    func columns(of panel: Panel, futureSteps: Int) -> [FeatureColumn] {
      let steps = 0..<panel.calendar.count + futureSteps
      return [
        FeatureColumn(name: name, shared: .numbers(steps.map { Double($0 % 29) / 29 }))
      ]
    }
  }

  /// Compiled and not run: it reads a file.
  private func readingAModelWithAFeatureOfYourOwn(path: String) throws {
    // begin
    var types = KnownTypes.builtIn
    types.features.append(MoonPhase.self)
    let model = try FittedNetworkForecaster<LSTMArchitecture>(contentsOf: path, types: types)
    // end
    print(model.name)
  }
}
