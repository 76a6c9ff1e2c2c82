import SalesData
import SalesTestSupport
import Testing

/// Tables with rows from Monday to Friday.
@Suite struct BusinessDayTableTests {
  /// Dates from 2024-01-02, `pd.bdate_range` of which 40 end on 2024-02-26.
  static func table(_ days: Int = 56, _ isThere: (CalendarDate) -> Bool) -> String {
    (0..<days).map { date(2024, 1, 2).advanced(by: $0) }.filter(isThere)
      .reduce("unique_id,ds,y\n") { $0 + "a,\($1),\($1.day)\n" }
  }

  @Test func areFoundIfNoWeekendIsThere() throws {
    let table = try readTable(Self.table { $0.weekday <= 5 })
    #expect(
      table.panel.calendar
        == RegularCalendar(start: date(2024, 1, 2), count: 40, frequency: .businessDay))
    #expect(
      table.report.conventions == [
        "ds: steps are business days, since no date is a Saturday or a Sunday"
      ])
    #expect(
      (40..<45).map(table.panel.calendar.label(at:)) == [
        "2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-04",
      ])
  }

  @Test func holidaysAreZeroOrGaps() throws {
    let holidays = [date(2024, 1, 15), date(2024, 2, 19)]
    let text = Self.table { $0.weekday <= 5 && !holidays.contains($0) }
    let panel = try readTable(text) { $0.policy.missingDays = .gap }.panel
    #expect(panel.calendar.frequency == .businessDay && panel.calendar.count == 40)
    #expect(panel.series(at: 0).value(at: panel.calendar.step(of: holidays[0])!) == nil)
    #expect(try readTable(text).panel.series(at: 0).value(at: 9) == 0)
  }

  /// A weekend date, a weekday that is mostly missing, few dates, and a caller that wants days.
  @Test func otherTablesHaveDays() throws {
    #expect(
      try readTable(Self.table { $0.weekday <= 5 || $0.day == 20 }).panel.calendar.frequency == .day
    )
    #expect(
      try readTable(Self.table { (2...5).contains($0.weekday) }).panel.calendar.frequency == .day)
    #expect(try readTable(Self.table(39) { $0.weekday <= 5 }).panel.calendar.frequency == .day)
    let days = try readTable(Self.table { $0.weekday <= 5 }) { $0.policy.findsBusinessDays = false }
    #expect(days.panel.calendar.frequency == .day && days.panel.calendar.count == 56)
  }

  @Test func aWeekendIsAnErrorIfBusinessDaysAreDeclared() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\na,2024-01-05,1\na,2024-01-06,2\n") {
        $0.policy.frequency = .businessDay
      }
    }
    #expect(
      error?.description
        == "sales.csv:3: column \"ds\": 2024-01-06 is a Saturday, which is not a business day; declare the "
        + "frequency day, or drop the row")
  }

  @Test func aWideTableHasAColumnABusinessDay() throws {
    let days = (0..<12).map { date(2024, 1, 4).advanced(by: $0) }.filter { $0.weekday <= 5 }
    #expect(days.count == 8)
    let more = (0..<14).map { date(2024, 1, 4).advanced(by: $0) }.filter { $0.weekday <= 5 }
    let text =
      "id," + more.map(\.description).joined(separator: ",") + "\na,"
      + more.map { "\($0.day)" }.joined(separator: ",") + "\n"
    let reader = WideTableReader(identity: "id", steps: .dates(.automatic))
    let panel = try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv")).panel()
    #expect(
      panel.calendar == RegularCalendar(start: date(2024, 1, 4), count: 10, frequency: .businessDay)
    )
    #expect(panel.series(at: 0).value(at: 2) == 8)
  }

  @Test func covariatesOfWeekendsAreSetAside() throws {
    let panel = try readTable(Self.table { $0.weekday <= 5 }).panel
    var reader = CovariateTableReader([CovariateColumn("x", role: .past, kind: .numeric)])
    reader.time = .date("ds", .automatic)
    let text = Self.table(10) { _ in true }.replacing("unique_id,ds,y", with: "id,ds,x")
    let source = MemoryByteSource(Array(text.utf8), name: "x.csv")
    let table = try reader.read(DelimitedRecordSource(source), into: panel)
    #expect(
      Array(try table.panel.pastCovariate("x").numbers(of: 0, over: 0..<6)) == [2, 3, 4, 5, 8, 9])
    #expect("\(table.report)".contains("of a weekend, which has no business day"))
  }

  @Test func aPanelOfDaysIsStillMadeOnRequest() throws {
    var preparation = Preparation(DataSchema(.long(.longTable)))
    preparation.frequency = .day
    let source = try DelimitedRecordSource(
      MemoryByteSource(Array(Self.table { $0.weekday <= 5 }.utf8), name: "t.csv"))
    let panel = try preparation.prepare(source) { name, _ throws(TableError) in
      fatalError("there is no table \(name)")
    }.panel
    #expect(panel.calendar == RegularCalendar(start: date(2024, 1, 2), count: 56))
  }
}
