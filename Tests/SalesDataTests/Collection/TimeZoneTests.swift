import SalesData
import Testing

/// Time stamps of order lines, and the day that they count on.
///
/// Python's `zoneinfo` gives the same: `datetime(2024, 3, 31, 0, 30, tzinfo=ZoneInfo("UTC"))
/// .astimezone(ZoneInfo("Europe/Berlin"))`, and so on.
@Suite struct TimeZoneTests {
  struct Case: Sendable {
    var stamp: String
    var written: String?
    var calendar: String?
    var local: String
  }

  static let cases = [
    // Without a zone, what is written is what counts.
    Case(stamp: "2009-12-01 07:45", local: "2009-12-01 27900"),
    Case(stamp: "2009-12-01", local: "2009-12-01 0"),
    Case(stamp: "2009-12-01T23:59:59.999", local: "2009-12-01 86399"),
    Case(
      stamp: "2024-03-30 23:30", written: "UTC", calendar: "Europe/Berlin", local: "2024-03-31 1800"
    ),
    // The clocks are put forward at 01:00 UTC on 2024-03-31, and back at 01:00 UTC on 2024-10-27.
    Case(
      stamp: "2024-03-31 00:59:59", written: "UTC", calendar: "Europe/Berlin",
      local: "2024-03-31 7199"),
    Case(
      stamp: "2024-03-31 01:00", written: "UTC", calendar: "Europe/Berlin",
      local: "2024-03-31 10800"),
    Case(
      stamp: "2024-10-26 22:30", written: "UTC", calendar: "Europe/Berlin", local: "2024-10-27 1800"
    ),
    Case(
      stamp: "2024-10-27 23:30", written: "UTC", calendar: "Europe/Berlin", local: "2024-10-28 1800"
    ),
    Case(
      stamp: "2024-07-01 20:00", written: "America/New_York", calendar: "Asia/Tokyo",
      local: "2024-07-02 32400"),
    Case(
      stamp: "2024-01-01 20:00", written: "America/New_York", calendar: "Asia/Tokyo",
      local: "2024-01-02 36000"),
    // An offset says the moment by itself.
    Case(stamp: "2024-01-01T00:30:00+02:00", calendar: "UTC", local: "2023-12-31 81000"),
    Case(stamp: "2024-01-01T23:30:00Z", calendar: "Europe/London", local: "2024-01-01 84600"),
    Case(stamp: "2024-07-01T23:30:00-0330", written: "Europe/London", local: "2024-07-02 14400"),
    Case(stamp: "2024-07-01 23:30:00 -0330", written: "Europe/London", local: "2024-07-02 14400"),
    Case(stamp: "1969-12-31T23:59:59Z", calendar: "Asia/Tokyo", local: "1970-01-01 32399"),
    // The hour that comes twice is the earlier one; in UTC it is still 00:30.
    Case(
      stamp: "2024-10-27 02:30", written: "Europe/Berlin", calendar: "UTC", local: "2024-10-27 1800"
    ),
  ]

  @Test(arguments: cases) func findsTheDay(_ one: Case) throws {
    let line = try #require(try lines([one.stamp], one.written, one.calendar).lines.first)
    #expect("\(line.date) \(line.second)" == one.local, "\(one)")
  }

  @Test(arguments: [
    (DateFormat.monthDayYear, "12/1/2009 7:45 PM", "2009-12-01 71100"),
    (.monthDayYear, "12/01/2009 12:05 am", "2009-12-01 300"),
    (.monthDayYear, "12/1/2009 12:05PM", "2009-12-01 43500"),
    (.dayMonthYear, "1.12.2009 7:45:06", "2009-12-01 27906"),
    (.dayMonthYear, "01/12/2009", "2009-12-01 0"),
  ])
  func readsDeclaredForms(format: DateFormat, stamp: String, local: String) throws {
    let line = try #require(try lines([stamp], format: format).lines.first)
    #expect("\(line.date) \(line.second)" == local)
  }

  @Test(arguments: [
    "2024-01-01 24:00", "2024-01-01 7:60", "2024-01-01 7", "2024-01-01 07:45:60", "2024-01-01x",
    "2024-01-01 13:00 PM", "2024-01-01 0:30 AM", "2024-01-01 07:45+25:00", "2024-01-01 07:45+1",
    "2024-01-01 07:45 CET", "2024-01-01  07:45", "2024-01-01 07:45.5",
  ])
  func refusesWhatIsNoTime(stamp: String) {
    let error = #expect(throws: TableError.self) { try lines([stamp]) }
    #expect(error?.fault == .unparsableDate(text: stamp, format: .iso))
  }

  @Test func countsTheHourThatComesTwice() throws {
    let read = try lines(
      ["2024-10-27 01:59", "2024-10-27 02:00", "2024-10-27 02:59", "2024-10-27 03:00"],
      "Europe/Berlin", "UTC")
    #expect(read.report.counts.ambiguousTimes == 2)
    #expect(read.lines.map(\.second) == [86_340, 0, 3540, 7200])
  }

  /// The lines of one order have their time in common; all of them are counted.
  @Test func countsEveryLineOfTheHourThatComesTwice() throws {
    let read = try lines(
      ["2024-10-27 02:30", "2024-10-27 02:30", "2024-10-27 02:30", "2024-10-27 03:30"],
      "Europe/Berlin")
    #expect(read.report.counts.ambiguousTimes == 3)
  }

  @Test func refusesTheHourThatNeverCame() {
    let error = #expect(throws: TableError.self) {
      try lines(["2024-03-31 01:59", "2024-03-31 02:30"], "Europe/Berlin")
    }
    #expect(
      error?.description
        == "o.csv:3: column \"t\": there is no such time in the schema's timeZone: the clocks were "
        + "put forward over it; is the zone the right one?")
  }

  @Test func refusesTwoZonesInOneColumn() {
    let error = #expect(throws: TableError.self) {
      try lines(["2024-03-31 01:59", "2024-03-31 02:30Z"], "UTC")
    }
    #expect(
      error?.description
        == "o.csv:3: column \"t\": times with and without an offset from UTC are mixed "
        + "(see line 2); write all of them the same way")
  }

  @Test func asksForTheZonesThatItNeeds() {
    let calendar = #expect(throws: TableError.self) { try lines(["2024-03-31 01:59Z"]) }
    #expect(calendar?.fault == .noCalendarTimeZone)
    let written = #expect(throws: TableError.self) { try lines(["2024-03-31 01:59"], nil, "UTC") }
    #expect(written?.fault == .noTimeZone)
    let unknown = #expect(throws: TableError.self) { try lines(["2024-03-31"], "Europe/Berlni") }
    #expect(
      unknown?.description
        == "o.csv: there is no time zone \"Europe/Berlni\"; name it as IANA does, "
        + "such as \"Europe/London\"")
  }

  private func lines(
    _ stamps: [String], _ written: String? = nil, _ calendar: String? = nil,
    format: DateFormat = .iso
  ) throws(TableError) -> (lines: [OrderLine], report: OrderReport) {
    var schema = TableSchema(identity: "i", time: "t")
    schema.quantity = "q"
    schema.timeZone = written
    schema.calendarTimeZone = calendar
    schema.timeFormat = format
    let text = "i,t,q\n" + stamps.map { "a,\($0),1\n" }.joined()
    var lines: [OrderLine] = []
    let book = try OrderLineReader(schema).read(MemoryByteSource(Array(text.utf8), name: "o.csv")) {
      lines.append($0)
    }
    return (lines, book.report)
  }
}
