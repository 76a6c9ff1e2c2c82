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

  @Test func backtests() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 131),
      series: [Series(id: "tea", values: (0..<131).map { Float($0 % 7) })])
    // begin
    let backtest = Backtest(horizon: 28, count: 3, window: .sliding(length: 365))
    for split in try backtest.splits(of: panel) {
      let (history, actual) = (split.history(of: panel), split.actual(of: panel))
      print(history.calendar.end, actual.calendar.start, actual.calendar.count)
    }
    // end
    #expect(try backtest.splits(of: panel).map(\.test.lowerBound) == [47, 75, 103])
  }
}
