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
    var prices = FurtherTable(
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
