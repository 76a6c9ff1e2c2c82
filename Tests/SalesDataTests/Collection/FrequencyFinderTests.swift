import SalesData
import SalesTestSupport
import Testing

/// The length of a table's steps, found from its dates.
@Suite struct FrequencyFinderTests {
  static let start = CalendarDate(year: 2021, month: 2, day: 7)!  // A Sunday.

  static func days(_ count: Int, every stride: Int, from offset: Int = 0) -> [CalendarDate] {
    (0..<count).map { start.advanced(by: offset + stride * $0) }
  }

  /// The dates of so many months, `stride` apart, each `shift` days from the month's first.
  static func months(_ count: Int, every stride: Int = 1, shift: Int = 0) -> [CalendarDate] {
    (0..<count).map { Frequency.month.date(start, advancedBy: $0 * stride).advanced(by: shift) }
  }

  /// `pd.infer_freq` of pandas 2.2 gives W-SUN, W-WED, MS, ME, QS-OCT or the like, QE-DEC, YE-DEC.
  static let found: [(dates: [CalendarDate], frequency: Frequency)] = [
    (days(9, every: 1), .day), (days(9, every: 7), .week()), (days(3, every: 7, from: 3), .week()),
    (months(11), .month), (months(11, shift: -1), .month), (months(11, shift: 14), .month),
    (months(7, every: 3), .quarter), (months(7, every: 3, shift: -1), .quarter),
    (months(5, every: 12, shift: -1), .year),
    // Missing periods.
    (
      days(9, every: 7).enumerated().filter { ![2, 3, 6].contains($0.offset) }.map(\.element),
      .week()
    ),
    (months(11).enumerated().filter { ![2, 5, 6].contains($0.offset) }.map(\.element), .month),
    // The last workdays of months.
    (months(13).map { lastWorkday(before: $0) }, .month),
    // Closed on weekends, sparse, and few.
    (days(40, every: 1).filter { $0.weekday < 6 }, .day),
    ([0, 3, 17, 18, 40, 47, 71, 72, 95].map { start.advanced(by: $0) }, .day),
    (days(1, every: 1), .day), ([0, 4].map { start.advanced(by: $0) }, .day),
  ]

  @Test(arguments: found) func findsTheLengthOfSteps(dates: [CalendarDate], frequency: Frequency)
    throws
  {
    let table = try read(dates.map { ("a", "\($0)") })
    #expect(table.panel.calendar.frequency == frequency)
    #expect(table.report.conventions.count == (frequency == .day ? 0 : 1))
    #expect(table.report.rowsKept == dates.count)
  }

  @Test func findsItFromAllSeries() throws {
    // Series of one row, and series that start at different times.
    let rows = Self.months(5).enumerated().map { ("s\($0)", "\($1)") }
    #expect(try read(rows).panel.calendar.frequency == .month)
    let late =
      Self.months(9).flatMap { [("a", "\($0)")] } + Self.months(9)[5...].map { ("b", "\($0)") }
    #expect(try read(late).panel.calendar.frequency == .month)
    // One sparse series among daily ones.
    let daily =
      Self.days(30, every: 1).map { ("a", "\($0)") } + Self.days(4, every: 7).map { ("b", "\($0)") }
    #expect(try read(daily).panel.calendar.frequency == .day)
  }

  /// A week dated a day late because of a holiday is in the week all the same.
  @Test func aFewIrregularRowsAreTolerated() throws {
    var dates = Self.days(40, every: 7, from: 1)
    dates[7] = dates[7].advanced(by: 1)
    dates[22] = dates[22].advanced(by: -1)
    let calendar = try read(dates.map { ("a", "\($0)") }).panel.calendar
    #expect(calendar.count == 40 && calendar.frequency.seasonLength == 52)
    #expect(calendar.labelDate(at: 3) == dates[3])
  }

  @Test(arguments: [
    (days(2, every: 7), [Frequency.day, .week()]), (months(2), [.day, .month]),
    (days(7, every: 14), [.day, .week()]), (months(7, every: 2), [.day, .month]),
    (days(9, every: 10), [.day, .week()]),
    (months(9).flatMap { [$0, $0.advanced(by: 14)] }, [.day, .week()]),
  ])
  func whatDatesDoNotShowIsAnError(dates: [CalendarDate], readings: [Frequency]) {
    let rows = dates.map { ("a", "\($0)") }
    let error = #expect(throws: TableError.self) { try read(rows) }
    guard case .ambiguousFrequency(readings, _)? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: Never.self) { try read(rows, .day) }
  }

  @Test(arguments: [
    (["2024-01", "2024-02"], Frequency.month), (["2024-01", "2024-04", "2024-07"], .quarter),
    (["2020-W01", "2020-W03"], .week()), (["1990Q1", "1990Q2"], .quarter), (["1990"], .year),
  ])
  func textsNameTheirSteps(texts: [String], frequency: Frequency) throws {
    #expect(try read(texts.map { ("a", $0) }).panel.calendar.frequency == frequency)
    let error = #expect(throws: TableError.self) { try read(texts.map { ("a", $0) }, .day) }
    guard case .coarserDates? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func columnsOfAWideTableShowIt() throws {
    let reader = WideTableReader(identity: "id", steps: .dates(.automatic))
    let text = "id,2024-01-31,2024-02-29,2024-03-31,2024-04-30\na,1,2,3,4\n"
    let panel = try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv")).panel()
    #expect(panel.calendar.frequency == .month)
    #expect(panel.calendar.label(at: 4) == "2024-05-31")
  }

  /// Days of January, or the first days of twelve months.
  @Test func headersWithTwoReadingsAreAnError() {
    let names = (1...12).map { "1/\($0)/2024" }.joined(separator: ",")
    let reader = WideTableReader(identity: "id", steps: .dates(.automatic))
    let error = #expect(throws: TableError.self) {
      try reader.read(
        MemoryByteSource(Array("id,\(names)\na,1,2,3,4,5,6,7,8,9,8,7,6\n".utf8), name: "w.csv"))
    }
    guard case .ambiguousDate? = error?.fault else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A price of a month says nothing of one of its days.
  @Test func monthsOfACovariateTableFitNoDays() throws {
    let panel = try read(Self.days(9, every: 1).map { ("a", "\($0)") }).panel
    var reader = CovariateTableReader([CovariateColumn("p", role: .known, kind: .numeric)])
    reader.time = .date("m")
    let error = #expect(throws: TableError.self) {
      try reader.read(
        DelimitedRecordSource(MemoryByteSource(Array("m,p\n2021-02,3\n".utf8), name: "p.csv")),
        into: panel)
    }
    #expect(error?.fault == .coarserDates(named: .month, frequency: .day))
  }

  private func read(_ rows: [(String, String)], _ frequency: Frequency? = nil) throws -> LongTable {
    let lines = rows.enumerated().map { "\($1.0),\($1.1),\($0 + 1)\n" }.joined()
    return try readTable("unique_id,ds,y\n" + lines) {
      $0.policy.frequency = frequency
      $0.policy.missingDays = .gap
    }
  }
}
