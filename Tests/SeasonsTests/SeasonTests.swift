import Forecasting
import Seasons
import Testing

@Suite struct SeasonTests {
  private static let days = RegularCalendar(
    start: CalendarDate(year: 2023, month: 6, day: 1)!, count: 430)

  private static func season(_ first: Int, _ last: Int) throws -> Season {
    try Season(from: days.date(at: first), to: days.date(at: last))
  }

  @Test func spanCountsSteps() throws {
    let span = try Self.season(440, 449).span(after: Self.days)
    #expect((span.lead, span.count, span.horizon) == (10, 10, 20))
    #expect(span.lastYear == 76..<86)
    #expect(span.recent == 420..<430)
    let adjacent = try Self.season(430, 430).span(after: Self.days)
    #expect((adjacent.lead, adjacent.count) == (0, 1))
  }

  @Test func stepsThatItPartlyCoversBelongToIt() throws {
    let weeks = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 9, frequency: .week())
    let season = try Season(
      from: CalendarDate(year: 2024, month: 3, day: 14)!,
      to: CalendarDate(year: 2024, month: 3, day: 26)!)
    let span = try season.span(after: weeks)
    #expect((span.lead, span.count) == (1, 3))
    #expect(span.lastYear == nil)
    #expect(span.recent == 6..<9)
  }

  @Test func impossibleSeasonsAreErrors() throws {
    let (first, last) = (Self.days.date(at: 431), Self.days.date(at: 430))
    #expect(throws: SeasonError.ends(last, beforeStart: first)) { try Self.season(431, 430) }
    #expect(throws: SeasonError.startsInHistory(Self.days.date(at: 429), end: Self.days.end)) {
      try Self.season(429, 440).span(after: Self.days)
    }
    #expect(throws: SeasonError.tooFar(Self.days.date(at: 794), end: Self.days.end)) {
      try Self.season(790, 794).span(after: Self.days)
    }
  }
}
