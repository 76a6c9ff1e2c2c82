import SalesData
import SalesTestSupport
import Testing

/// Dates as people write them. The form is found from the whole column.
@Suite struct DateFormTests {
  /// `[str(d.date()) for d in pd.to_datetime(texts)]` for what pandas 2.2 reads, the day that
  /// `datetime.fromisocalendar`, `pd.Period(text).start_time` and Excel give for the rest.
  static let columns: [(texts: [String], days: [String])] = [
    (["2024/01/01", "2024/1/2", "2024/01/31"], ["2024-01-01", "2024-01-02", "2024-01-31"]),
    (["2024-10-10", "2024-9-30", "2024-1-1"], ["2024-10-10", "2024-09-30", "2024-01-01"]),
    (["1/2/2024", "2/2/2024", "31/1/2024"], ["2024-02-01", "2024-02-02", "2024-01-31"]),
    (["1/2/2024", "1/3/2024", "1/13/2024"], ["2024-01-02", "2024-01-03", "2024-01-13"]),
    (["01.02.2024", "02.02.2024", "13.02.2024"], ["2024-02-01", "2024-02-02", "2024-02-13"]),
    (["01022024", "13022024"], ["2024-02-01", "2024-02-13"]),
    (["20240101", "20240131"], ["2024-01-01", "2024-01-31"]),
    (["20240101.0", "20240131.0"], ["2024-01-01", "2024-01-31"]),
    (["20240101T0000", "20240102T000000"], ["2024-01-01", "2024-01-02"]),
    (
      ["1 Jan 2024", "2 January 2024", "1st Feb 2024"], ["2024-01-01", "2024-01-02", "2024-02-01"]
    ),
    (["Jan 1, 2024", "September 3rd, 2024"], ["2024-01-01", "2024-09-03"]),
    (["Mon, 1 Jan 2024", "Tuesday, 2 Jan 2024"], ["2024-01-01", "2024-01-02"]),
    (["01JAN2024", "02JAN2024"], ["2024-01-01", "2024-01-02"]),
    (["2024-01-01 UTC", "2024-01-02 UTC"], ["2024-01-01", "2024-01-02"]),
    (["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"], ["2024-01-01", "2024-01-02"]),
    (["2024-01-01 00:00:00 UTC", "2024-01-02 00:00 UTC"], ["2024-01-01", "2024-01-02"]),
    (["2024-01-01+00:00", "2024-01-02+00:00"], ["2024-01-01", "2024-01-02"]),
    (["1704067200", "1704153600"], ["2024-01-01", "2024-01-02"]),
    (["1704067200000", "1704153600000"], ["2024-01-01", "2024-01-02"]),
    (["1704067200000000", "1704153600000000"], ["2024-01-01", "2024-01-02"]),
    (["1704067200000000000", "1704153600000000000"], ["2024-01-01", "2024-01-02"]),
    (["45292", "45293"], ["2024-01-01", "2024-01-02"]),
    (["45292.0", "45293.0"], ["2024-01-01", "2024-01-02"]),
    (["2020-W01-1", "2020-W01-2"], ["2019-12-30", "2019-12-31"]),
  ]

  @Test(arguments: columns) func readsDays(texts: [String], days: [String]) throws {
    let rows = texts.enumerated().map { "s\($0),\"\($1)\",\($0 + 1)\n" }.joined()
    let panel = try readTable("unique_id,ds,y\n" + rows) { $0.policy.missingDays = .gap }.panel
    let found = panel.ids.indices.map { index in
      "\(panel.calendar.date(at: panel.steps(at: index).lowerBound))"
    }
    #expect(found == days)
  }

  static let stamps: [(text: String, local: String)] = [
    ("45292.5", "2024-01-01 43200"), ("1704110400", "2024-01-01 43200"),
    ("1704110400.25", "2024-01-01 43200"), ("1704110400123", "2024-01-01 43200"),
    ("20240101120000", "2024-01-01 43200"), ("1 Jan 2024 12:00 PM", "2024-01-01 43200"),
    ("Jan 1, 2024, 12:00:00", "2024-01-01 43200"), ("2024/01/01T12:00Z", "2024-01-01 43200"),
    // 45292 + 7.75 / 24 is 45292.322916666664 in a spreadsheet of 64-bit numbers.
    ("45292.322916666664", "2024-01-01 27900"),
  ]

  @Test(arguments: stamps) func readsTimes(text: String, local: String) throws {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "n"
    schema.calendarTimeZone = text.contains("Z") || text.hasPrefix("17") ? "UTC" : nil
    var found: [String] = []
    _ = try OrderLineReader(schema).read(
      MemoryByteSource(Array("sku;at;n\ntea;\(text);2\n".utf8), name: "o.csv")
    ) { found.append("\($0.date) \($0.second)") }
    #expect(found == [local])
  }

  @Test func theDecidingDateMayComeLast() throws {
    let rows = (1...12).map { "s\($0),\($0)/5/2024,\($0)\n" }.joined() + "x,1/31/2024,99\n"
    let table = try readTable("unique_id,ds,y\n" + rows) {
      $0.policy.missingDays = .gap
      $0.policy.frequency = .day
    }
    #expect(table.panel.calendar.start.description == "2024-01-05")
    #expect(table.panel.ids.count == 13)
    let last = try #require(table.panel.index(of: "s12"))
    #expect(table.panel.series(at: last).values.first == 12)
    #expect(table.report.conventions.first?.contains("MM/DD/YYYY (month-first)") == true)
  }

  @Test(arguments: [
    ["1/2/2024", "3/4/2024"], ["01022024", "03042024"], ["1.2.2024", "2.3.2024"],
  ])
  func twoReadingsAreAnError(texts: [String]) throws {
    let text = "unique_id,ds,y\n" + texts.map { "a,\($0),1\n" }.joined()
    let error = #expect(throws: TableError.self) { try readTable(text) }
    guard case .ambiguousDate(texts[0], let readings)? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(readings.map(\.format) == [.dayMonthYear, .monthDayYear])
    for format in [DateFormat.dayMonthYear, .monthDayYear] {
      _ = try readTable(text) { $0.schema.timeFormat = format }
    }
  }

  @Test(arguments: [
    ["2024-01-01", "20240102"], ["20240101", "1704153600"], ["45292", "20240102"],
    ["1704067200", "1704153600000"], ["2024-01-01", "2 Jan 2024"],
  ])
  func twoFormsAreAnError(texts: [String]) {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\n" + texts.map { "a,\($0),1\n" }.joined())
    }
    guard case .mixedDates(texts[1], _, .same(2))? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    "99999", "20241301", "2024-13-01", "2024-W54", "2024-Q5", "1/2/24", "12", "123456789012345",
    "1 Foo 2024", "32 Jan 2024", "soon",
  ])
  func noFormIsAnError(text: String) {
    let error = #expect(throws: TableError.self) { try readTable("unique_id,ds,y\na,\(text),1\n") }
    #expect(error?.fault == .unparsableDate(text: text, format: .automatic))
  }

  /// Declared forms are not narrowed to the dates of our time.
  @Test func aDeclaredFormReadsAnyDay() throws {
    let panel = try readTable("unique_id,ds,y\na,20000,1\n") { $0.schema.timeFormat = .excel }.panel
    // Excel shows 20000 as 1954-10-03.
    #expect(panel.calendar.start.description == "1954-10-03")
  }

  @Test func columnsOfAWideTableMayBeAnyDates() throws {
    var reader = WideTableReader(identity: "id", steps: .dates(.automatic))
    let table = try reader.read(
      MemoryByteSource(Array("id,1/30/2024,1/31/2024,2/1/2024\na,1,2,3\n".utf8), name: "w.csv"))
    #expect(table.firstDate?.description == "2024-01-30")
    reader.policy.frequency = .month
    let months = try reader.read(
      MemoryByteSource(Array("id,Jan 2024,Feb 2024,Mar 2024\na,1,2,3\n".utf8), name: "w.csv"))
    #expect(months.firstDate?.description == "2024-01-01" && months.stepCount == 3)
  }
}
