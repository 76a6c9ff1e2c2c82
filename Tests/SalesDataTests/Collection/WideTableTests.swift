import SalesData
import Testing

@Suite struct WideTableTests {
  @Test func aPartOfTheIdentityMayBeALevel() throws {
    let table = try read(
      "item,store,d_1,d_2\nx,1,1,2\nx,2,3,4\nz,2,5,6\n", steps: .numbered(prefix: "d_", first: 1)
    ) {
      $0.identity = ["item", "store"]
      $0.categories = ["store"]
    }
    #expect(table.ids == ["x/1", "x/2", "z/2"])
    #expect(
      table.categories[0].values == CategoryColumn([1, 2, 2], vocabulary: Vocabulary(["1", "2"])))
  }

  @Test func readsNumberedColumnsWithRaggedEnds() throws {
    let table = try read(
      "id,dept,d_3,d_4,d_5,d_6,note\na,x,1,2.5,,4,\nb,y,,7,0,,n\nc,x,,,NA,,\nd,,,,,9,\n",
      steps: .numbered(prefix: "d_", first: 1)
    ) { $0.categories = ["dept"] }
    #expect(table.ids == ["a", "b", "c", "d"])
    #expect(table.stepCount == 6)
    #expect(table.steps == [2..<6, 3..<5, 2..<2, 5..<6])
    #expect(table.values.map { $0.isNaN ? -1 : $0 } == [1, 2.5, -1, 4, 7, 0, 9])
    #expect(table.categories.map(\.name) == ["dept"])
    #expect(
      table.categories[0].values
        == CategoryColumn([1, 2, 1, 0], vocabulary: Vocabulary(["x", "y"])))
    #expect(table.report.rowsRead == 4)
    #expect(table.report.rowsWithoutValue == 1)
    #expect(table.report.valuesRead == 16)
    #expect(table.report.values == 6)
    #expect(table.report.gaps == 1)
    #expect(table.report.valuesOutside == 9)
    let panel = table.panel(from: CalendarDate(year: 2024, month: 2, day: 28)!)
    #expect(panel.levels == ["dept"])
    #expect(panel.calendar.date(at: 2).description == "2024-03-01")
    #expect((0..<6).map(panel.series(at: 0).value(at:)) == [nil, nil, 1, 2.5, nil, 4])
    #expect((0..<6).map(panel.series(at: 1).value(at:)) == [nil, nil, nil, 7, 0, nil])
  }

  @Test func readsColumnsOfDates() throws {
    let table = try read(
      "id;28.02.2023;1.3.2023;02.03.2023\na;1,5;-2;3\n", steps: .dates(.dayMonthYear)
    ) {
      $0.format.decimalMark = .comma
      $0.policy.negativeValues = .clip
    }
    #expect(table.firstDate?.description == "2023-02-28")
    #expect(table.report.negativesClipped == 1)
    #expect(Array(table.panel().series(at: 0).values) == [1.5, 0, 3])
  }

  @Test(arguments: [
    (
      "id,x\na,1\n",
      "w.csv:1: no column is named like \"d_1\", the first step; there are \"id\", \"x\""
    ),
    (
      "id,d_1,d_3\na,1,2\n",
      "w.csv:1: column \"d_3\" is in the place of \"d_2\"; step columns must be consecutive"
    ),
    (
      "id,d_1,n,d_2\na,1,2,3\n",
      "w.csv:1: column \"n\" is in the place of \"d_2\"; step columns must be consecutive"
    ),
    (
      "id,d_0,d_1\na,1,2\n",
      "w.csv:1: column \"d_0\" is in the place of \"d_1\"; step columns must be consecutive"
    ),
    (
      "id,d_1\na,1\nb,2\na,3\n",
      "w.csv:4: a second row for \"a\", after line 2; every series has one row"
    ),
    (
      "id,d_1\na,1,2\n",
      "w.csv:2: has 3 fields where the header has 2; enclose fields that contain a separator in double "
        + "quotes"
    ),
    (
      "id,d_1\na,-1\n",
      "w.csv:2: column \"d_1\": \"-1\" is negative; net returns against sales, clip negative values "
        + "to 0, or keep them"
    ),
    ("id,d_1\na,\n", "w.csv: no row has a value; check the column of values"),
    ("id,d_1\n", "w.csv: has a header but no rows below it"),
    ("id,d_1\n,1\n", "w.csv:2: column \"id\": is empty; every row needs the id of its series"),
  ])
  func saysWhatIsWrong(text: String, message: String) {
    let error = #expect(throws: TableError.self) {
      try read(text, steps: .numbered(prefix: "d_", first: 1))
    }
    #expect(error?.description == message)
  }

  /// `m = pd.read_csv(name); v = m.iloc[:, 1:]; len(m), v.shape[1], v.notna().sum().sum(), v.sum().sum()`
  @Test(
    .enabled(
      if: sharedData("m4/Hourly-train.csv.gz") != nil,
      "the M4 data are not there, or this is a debug build"),
    arguments: [
      ("m4/Hourly-train.csv.gz", 414, 960, 353_500), ("m4/Weekly-train.csv.gz", 359, 2597, 366_912),
    ])
  func readsM4(name: String, series: Int, steps: Int, values: Int) throws {
    let reader = WideTableReader(identity: "V1", steps: .numbered(prefix: "V", first: 2))
    let table = try reader.read(#require(sharedData(name)))
    #expect(table.ids.count == series)
    #expect(table.stepCount == steps)
    #expect(table.report.values == values)
    #expect(table.report.gaps == 0)
  }

  /// `m = pd.read_csv(name); v = m.iloc[:, 6:]; v.shape, v.sum().sum(), m.groupby("dept_id").size()`
  @Test(
    .enabled(
      if: sharedData("m5/sales_d1495_d1941.csv.gz") != nil,
      "the M5 data are not there, or this is a debug build"))
  func readsM5() throws {
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1495))
    reader.categories = ["dept_id", "store_id"]
    let table = try reader.read(#require(sharedData("m5/sales_d1495_d1941.csv.gz")))
    #expect(table.ids.count == 30_490)
    #expect(table.stepCount == 447)
    #expect(table.values.reduce(0) { $0 + Double($1) } == 17_587_646)
    let departments = table.categories[0].values
    #expect(departments.vocabulary.names.count == 7)
    let hobbies = departments.vocabulary.code(of: "HOBBIES_1")
    #expect(departments.codes.count { $0 == hobbies } == 4160)
  }

  private func read(
    _ text: String, steps: WideTableReader.StepColumns,
    _ configure: (inout WideTableReader) -> Void = { _ in }
  ) throws(TableError) -> WideTable {
    var reader = WideTableReader(identity: "id", steps: steps)
    configure(&reader)
    return try reader.read(MemoryByteSource(Array(text.utf8), name: "w.csv"))
  }
}
