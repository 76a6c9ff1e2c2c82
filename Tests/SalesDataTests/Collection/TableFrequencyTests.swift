import SalesData
import SalesTestSupport
import Testing

/// Tables whose rows, or columns, are about weeks, months or longer steps.
@Suite struct TableFrequencyTests {
  /// Fridays, a Thursday and a Saturday: a row counts in the week that holds its date.
  static let weekly =
    "unique_id,ds,y\na,2010-02-05,1\na,2010-02-11,2\na,2010-02-26,4\nb,2010-02-13,5\n"

  @Test func aRowCountsInTheStepThatHoldsItsDate() throws {
    let table = try readTable(Self.weekly) {
      $0.policy.frequency = .week(startingOn: .saturday)
      $0.policy.missingDays = .gap
    }
    let calendar = table.panel.calendar
    #expect(calendar.frequency == .week(startingOn: .saturday))
    #expect(
      calendar.dates.map(\.description) == ["2010-01-30", "2010-02-06", "2010-02-13", "2010-02-20"])
    #expect((0..<4).map(table.panel.series(at: 0).value(at:)) == [1, 2, nil, 4])
    #expect(table.panel.steps(at: 1) == 2..<3)
    #expect(table.report.gaps == 1)
  }

  @Test(arguments: [
    (Frequency.month, "month that begins on 2010-02-01", 3),
    (.week(startingOn: .friday), "week from friday that begins on 2010-02-05", 3),
    (.quarter, "quarter that begins on 2010-01-01", 3),
    (.year, "year that begins on 2010-01-01", 3),
  ])
  func twoRowsInOneStepAreAnError(frequency: Frequency, step: String, line: Int) {
    let error = #expect(throws: TableError.self) {
      try readTable(Self.weekly) { $0.policy.frequency = frequency }
    }
    #expect(
      error?.description
        == "sales.csv:\(line): a second row for \"a\" in the \(step), after line 2; "
        + "sum the rows of a series and step into one")
  }

  @Test func gapsAreLimitedInDaysWhateverTheStep() throws {
    let text = "unique_id,ds,y\na,1900-06-01,1\nb,2024-01-01,2\n"
    let error = #expect(throws: TableError.self) {
      try readTable(text) { $0.policy.frequency = .year }
    }
    #expect(
      error?.description == "sales.csv: no row is between 1900-06-01 (line 2) and 2024-01-01 "
        + "(line 3), 45139 days, more than the 7305 allowed; is one of the dates mistyped?")
    let table = try readTable(text) {
      $0.policy.frequency = .year
      $0.gapLimit = 45_139
    }
    #expect(table.panel.calendar.count == 125)
  }

  @Test(arguments: ["", " 07:00"])
  func gapsAreCountedInDaysIfDatesHaveHours(time: String) throws {
    let text = "unique_id,ds,y\nb,2024-01-02\(time),2\na,1900-06-01\(time),1\n"
    let error = #expect(throws: TableError.self) { try readTable(text) }
    #expect(
      error?.description == "sales.csv: no row is between 1900-06-01 (line 3) and 2024-01-02 "
        + "(line 2), 45140 days, more than the 7305 allowed; is one of the dates mistyped?")
  }

  @Test func historiesOfCenturiesAreRead() throws {
    let rows = (1750...1995).map { "a,\($0)-01-01,\($0 % 17)\n" }.joined()
    let table = try readTable("unique_id,ds,y\n" + rows)
    #expect(table.panel.calendar.count == 246)
    #expect(table.panel.calendar.frequency == .year)
  }

  @Test func knownCovariatesReachBeyondTheLastValueByTheStep() throws {
    let text = "unique_id,ds,y,promo\na,2024-01-31,1,0\na,2024-02-29,2,1\na,2024-04-30,,1\n"
    let panel = try readTable(text) {
      $0.policy.frequency = .month
      $0.schema.covariates = [CovariateColumn("promo", role: .known, kind: .numeric)]
    }.panel
    #expect(panel.calendar.dates.map(\.description) == ["2024-01-01", "2024-02-01"])
    let promo = try panel.knownCovariate("promo")
    #expect(promo.futureSteps == 2)
    let (values, missing) = try promo.numberWindow(of: 0, over: 0..<4)
    #expect(values == [0, 1, 0, 1])
    #expect(missing == [false, false, true, false])
  }

  @Test func columnsOfAWideTableAreSteps() throws {
    var reader = WideTableReader(identity: "id", steps: .dates(.iso))
    reader.policy.frequency = .month
    let text = "id,2024-01-31,2024-02-29,2024-03-31\na,1,,3\n"
    let panel = try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv")).panel()
    #expect(panel.calendar.dates.map(\.description) == ["2024-01-01", "2024-02-01", "2024-03-01"])
    #expect((0..<3).map(panel.series(at: 0).value(at:)) == [1, nil, 3])
    let broken = "id,2024-01-31,2024-03-31\na,1,3\n"
    let error = #expect(throws: TableError.self) {
      try reader.read(MemoryByteSource(Array(broken.utf8), name: "w.csv"))
    }
    #expect(
      error?.description == "w.csv:1: column \"2024-03-31\" is in the place of \"2024-02-01\"; "
        + "step columns must be consecutive")
  }

  @Test func numberedColumnsTakeTheirDatesFromTheFirst() throws {
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "W", first: 0))
    reader.policy.frequency = .week()
    let text = "id,W0,W1,W2\na,1,2,3\n"
    let table = try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv"))
    let panel = table.panel(from: CalendarDate(year: 2024, month: 1, day: 3)!)
    #expect(panel.calendar.dates.map(\.description) == ["2024-01-01", "2024-01-08", "2024-01-15"])
  }

  /// `t = pd.read_csv(name); g = t.groupby(["Store", "Dept"]).Date.agg(["min", "max", "count"])`,
  /// `d = (to_datetime(g["max"]) - to_datetime(g["min"])).dt.days // 7 + 1`, then
  /// `len(t), len(g), d.sum(), (d - g["count"]).sum(), (t.Weekly_Sales < 0).sum(), t.Weekly_Sales.sum()`
  @Test(.enabled(if: sharedData("walmart_weekly/train.csv.gz") != nil))
  func readsTheWeeksOfWalmart() throws {
    var schema = TableSchema(identity: ["Store", "Dept"], time: "Date")
    schema.target = "Weekly_Sales"
    var reader = LongTableReader(schema)
    reader.policy.frequency = .week(startingOn: .saturday)
    reader.policy.missingDays = .gap
    reader.policy.negativeValues = .keep
    let table = try reader.read(sharedData("walmart_weekly/train.csv.gz")!)
    #expect(table.report.rowsKept == 421_570)
    #expect(table.report.negativesKept == 1_285)
    #expect(table.panel.seriesCount == 3_331)
    #expect(table.panel.calendar.count == 143)
    #expect(table.report.gaps == 27_667)
    let cells = table.panel.allSeries.reduce(0) { $0 + $1.steps.count }
    #expect(cells == 449_237)
    let sum = table.panel.allSeries.reduce(0) { $0 + $1.values.reduce(0) { $0 + Double($1) } }
    #expect(abs(sum - 6_737_218_987.11) < 1e3)
  }
}
