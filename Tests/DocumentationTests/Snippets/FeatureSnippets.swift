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
}
