import SalesData
import SalesTestSupport
import Testing

@Suite struct LastDayTests {
  /// Prepares 20 days of sales from Monday, 2024-01-01, with prices for four more days.
  private func prepare(
    until lastDay: CalendarDate?, _ frequency: Frequency? = nil
  ) throws -> PreparedPanel {
    let days = (0..<24).map { date(2024, 1, 1).advanced(by: $0) }
    let sales = days.prefix(20).enumerated().map { "a,\($1),\($0 + 1)\n" }.joined()
    let priceRows = days.enumerated().map { "\($1),\($0 + 101)\n" }.joined()
    var schema = DataSchema(.long(.longTable))
    var prices = CovariateTable(
      "prices", columns: [CovariateColumn("price", role: .known, kind: .numeric)])
    prices.time = "ds"
    schema.tables = [prices]
    var preparation = Preparation(frequency == nil ? schema : DataSchema(.long(.longTable)))
    preparation.frequency = frequency
    preparation.lastDay = lastDay
    func source(_ text: String) throws(TableError) -> DelimitedRecordSource {
      try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    }
    return try preparation.prepare(source("unique_id,ds,y\n" + sales)) {
      _, _ throws(TableError) in try source("ds,price\n" + priceRows)
    }
  }

  @Test func laterSalesAreLeftOutAndLaterPricesStay() throws {
    let prepared = try prepare(until: date(2024, 1, 13))
    let panel = prepared.panel
    #expect(panel.calendar.end == date(2024, 1, 14))
    #expect(Array(panel.series(at: 0).values) == (1...13).map { Double($0) })
    #expect(try panel.knownCovariate("price").futureSteps == 11)
    #expect(prepared.report.stepsAfterLastDay == 7)
    #expect("\(prepared.report)".contains("7 steps after the last day of the history left out"))
  }

  @Test func aWeekThatEndsLaterIsLeftOut() throws {
    // The table ends on a Saturday: its third week is partial. The second one ends on the 14th.
    #expect(try prepare(until: nil, .week()).panel.calendar.count == 2)
    #expect(try prepare(until: date(2024, 1, 14), .week()).panel.calendar.count == 2)
    #expect(try prepare(until: date(2024, 1, 13), .week()).panel.calendar.count == 1)
  }

  @Test func aDayBeforeTheTableIsAnError() {
    #expect(throws: PreparationError.noStepUntil(date(2023, 12, 31), first: date(2024, 1, 1))) {
      try prepare(until: date(2023, 12, 31))
    }
  }
}

/// The end of a history of hours or of business days.
@Suite struct LastShortStepTests {
  private func calendar(_ dates: [String], until lastDay: CalendarDate) throws -> RegularCalendar {
    var preparation = Preparation(DataSchema(.long(.longTable)))
    preparation.lastDay = lastDay
    let rows = dates.map { "a,\($0),1\n" }.joined()
    let source = try DelimitedRecordSource(
      MemoryByteSource(Array(("unique_id,ds,y\n" + rows).utf8), name: "t.csv"))
    return try preparation.prepare(source) { name, _ throws(TableError) in
      fatalError("there is no table \(name)")
    }.panel.calendar
  }

  @Test func hoursEndWithTheLastHourOfTheDay() throws {
    let stamps = (0..<40).map { "2024-01-0\(5 + ($0 + 13) / 24) \(($0 + 13) % 24):00" }
    let calendar = try calendar(stamps, until: date(2024, 1, 5))
    #expect(calendar.startHour == 13 && calendar.count == 11 && calendar.end == date(2024, 1, 6))
  }

  @Test func aFridayEndsBeforeTheWeekend() throws {
    let days = (0..<61).map { date(2024, 1, 1).advanced(by: $0) }.filter { $0.weekday <= 5 }
    let calendar = try calendar(days.map(\.description), until: date(2024, 1, 12))
    #expect(calendar.frequency == .businessDay && calendar.count == 10)
  }
}
