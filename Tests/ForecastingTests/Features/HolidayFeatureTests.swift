import Forecasting
import SalesTestSupport
import Testing

/// Public holidays as features of days, weeks, and months.
@Suite struct HolidayFeatureTests {
  private func table(
    _ start: CalendarDate, _ count: Int, _ frequency: Frequency
  ) throws -> FeatureTable {
    let panel = Panel(
      calendar: RegularCalendar(start: start, count: count, frequency: frequency),
      series: [Series(id: "a", start: 0, values: (0..<count).map(Double.init))])
    let features = FeatureSet().addingHolidays(of: [.unitedKingdom], for: frequency)
    return try FeatureTable(features, of: panel, futureSteps: 2)
  }

  private func numbers(_ name: String, _ table: FeatureTable) throws -> [Float] {
    try table.numbers(name, of: 0, over: 0..<table.panel.calendar.count + 2).values
  }

  /// The weeks from Monday 2024-12-16: Christmas Day and Boxing Day lie in the second, New Year's Day in
  /// the third.
  @Test func weeksCountTheirHolidays() throws {
    let weeks = try table(date(2024, 12, 16), 3, .week())
    #expect(try numbers("GB days", weeks) == [0, 2, 1, 0, 0])
    // The next holiday after January 1 is Good Friday, April 18.
    #expect(try numbers("GB days until", weeks) == [9, 2, 2, 14, 14])
    let names = weeks.column("GB name").vocabulary
    #expect(names?.names == ["Christmas Day", "New Year's Day"])
    #expect(try weeks.codes("GB name", of: 0, over: 0..<5) == [0, 1, 2, 0, 0])
  }

  @Test func daysLieAroundTheirHolidays() throws {
    let days = try table(date(2024, 12, 22), 3, .day)
    // December 22 to 26; those of the last two days are known ahead.
    #expect(try numbers("GB around 0", days) == [0, 0, 0, 1, 1])
    #expect(try numbers("GB around -2", days) == [0, 1, 1, 0, 0])
    #expect(try numbers("GB around 1", days) == [0, 0, 0, 0, 1])
    #expect(try days.codes("GB name", of: 0, over: 0..<5) == [0, 0, 0, 1, 2])
  }

  @Test func monthsCountTheirHolidays() throws {
    let months = try table(date(2024, 11, 1), 2, .month)
    #expect(try numbers("GB days", months) == [0, 2, 1, 0])
    #expect(months.futureColumns.map(\.name) == ["GB days"])
  }

  /// A window shows them after all other features.
  @Test func windowsShowThem() throws {
    let panel = try table(date(2024, 12, 16), 40, .week()).panel
    var windows = WindowSpecification(horizon: 3)
    let names = windows.layout(for: panel).features.known.map(\.name)
    windows.holidays = [.unitedStates]
    #expect(
      windows.layout(for: panel).features.known.map(\.name)
        == names + ["US days", "US days until", "US name"])
  }
}
