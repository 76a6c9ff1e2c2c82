import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// Further tables of a panel, against pandas' merges:
///
/// ```text
/// s, c, p = (pd.read_csv(io.StringIO(t)) for t in (sales, calendar, prices))
/// days = pd.date_range("2024-01-31", "2024-02-10").strftime("%Y-%m-%d")
/// m = s[["id", "item", "store"]].merge(pd.DataFrame({"date": days}), how="cross")
/// m = m.merge(c, how="left").merge(p, how="left")
/// for i, g in m.groupby("id", sort=False):
///   print(i, g.price.tolist()[{"tea_N": 2}.get(i, 0):])
/// ```
@Suite struct CovariateTableTests {
  static let sales = """
    id,item,store,d_1,d_2,d_3,d_4,d_5,d_6,d_7,d_8,d_9
    tea_S,tea,S,1,2,3,4,5,6,7,8,9
    tea_N,tea,N,,,3,4,5,6,7,8,9
    cup_S,cup,S,1,2,3,4,5,6,7,,
    cup_N,cup,N,0,1,0,1,0,1,0,1,0
    """

  static let calendar = """
    date,week,event
    2024-01-29,w0,
    2024-01-30,w0,Carnival
    2024-01-31,w0,
    2024-02-01,w0,
    2024-02-02,w1,Candlemas
    2024-02-03,w1,
    2024-02-04,w1,
    2024-02-05,w2,
    2024-02-06,w2,
    2024-02-07,w2,
    2024-02-08,w2,
    2024-02-09,w3,Carnival
    2024-02-10,w3,
    """

  static let prices = """
    store,item,week,price
    S,tea,w0,1.5
    S,tea,w1,
    S,tea,w2,1.25
    S,tea,w3,1.75
    N,tea,w0,9
    N,tea,w1,2.5
    S,cup,w2,7
    S,mug,w1,3
    N,cup,w9,4
    N,cup,w3,8.5
    """

  private let panel: Panel

  init() throws {
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    reader.categories = ["item", "store"]
    panel = try reader.read(source(Self.sales)).panel(from: date(2024, 1, 31))
  }

  @Test func pricesOfWeeksAreWhatPandasMerges() throws {
    let read = try priceReader(role: .known).read(source(Self.prices), into: panel)
    let price = try read.panel.knownCovariate("price")
    #expect(price.futureSteps == 2)
    let expected: [[Double?]] =
      [
        [nil, nil, nil, nil, nil, nil, nil, nil, nil, 8.5, 8.5],
        [nil, nil, nil, nil, nil, 7, 7, 7, 7, nil, nil],
        [2.5, 2.5, 2.5, nil, nil, nil, nil, nil, nil],
        [1.5, 1.5, nil, nil, nil, 1.25, 1.25, 1.25, 1.25, 1.75, 1.75],
      ]
    #expect(values(of: price) == expected)
    let report = read.report
    #expect(report.rowsRead == 10 && report.rowsUsed == 7 && report.rowsSetAside == 3)
    #expect(
      report.setAside.map(\.reason) == [
        "before the first step of its series", "of a series that the panel does not contain",
        "of a period without a known day",
      ])
    #expect(report.setAside.map { $0.examples.map(\.line) } == [[6], [9], [10]])
    #expect(report.setAside[1].examples[0].text == "S|mug|w1|3")
    let column = try #require(report.columns.first)
    #expect(column.values == 42 && column.missing == 25 && column.futureSteps == 2)
  }

  /// What is known in the past only ends with each series; what lies after is set aside.
  @Test func pricesOfThePastEndWithTheSeries() throws {
    let read = try priceReader(role: .past).read(source(Self.prices), into: panel)
    let price = try read.panel.pastCovariate("price")
    let expected: [[Double?]] =
      [
        [nil, nil, nil, nil, nil, nil, nil, nil, nil], [nil, nil, nil, nil, nil, 7, 7],
        [2.5, 2.5, 2.5, nil, nil, nil, nil], [1.5, 1.5, nil, nil, nil, 1.25, 1.25, 1.25, 1.25],
      ]
    #expect(values(of: price) == expected)
    #expect(
      read.report.setAside.first?.reason
        == "after the panel's end, in a past-only column"
    )
    #expect(read.report.rowsRead == read.report.rowsUsed + read.report.rowsSetAside)
  }

  @Test func aTableWithoutAKeyOfSeriesIsShared() throws {
    var reader = CovariateTableReader([CovariateColumn("event", role: .known, kind: .categorical)])
    reader.time = .date("date")
    let read = try reader.read(source(Self.calendar), into: panel)
    let event = try read.panel.knownCovariate("event")
    #expect(event.isShared && event.futureSteps == 2)
    let vocabulary = try #require(event.vocabulary)
    let names = try event.codes(of: 3, over: 0..<11).map { vocabulary.name(of: $0) ?? "" }
    #expect(names == ["", "", "Candlemas", "", "", "", "", "", "", "Carnival", ""])
    #expect(read.report.rowsSetAside == 2)
    #expect(read.report.setAside[0].reason == "before the panel's first step")
  }

  @Test func aTableWithoutATimeIsStatic() throws {
    var reader = CovariateTableReader([
      CovariateColumn("weight", role: .static, kind: .numeric),
      CovariateColumn("maker", role: .static, kind: .categorical),
    ])
    reader.series = .columns([.init("sku", covariate: "item")])
    let text = "sku,maker,weight\ncup,Kiln,0.25\nmug,Kiln,0.5\ntea,Leaf,\n"
    let read = try reader.read(source(text), into: panel)
    let weight = try read.panel.staticCovariate("weight")
    #expect(weight.values == .numbers([0.25, 0.25, nil, nil]))
    let (codes, vocabulary) = try read.panel.staticCovariate("maker").categories()
    #expect(codes.map(vocabulary.name) == ["Kiln", "Kiln", "Leaf", "Leaf"])
    #expect(read.report.rowsSetAside == 1)
  }

  @Test func rowsFindTheirSeriesByIdentity() throws {
    var reader = CovariateTableReader([CovariateColumn("visits", role: .past, kind: .numeric)])
    reader.series = .identity(["item", "store"], separator: "_")
    reader.time = .date("day", .dayMonthYear)
    let text = "day,visits,store,item\n1.2.2024,5,S,cup\n02.02.2024,6,N,tea\n3.2.2024,7,N,mug\n"
    let read = try reader.read(source(text), into: panel)
    let visits = values(of: try read.panel.pastCovariate("visits"))
    let cups: [Double?] = [nil, 5, nil, nil, nil, nil, nil]
    #expect(visits[1] == cups)
    #expect(visits[2][0] == 6)
    #expect(visits.joined().compactMap { $0 } == [5, 6])
    #expect(read.report.rowsUsed == 2)
  }

  @Test func weeksOfAWeeklyPanelTakeTheirLabels() throws {
    let weekly = Panel(
      calendar: RegularCalendar(
        start: date(2024, 2, 2), count: 1, frequency: .week(startingOn: .friday)),
      series: [Series(id: "tea", values: [3])])
    var reader = CovariateTableReader([CovariateColumn("price", role: .known, kind: .numeric)])
    let friday = "date,week\n2024-02-02,a\n2024-02-08,a\n2024-02-09,b\n2024-02-15,b\n"
    reader.time = .period("week", try labels(friday))
    let read = try reader.read(source("week,price\na,2\nb,3\n"), into: weekly)
    let price = try read.panel.knownCovariate("price").numbers(of: 0, over: 0..<2)
    #expect(Array(price) == [2, 3])
    // Weeks from Monday are no weeks from Friday.
    reader.time = .period("week", try labels("date,week\n2024-02-04,a\n2024-02-05,b\n"))
    expectError("t.csv: periods \"a\" and \"b\" both have days in the step from 2024-02-02") {
      try reader.read(source("week,price\na,2\nb,3\n"), into: weekly)
    }
  }

  @Test(arguments: [
    (
      "S,tea,w0,1.5\nN,tea,w1,3\nS,tea,w0,1.5",
      "t.csv:4: a second row for the same series and step, after line 2"
    ),
    ("S,tea,w1,many", "t.csv:2: column \"price\": \"many\" is not a number"),
    ("S,,w1,3", "t.csv:2: column \"item\": is empty"),
    ("S,tea,,3", "t.csv:2: column \"week\": there is no value"),
    ("S,tea,w1", "t.csv:2: has 3 fields where the header has 4"),
    (
      "S,mug,w1,3\nS,jar,w1,3",
      "t.csv: no row matches a series and a step of the panel, but 2 of a series that"
    ),
    ("", "t.csv: has a header but no rows below it"),
  ])
  func aBadRowIsAnError(_ rows: String, _ message: String) throws {
    let reader = try priceReader(role: .known)
    expectError(message) { try reader.read(source("store,item,week,price\n" + rows), into: panel) }
  }

  @Test func aBadTableIsAnError() throws {
    var reader = try priceReader(role: .known)
    reader.series = .columns([.init("store"), .init("item", covariate: "sku")])
    expectError(
      "t.csv:1: the panel has no static column of categories named \"sku\" to match rows to series; it has \"item\", \"store\""
    ) { try reader.read(source(Self.prices), into: panel) }
    reader = try priceReader(role: .known)
    let priced = panel.adding(static: "price", .numbers([1, 2, 3, 4]))
    expectError("t.csv:1: the panel already has a column \"price\"") {
      try reader.read(source(Self.prices), into: priced)
    }
    var events = CovariateTableReader([CovariateColumn("event", role: .known, kind: .categorical)])
    events.time = .date("date")
    expectError(
      "t.csv:2: column \"date\": 2924-02-01 is more than 36525 days after the panel's end"
    ) {
      try events.read(source("date,event\n2924-02-01,Carnival\n"), into: panel)
    }
  }

  @Test(arguments: [
    (
      "2024-02-02,a\n2024-02-02,b",
      "t.csv:3: column \"week\": 2024-02-02 is in period \"b\", but in \"a\" on line 2"
    ),
    ("2024-02-02,", "t.csv:2: column \"week\": there is no value"),
    ("2024-02-30,a", "t.csv:2: column \"date\": \"2024-02-30\" is not a date"),
    ("", "t.csv: has a header but no rows below it"),
  ])
  func aBadTableOfPeriodsIsAnError(_ rows: String, _ message: String) {
    expectError(message) { try labels("date,week\n" + rows) }
  }

  @Test func thePeriodsOfATableFollowOneAnother() throws {
    var reader = try priceReader(role: .known)
    let broken = "date,week\n2024-01-31,a\n2024-02-01,b\n2024-02-02,a\n"
    reader.time = .period("week", try labels(broken))
    expectError("t.csv: period \"a\" begins again on 2024-02-02") {
      try reader.read(source(Self.prices), into: panel)
    }
  }

  @Test func contradictionsStopTheProgram() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 1),
        series: [Series(id: "a", values: [1])])
      let column = CovariateColumn("x", role: .known, kind: .numeric)
      let text = MemoryByteSource(Array("x\n1\n".utf8), name: "t.csv")
      _ = try CovariateTableReader([column]).read(DelimitedRecordSource(text), into: panel)
    }
    expectStopped(result, "CovariateTableReader: expected a series or time column")
  }

  private func priceReader(role: CovariateRoleName) throws -> CovariateTableReader {
    var reader = CovariateTableReader([CovariateColumn("price", role: role, kind: .numeric)])
    reader.series = .columns([.init("store"), .init("item")])
    reader.time = .period("week", try labels(Self.calendar))
    return reader
  }

  private func labels(_ text: String) throws(TableError) -> PeriodLabels {
    try PeriodLabels(source(text), label: "week", date: "date")
  }

  /// The numbers of each series over its steps, nil where missing.
  private func values<Role>(of covariate: TimedCovariate<Role>) -> [[Double?]] {
    panel.ids.indices.map { index in
      let (values, missing) = try! covariate.numberWindow(
        of: index, over: covariate.steps(of: index))
      return zip(values, missing).map { $1 ? nil : $0 }
    }
  }
}

private func source(_ text: String) throws(TableError) -> DelimitedRecordSource {
  try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv"))
}

private func expectError(
  _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> some Any
) {
  let error = #expect(throws: TableError.self, sourceLocation: sourceLocation) { _ = try body() }
  #expect(
    error?.description.hasPrefix(message) == true, "\(error?.description ?? "")",
    sourceLocation: sourceLocation)
}
