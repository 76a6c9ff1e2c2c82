import SalesData
import SalesTestSupport
import Testing

/// Tables with a row an hour.
@Suite struct HourlyTableTests {
  /// The columns of ds, and what follows: `pd.date_range(last, periods=3, freq="h")[1:]`.
  static let columns: [(stamps: [String], next: [String])] = [
    (["2024-01-05 22:00", "2024-01-05 23:00"], ["2024-01-06 00:00", "2024-01-06 01:00"]),
    (["2024-01-05 22:00:00", "2024-01-05 23:00:00"], ["2024-01-06 00:00:00"]),
    (["2024-02-28T22:00:00", "2024-02-28T23:00:00"], ["2024-02-29T00:00:00"]),
    (["2024-02-28T22:00:00Z", "2024-02-28T23:00:00Z"], ["2024-02-29T00:00:00Z"]),
    (["2024-02-28T22:00:00+01:00", "2024-02-28T23:00:00+01:00"], ["2024-02-29T00:00:00+01:00"]),
    (["2024-02-28 22:00:00.000", "2024-02-28 23:00:00.000"], ["2024-02-29 00:00:00.000"]),
    (["28.02.2024 22:00", "28.02.2024 23:00"], ["29.02.2024 00:00"]),
    (["2/28/2024 11:00 AM", "2/28/2024 12:00 PM"], ["2/28/2024 1:00 PM", "2/28/2024 2:00 PM"]),
    (["2/28/2024 9:00", "2/28/2024 10:00"], ["2/28/2024 11:00"]),
    (["28 Feb 2024 22:00", "28 Feb 2024 23:00"], ["29 Feb 2024 00:00"]),
    (["20240228T2200", "20240228T2300"], ["20240229T0000"]),
    (["20240228220000", "20240228230000"], ["20240229000000"]),
    (["1709157600", "1709161200"], ["1709164800"]),
    (["1709157600000", "1709161200000"], ["1709164800000"]),
    (["45350.75", "45350.791666666664"], ["45350.833333333336"]),
  ]

  @Test(arguments: columns) func stepsAreHoursAndNamedAsInTheTable(
    stamps: [String], next: [String]
  ) throws {
    let rows = stamps.enumerated().map { "a,\($1),\($0 + 3)\n" }.joined()
    let table = try readTable("unique_id,ds,y\n" + rows)
    let calendar = table.panel.calendar
    #expect(calendar.frequency == .hour && calendar.count == stamps.count)
    #expect((0..<stamps.count).map(calendar.label(at:)) == stamps)
    #expect((0..<next.count).map { calendar.label(at: stamps.count + $0) } == next)
  }

  @Test func seriesStartAtOtherHoursAndHaveGaps() throws {
    let text = """
      unique_id,ds,y
      a,2024-01-05 13:00,1
      a,2024-01-05 14:00,2
      a,2024-01-05 17:00,5
      b,2024-01-05 16:00,7
      b,2024-01-05 15:00,6
      """
    let gaps = try readTable(text) { $0.policy.missingDays = .gap }
    #expect(gaps.panel.calendar.startHour == 13 && gaps.panel.calendar.count == 5)
    #expect((0..<5).map(gaps.panel.series(at: 0).value(at:)) == [1, 2, nil, nil, 5])
    #expect(gaps.panel.steps(at: 1) == 2..<4)
    let zeros = try readTable(text)
    #expect((0..<5).map(zeros.panel.series(at: 0).value(at:)) == [1, 2, 0, 0, 5])
    #expect((0..<5).map(zeros.panel.series(at: 1).value(at:)) == [nil, nil, 6, 7, 0])
    #expect("\(zeros.report)".contains("3 hours without a row"))
    #expect("\(zeros.report)".contains("ds: steps are hours, since the dates have times of day"))
  }

  @Test func midnightIsNoOtherFormThanTheHoursAfterIt() throws {
    let table = try readTable("unique_id,ds,y\na,2024-01-05,1\na,2024-01-05 01:00,2\n")
    #expect(table.panel.calendar.frequency == .hour && table.panel.calendar.startHour == 0)
    #expect(table.panel.calendar.label(at: 2) == "2024-01-05 02:00")
  }

  @Test func theSameHourEachDayIsADay() throws {
    let rows = (1...9).map { "a,2024-01-0\($0) 08:00:00,\($0)\n" }.joined()
    let table = try readTable("unique_id,ds,y\n" + rows)
    #expect(
      table.panel.calendar
        == RegularCalendar(
          start: date(2024, 1, 1), count: 9, labels: table.panel.calendar.labels))
    #expect(table.panel.calendar.label(at: 9) == "2024-01-10 08:00:00")
    #expect(
      table.report.conventions == [
        "ds: the time of day is left out, since it is 8:00 in every row"
      ])
  }

  @Test(arguments: [
    (
      "a,2024-01-05 06:00,1\na,2024-01-05 12:00,2\na,2024-01-05 18:00,3\n",
      "the times of a series are 6 hours apart or a multiple of that, which is no length of a step: "
        + "the length of a step may be an hour or another; declare the frequency of the table"
    ),
    (
      "a,2024-01-05 22:00,1\na,2024-01-06 23:00,2\na,2024-01-07 22:00,3\n",
      "no two times of a series are less than 23 hours apart, and the hours differ: the length of a step "
        + "may be a day or an hour; declare the frequency of the table"
    ),
  ])
  func otherDistancesAreAmbiguous(rows: String, message: String) {
    let error = #expect(throws: TableError.self) { try readTable("unique_id,ds,y\n" + rows) }
    #expect(error?.description == "sales.csv: column \"ds\": " + message)
  }

  @Test func aDeclaredFrequencyDecides() throws {
    let rows = "a,2024-01-05 22:15,1\na,2024-01-06 23:00,2\na,2024-01-07 22:00,3\n"
    let days = try readTable("unique_id,ds,y\n" + rows) { $0.policy.frequency = .day }
    #expect(days.panel.calendar == RegularCalendar(start: date(2024, 1, 5), count: 3))
    #expect(days.report.conventions == ["ds: the time of day of 3 rows is left out"])
    let sixHours = "a,2024-01-05 06:00,1\na,2024-01-05 12:00,2\n"
    let hours = try readTable("unique_id,ds,y\n" + sixHours) { $0.policy.frequency = .hour }
    #expect(hours.panel.calendar.count == 7)
  }

  @Test func aTimeWithinAnHourIsAnError() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\na,2024-01-05 22:00,1\na,2024-01-05 22:15,2\n")
    }
    #expect(error?.line == 3 && error?.fault == .timeWithinHour(text: "2024-01-05 22:15"))
  }

  @Test func oneTimeShowsNothing() throws {
    let text = "unique_id,ds,y\na,2024-01-05 22:00,1\nb,2024-01-05 22:00,2\n"
    let error = #expect(throws: TableError.self) { try readTable(text) }
    #expect(error?.line == 2 && error?.fault == .singleTime(date: date(2024, 1, 5), hour: 22))
    #expect(try readTable(text) { $0.policy.frequency = .hour }.panel.calendar.startHour == 22)
    #expect(try readTable(text) { $0.policy.frequency = .day }.panel.calendar.frequency == .day)
  }

  @Test func daysAreNoHours() {
    let error = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\na,2024-01-05,1\na,2024-01-06,2\n") {
        $0.policy.frequency = .hour
      }
    }
    #expect(error?.fault == .coarserDates(named: .day, frequency: .hour))
  }

  @Test func aSecondRowNamesTheHour() {
    let error = #expect(throws: TableError.self) {
      try readTable(
        "unique_id,ds,y\na,2024-10-27 01:00,1\na,2024-10-27 02:00,2\na,2024-10-27 02:00,3\n")
    }
    #expect(
      error?.description
        == "sales.csv:4: a second row for \"a\" on 2024-10-27 02:00, after line 3; sum the rows of a "
        + "series and hour into one")
  }

  @Test func aWideTableHasAColumnAnHour() throws {
    let reader = WideTableReader(identity: "id", steps: .dates(.automatic))
    let text = "id,2024-01-05 22:00,2024-01-05 23:00,2024-01-06 00:00\na,1,2,3\nb,,5,6\n"
    let panel = try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv")).panel()
    #expect(panel.calendar.frequency == .hour && panel.calendar.startHour == 22)
    #expect(panel.calendar.label(at: 3) == "2024-01-06 01:00")
    #expect(panel.steps(at: 1) == 1..<3)
    var numbered = WideTableReader(identity: "id", steps: .numbered(prefix: "V", first: 1))
    numbered.policy.frequency = .hour
    let table = try numbered.read(MemoryByteSource(Array("id,V1,V2\na,1,2\n".utf8), name: "w.csv"))
    #expect(
      table.panel(from: date(2015, 7, 1), hour: 12).calendar.label(at: 1) == "2015-07-01 13:00")
  }

  /// A table of days says the same for all hours of a day; one of hours does not.
  @Test(arguments: [
    ("2024-01-05,1\n2024-01-06,2\n", [1.0, 1, 2, 2, 2]),
    (
      "2024-01-05 22:00,1\n2024-01-05 23:00,2\n2024-01-06 00:00,3\n2024-01-06 01:00,4\n2024-01-06 02:00,5\n",
      [1, 2, 3, 4, 5]
    ),
  ])
  func covariatesAreOfDaysOrHours(rows: String, expected: [Double]) throws {
    let panel = try readTable(
      "unique_id,ds,y\n"
        + (0..<5).map { "a,2024-01-0\(5 + ($0 + 22) / 24) \(($0 + 22) % 24):00,1\n" }
        .joined()
    ).panel
    var reader = CovariateTableReader([CovariateColumn("x", role: .past, kind: .numeric)])
    reader.time = .date("ds", .automatic)
    let source = MemoryByteSource(Array(("ds,x\n" + rows).utf8), name: "x.csv")
    let read = try reader.read(DelimitedRecordSource(source), into: panel).panel
    #expect(Array(try read.pastCovariate("x").numbers(of: 0, over: 0..<5)) == expected)
  }
}
