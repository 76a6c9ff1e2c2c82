import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// A first or last period that the records cover in part is not one of little demand.
@Suite struct PartialPeriodTests {
  private func source(_ text: String) throws -> DelimitedRecordSource {
    try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv"))
  }

  private func prepare(
    _ preparation: Preparation, _ text: String
  ) throws -> PreparedPanel {
    try preparation.prepare(source(text)) { name, _ throws(TableError) in
      fatalError("there is no table \(name)")
    }
  }

  /// A long table of ten units a day for some days from a date, on the weekdays that are given.
  private func table(
    from start: CalendarDate, days: Int, open: (Int) -> Bool = { _ in true }
  ) -> String {
    (0..<days).map { start.advanced(by: $0) }.filter { open($0.weekday) }
      .reduce("unique_id,ds,y\n") { $0 + "a,\($1),10\n" }
  }

  private func long(_ frequency: Frequency) -> Preparation {
    var preparation = Preparation(DataSchema(.long(.longTable)))
    preparation.frequency = frequency
    return preparation
  }

  @Test func theLastWeekOfTwoDaysIsLeftOut() throws {
    let prepared = try prepare(long(.week()), table(from: date(2024, 1, 1), days: 142))
    let series = prepared.panel.series(at: 0)
    #expect(Array(series.values) == [Double](repeating: 70, count: 20))
    #expect(series.states.allSatisfy { $0 == .observed })
    let period = try #require(prepared.report.partialPeriods.first)
    #expect(prepared.report.partialPeriods.count == 1)
    #expect(period.start == date(2024, 5, 20) && period.days == 7 && period.coveredDays == 2)
    #expect(
      "\(prepared.report)".contains(
        """
        Partial periods, left out:
          the week from 2024-05-20: the records cover 2 of its 7 days
        """))
  }

  @Test func partialPeriodsAreKeptOnRequest() throws {
    var preparation = long(.week())
    preparation.keepsPartialPeriods = true
    let prepared = try prepare(preparation, table(from: date(2024, 1, 1), days: 142))
    #expect(prepared.panel.series(at: 0).values.last == 20)
    #expect(prepared.panel.calendar.count == 21 && prepared.report.partialPeriods.count == 1)
  }

  @Test(arguments: [
    (Frequency.month, date(2024, 2, 1), 3, [290.0, 310, 300]),
    (.quarter, date(2024, 4, 1), 1, [910.0]),
    (.week(startingOn: .saturday), date(2024, 1, 20), 16, [Double](repeating: 70, count: 16)),
  ])
  func bothEndsAreLeftOut(
    frequency: Frequency, start: CalendarDate, count: Int, values: [Double]
  ) throws {
    // 2024-01-19 to 2024-07-03 for the quarter, else to 2024-05-11.
    let days = frequency == .quarter ? 167 : 114
    let prepared = try prepare(long(frequency), table(from: date(2024, 1, 19), days: days))
    #expect(prepared.panel.calendar.start == start)
    #expect(prepared.panel.calendar.count == count)
    #expect(Array(prepared.panel.series(at: 0).values) == values)
    #expect(prepared.report.partialPeriods.count == 2)
  }

  /// A series that starts to sell within a month is not one that the records cover in part.
  @Test func aLateSeriesIsNoPartialCoverage() throws {
    let rows = table(from: date(2024, 1, 1), days: 91) + "b,2024-02-20,3\nb,2024-03-31,4\n"
    let prepared = try prepare(long(.month), rows)
    #expect(prepared.report.partialPeriods.isEmpty)
    #expect(Array(prepared.panel.series(at: 1).values) == [3, 4])
  }

  /// A week ends with its Friday where the shop is closed on weekends.
  @Test func closedDaysNeedNoRecords() throws {
    let days = table(from: date(2024, 1, 1), days: 19 * 7 - 2) { $0 < 6 }
    let prepared = try prepare(long(.week()), days)
    #expect(prepared.report.partialPeriods.isEmpty)
    #expect(prepared.panel.series(at: 0).values.last == 50)
    let orders = try prepare(self.orders(.week()), orderLines(days: 19 * 7 - 2) { $0 < 6 })
    #expect(orders.report.partialPeriods.isEmpty && orders.panel.calendar.count == 19)
  }

  @Test func nothingIsLeftOfAPartOfAMonth() throws {
    #expect(throws: PreparationError.noWholePeriod(frequency: .month)) {
      try prepare(long(.month), table(from: date(2024, 1, 3), days: 17))
    }
  }

  // MARK: - Wide tables

  @Test func wideTablesAreMaskedAlike() throws {
    var preparation = Preparation(
      DataSchema(
        .wide(
          WideSchema(
            identity: ["id"], steps: .numbered(prefix: "d", first: 1), start: date(2024, 1, 3)))))
    preparation.frequency = .week()
    let header = "id," + (1...16).map { "d\($0)" }.joined(separator: ",")
    let row = "a," + (1...16).map { "\($0)" }.joined(separator: ",")
    let prepared = try prepare(preparation, header + "\n" + row + "\n")
    // 2024-01-08 is d6.
    #expect(prepared.panel.calendar.start == date(2024, 1, 8))
    #expect(Array(prepared.panel.series(at: 0).values) == [6 + 7 + 8 + 9 + 10 + 11 + 12])
    #expect(prepared.report.partialPeriods.map(\.coveredDays) == [5, 4])
  }

  // MARK: - Order lines

  private func orders(_ frequency: Frequency) -> Preparation {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    var preparation = Preparation(DataSchema(.orders(schema, OrderRules())))
    preparation.frequency = frequency
    return preparation
  }

  /// Three orders of a day, at 9, 13 and 18 o'clock, for some days from 2024-01-01.
  private func orderLines(
    days: Int, endingAt hour: Int = 18, startingAt first: Int = 9,
    open: (Int) -> Bool = { _ in true }
  ) -> String {
    var text = "sku,at,n\n"
    for day in 0..<days where open(date(2024, 1, 1).advanced(by: day).weekday) {
      for time in [9, 13, 18]
      where !(day == days - 1 && time > hour) && !(day == 0 && time < first) {
        let stamp = "\(date(2024, 1, 1).advanced(by: day)) " + (time == 9 ? "09" : "\(time)")
        text += "tea,\(stamp):05:00,2\n"
      }
    }
    return text
  }

  @Test func aLastDayThatEndsAtNoonIsLeftOut() throws {
    let prepared = try prepare(orders(.day), orderLines(days: 23, endingAt: 13))
    #expect(prepared.panel.calendar.end == date(2024, 1, 23))
    #expect(prepared.panel.series(at: 0).values.allSatisfy { $0 == 6 })
    #expect(prepared.report.partialPeriods.map(\.start) == [date(2024, 1, 23)])
    #expect("\(prepared.report)".contains("2024-01-23: the records cover a part of the day"))
  }

  @Test func aFirstDayThatStartsLateIsLeftOut() throws {
    let prepared = try prepare(orders(.day), orderLines(days: 23, startingAt: 13))
    #expect(prepared.panel.calendar.start == date(2024, 1, 2))
    let whole = try prepare(orders(.day), orderLines(days: 23))
    #expect(whole.report.partialPeriods.isEmpty && whole.panel.calendar.count == 23)
  }

  @Test func ordersOfWeeksAndMonthsAreMasked() throws {
    // 2024-01-01 to 2024-02-27, a Tuesday.
    let weeks = try prepare(orders(.week()), orderLines(days: 58))
    #expect(Array(weeks.panel.series(at: 0).values) == [Double](repeating: 42, count: 8))
    #expect(weeks.report.partialPeriods.map(\.coveredDays) == [2])
    let months = try prepare(orders(.month), orderLines(days: 58))
    #expect(Array(months.panel.series(at: 0).values) == [186])
    // A last day of which the evening is missing makes its week a partial one.
    let noon = try prepare(orders(.week()), orderLines(days: 56, endingAt: 13))
    #expect(noon.panel.calendar.count == 7 && noon.report.partialPeriods[0].coveredDays == 6)
  }
}
