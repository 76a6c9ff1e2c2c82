import Testing
import TimeSeries

/// Known-future columns that have no value for a step to come.
@Suite struct MissingFutureTests {
  /// Two series over eleven days, b from the fourth on, with prices for three days ahead of which b lacks
  /// the second, and an event that is rare.
  private let panel: Panel = {
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 11)
    let panel = Panel(
      calendar: calendar,
      series: [
        Series(id: "a", start: 0, values: (0..<11).map(Double.init)),
        Series(id: "b", start: 3, values: (0..<8).map(Double.init)),
      ])
    var prices = (0..<14).map { Double?(Double($0)) } + (3..<14).map { Double($0) + 0.5 }
    prices[14 + 9] = nil
    var events = [String?](repeating: nil, count: 14)
    (events[2], events[12]) = ("fair", "fete")
    return panel.adding(known: "price", .numbers(prices), futureSteps: 3)
      .adding(shared: "event", .categories(events), futureSteps: 3)
  }()

  @Test func aMissingValueIsAnError() {
    let error = #expect(throws: CovariateError.self) { try panel.completingFuture(2) }
    #expect(
      error?.description
        == "covariate \"price\" of series \"b\" is missing on 2024-03-09; fill it, or leave the column out"
    )
    #expect(throws: Never.self) { try panel.completingFuture(1) }
    #expect(throws: Never.self) { try panel.completingFuture(3, of: ["event"]) }
  }

  @Test func anEndBeforeTheHorizonIsAnError() {
    let error = #expect(throws: CovariateError.self) {
      try panel.completingFuture(5, of: ["event"])
    }
    #expect(
      error
        == .missing(
          column: "event", id: "a", date: CalendarDate(year: 2024, month: 3, day: 11)!))
  }

  @Test func theLastValueIsRepeated() throws {
    let completed = try panel.completingFuture(5, .last)
    #expect(completed.repeated.map(\.column) == ["price", "event"])
    // Days 15 and 16 of both series, and b's day 13.
    #expect(completed.repeated.map(\.count) == [5, 0] && completed.dropped.isEmpty)
    let price = try completed.panel.knownCovariate("price")
    #expect(try price.numberWindow(of: 0, over: 9..<16).values == [9, 10, 11, 12, 13, 13, 13])
    #expect(
      try price.numberWindow(of: 1, over: 9..<16).values == [
        9.5, 10.5, 11.5, 11.5, 13.5, 13.5, 13.5,
      ])
    #expect(try price.numberWindow(of: 1, over: 9..<16).missing.allSatisfy { !$0 })
    // An event that is rare is none in the days that the column does not cover.
    let event = try completed.panel.knownCovariate("event")
    #expect(try event.codes(of: 1, over: 11..<16) == [0, 2, 0, 0, 0])
    #expect(throws: Never.self) { try completed.panel.completingFuture(5) }
  }

  @Test func theColumnIsLeftOut() throws {
    let completed = try panel.completingFuture(3, .drop)
    #expect(completed.dropped == ["price"] && completed.repeated.isEmpty)
    #expect(completed.panel.knownCovariates.map(\.name) == ["event"])
  }

  /// A series that is not sold any more needs no price.
  @Test func endedSeriesNeedNoValues() {
    #expect(throws: Never.self) { try panel.endingSales(["b": 9]).completingFuture(3) }
  }

  /// The columns of a slice are known as far as before, which is further beyond its end.
  @Test func slicesKeepTheirColumns() throws {
    let slice = panel.slice(2..<9)
    #expect(throws: Never.self) { try slice.completingFuture(3) }
    let completed = try slice.completingFuture(7, .last).panel
    #expect(
      try completed.knownCovariate("price").numberWindow(of: 0, over: 5..<14).values
        == [7, 8, 9, 10, 11, 12, 13, 13, 13])
  }
}
