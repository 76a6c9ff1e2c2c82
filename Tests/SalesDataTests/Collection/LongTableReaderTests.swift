import SalesData
import SalesTestSupport
import Testing

@Suite struct LongTableReaderTests {
  @Test func readsRowsInAnyOrderAndMakesTheCalendarRegular() throws {
    let table = try readTable(
      """
      unique_id,ds,y
      b,2024-01-04,4
      a,2024-01-02,2.5
      b,2024-01-01,1
      """)
    let panel = table.panel
    #expect(panel.ids == ["a", "b"])
    #expect(panel.calendar.start.description == "2024-01-01")
    #expect(panel.calendar.count == 4)
    // No row means no sale, from the first row of a series to the last date of the table.
    #expect((0..<4).map(panel.series(at: 1).value(at:)) == [1, 0, 0, 4])
    #expect((0..<4).map(panel.series(at: 0).value(at:)) == [nil, 2.5, 0, 0])
    #expect(panel.series(at: 0).steps == 1..<4)
    #expect(table.report.rowsRead == 3)
    #expect(table.report.rowsKept == 3)
    #expect(table.report.stepsFilledWithZero == 4)
    #expect(table.report.gaps == 0)
  }

  @Test func leavesGapsWhereAskedTo() throws {
    let table = try readTable(
      "unique_id,ds,y\nb,2024-01-01,1\nb,2024-01-04,4\na,2024-01-02,2\na,2024-01-03,3\n"
    ) { $0.policy.missingDays = .gap }
    let panel = table.panel
    #expect((0..<4).map(panel.series(at: 1).value(at:)) == [1, nil, nil, 4])
    #expect(panel.series(at: 0).steps == 1..<3)
    #expect(table.report.stepsFilledWithZero == 0)
    #expect(table.report.gaps == 2)
  }

  /// A table with rows for days without a sale has a reason to leave others out.
  @Test func missingDaysAreUnknownWhereOthersAreZero() throws {
    let rows = [
      "a,2024-01-01,0", "a,2024-01-02,5", "a,2024-01-04,7", "b,2024-01-02,3", "b,2024-01-07,4",
    ]
    let table = try readTable("unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n")
    #expect((0..<7).map(table.panel.series(at: 0).value(at:)) == [0, 5, nil, 7, 0, 0, 0])
    #expect((0..<7).map(table.panel.series(at: 1).value(at:)) == [nil, 3, nil, nil, nil, nil, 4])
    #expect(table.panel.series(at: 1).steps == 1..<7)
    #expect(
      table.report.description == """
        5 rows read
        5 rows kept
        3 days without a row, taken as 0
        5 days without a row, taken as unknown, since at least 5 % of the values are 0
        5 days that are gaps
        """)
    let zeros = try readTable("unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n") {
      $0.policy.missingDays = .zero
    }
    #expect((0..<7).map(zeros.panel.series(at: 1).value(at:)) == [nil, 3, 0, 0, 0, 0, 4])
    #expect(zeros.report.stepsFilledWithZero == 8 && zeros.report.stepsTakenAsUnknown == 0)
  }

  /// One of 21 values is 0: less than a twentieth.
  @Test func missingDaysAreZeroWhereFewOthersAre() throws {
    let rows = (1...20).map { "a,2024-01-\($0 < 10 ? "0" : "")\($0),2\n" }
    func table(_ zero: String) throws -> LongTable {
      try readTable("unique_id,ds,y\n" + rows.joined() + "b,2024-01-05,\(zero)\nb,2024-01-07,3\n")
    }
    #expect(try table("0").panel.series(at: 1).value(at: 5) == 0)
    #expect(try table("0").report.stepsTakenAsUnknown == 0)
    let more = try readTable(
      "unique_id,ds,y\n" + rows.dropFirst(3).joined() + "b,2024-01-05,0\nb,2024-01-07,3\n")
    #expect(more.panel.series(at: 1).value(at: 2) == nil)
  }

  @Test(arguments: ["", "NaN", "nan", "NA", "n/a", "null", "NULL", "None", "<NA>", "  ", "\"\""])
  func aMissingValueIsAGapAndCounted(word: String) throws {
    let table = try readTable(
      "unique_id,ds,y\na,2024-01-01,1\na,2024-01-02,\(word)\na,2024-01-03,3\n"
    ) { $0.policy.missingValues = .gap }
    #expect((0..<3).map(table.panel.series(at: 0).value(at:)) == [1, nil, 3])
    #expect(table.report.rowsRead == 3)
    #expect(table.report.rowsKept == 2)
    #expect(table.report.rowsWithoutValue == 1)
    #expect(table.report.rowsSetAside == 1)
    #expect(table.report.gaps == 1)
    #expect(
      table.report.description == """
        3 rows read
        2 rows kept
        1 row set aside without a value
        1 day that is a gap
        """)
  }

  @Test func negativeValuesAreClippedOrKeptWhereAskedTo() throws {
    let text = "unique_id,ds,y\na,2024-01-01,-2.5\na,2024-01-02,-0\na,2024-01-03,3\n"
    let clipped = try readTable(text) { $0.policy.negativeValues = .clip }
    #expect((0..<3).map(clipped.panel.series(at: 0).value(at:)) == [0, 0, 3])
    #expect(clipped.report.negativesClipped == 1)
    #expect(clipped.report.rowsKept == 3)
    let kept = try readTable(text) { $0.policy.negativeValues = .keep }
    #expect((0..<3).map(kept.panel.series(at: 0).value(at:)) == [-2.5, 0, 3])
    #expect(kept.report.negativesKept == 1)
  }

  /// One table written in many ways, all of which are the same table.
  @Test(arguments: [
    "unique_id,ds,y\na,2024-01-01,1\nb,2024-01-02,2\n",
    "unique_id,ds,y\na,2024-01-01,1\nb,2024-01-02,2",
    "unique_id,ds,y\r\na,2024-01-01,1\r\nb,2024-01-02,2\r\n",
    "unique_id,ds,y\ra,2024-01-01,1\rb,2024-01-02,2\r",
    "\u{FEFF}unique_id,ds,y\na,2024-01-01,1\nb,2024-01-02,2\n",
    "\u{FEFF}\"unique_id\",\"ds\",\"y\"\n\"a\",\"2024-01-01\",\"1\"\n\"b\",\"2024-01-02\",\"2\"",
    "\n\nunique_id,ds,y\n\na,2024-01-01,1\n\n\r\nb,2024-01-02,2\n\n",
    " unique_id ,ds\t, y\na, 2024-01-01 , 1.0 \nb,2024-01-02,\t+2e0\n",
    "y,other,ds,unique_id\n1,x,2024-01-01,a\n2,\"x, \"\"y\"\"\n z\",2024-01-02,b\n",
    "unique_id,ds,y\na,2024-01-01 00:00Z,1\nb,2024-01-02T00:00:00.000Z,2\n",
  ])
  func takesEveryFormOfTheText(text: String) throws {
    let expected = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 2),
      series: [Series(id: "a", values: [1, 0]), Series(id: "b", start: 1, values: [2])])
    #expect(try readTable(text).panel == expected)
    // Wherever the pieces end in which it is read.
    for size in [1, 2, 3, 17] {
      let source = PiecewiseByteSource(Array(text.utf8), size: size)
      #expect(try LongTableReader().read(source).panel == expected)
    }
  }

  @Test func takesQuotedIdentitiesAsTheyAre() throws {
    let panel = try readTable(
      "unique_id,ds,y\n\"a \"\"7\"\"\"\"\",2024-01-01,1\n\"x,\r\ny\",2024-01-01,2\n15\" rule,2024-01-01,3\n"
    ).panel
    #expect(panel.ids == ["15\" rule", "a \"7\"\"", "x,\r\ny"])
  }

  @Test func oneTextInTwoSpellingsIsOneIdentity() throws {
    let panel = try readTable(
      "unique_id,ds,y\ncaf\u{E9},2024-01-01,1\ncafe\u{301},2024-01-02,2\n"
    ).panel
    #expect(panel.seriesCount == 1)
    #expect((0..<2).map(panel.series(at: 0).value(at:)) == [1, 2])
  }

  @Test func namesSeparatorsAndDateFormsAreOptions() throws {
    let expected = try readTable("unique_id,ds,y\na,2024-02-01,1\na,2024-02-13,2\n").panel
    let german = try readTable("Artikel;Tag;Menge\na;1.2.2024;1\na;13.02.2024;2\n") {
      $0.schema = TableSchema(identity: "Artikel", time: "Tag")
      $0.schema.target = "Menge"
      $0.schema.timeFormat = .dayMonthYear
    }
    #expect(german.panel == expected)
    let american = try readTable("unique_id\tds\ty\na\t2/1/2024\t1\na\t02/13/2024\t2\n") {
      $0.format.separator = .tab
      $0.schema.timeFormat = .monthDayYear
    }
    #expect(american.panel == expected)
  }

  @Test func readsNumbersAsTheStandardLibraryDoes() throws {
    let words = [
      "0", "1", "0.1", "3.14159265358979", ".5", "7.", "+12", "1e3", "1E-3", "2.5e+2",
      "16777217", "123456789012345678901234567890", "0.000000000000000000000000000000123",
      "9007199254740993", "1.17549435e-38", "1e-45", "1e-400", "3.4028234e38",
      "0.30000001192092896", "00012.500",
    ]
    let rows = words.enumerated().map { "s\(100 + $0.offset),2024-01-01,\($0.element)" }
    let panel = try readTable("unique_id,ds,y\n" + rows.joined(separator: "\n")).panel
    for (index, word) in words.enumerated() {
      let plain = word.hasPrefix(".") ? "0" + word : word.hasSuffix(".") ? word + "0" : word
      #expect(panel.series(at: index).value(at: 0) == Double(plain)!, "\(word)")
    }
  }

  @Test func manySeriesKeepTheirPlaces() throws {
    // More identities than the table of identities begins with, met day by day.
    let count = 5003
    let rows = (0..<3).flatMap { day in
      (0..<count).map { "item \(10_000 + $0),2024-01-0\(day + 1),\($0 + day)" }
    }
    let panel = try readTable("unique_id,ds,y\n" + rows.joined(separator: "\n")).panel
    #expect(panel.seriesCount == count)
    for index in stride(from: 0, to: count, by: 17) {
      #expect(panel.ids[index] == "item \(10_000 + index)")
      #expect(Array(panel.series(at: index).values) == (0..<3).map { Double(index + $0) })
    }
  }

  @Test func aLongFieldIsNoObstacle() throws {
    let note = String(repeating: "long, \"\"winding\"\"\n", count: 40_000)
    let panel = try readTable(
      "unique_id,note,ds,y\na,\"\(note)\",2024-01-01,1\na,,2024-01-02,2\n"
    ).panel
    #expect(Array(panel.series(at: 0).values) == [1, 2])
  }

  @Test func readsCovariatesBesideTheTarget() throws {
    let panel = try readTable(
      "unique_id,ds,y,price,event,region\n"
        + "b,2024-01-03,1,2.5,Sale,north\na,2024-01-01,3,,,south\n"
        + "b,2024-01-01,2,4,,\nb,2024-01-05,,4.5,Feast,north\na,2024-01-04,1,3,,\n"
    ) {
      $0.schema.covariates = [
        CovariateColumn("price", role: .known, kind: .numeric),
        CovariateColumn("event", role: .past, kind: .categorical),
        CovariateColumn("region", role: .static, kind: .categorical),
      ]
      $0.policy.missingDays = .gap
    }.panel
    // The fifth day has no value in any series: it is what is known ahead.
    #expect(panel.calendar.count == 4)
    #expect([panel.series(at: 0).steps, panel.series(at: 1).steps] == [0..<4, 0..<3])
    let price = try panel.knownCovariate("price")
    #expect(price.futureSteps == 1)
    let first = try price.numberWindow(of: 1, over: 0..<5)
    #expect(first.values == [4, 0, 2.5, 0, 4.5])
    #expect(first.missing == [false, true, false, true, false])
    let second = try price.numberWindow(of: 0, over: 0..<5)
    #expect(second.values == [0, 0, 0, 3, 0])
    #expect(second.missing == [true, true, true, false, true])
    let event = try panel.pastCovariate("event")
    #expect(try event.codes(of: 1, over: 0..<3) == [0, 0, 2])
    #expect(event.vocabulary?.names == ["Feast", "Sale"])
    let regions = try panel.staticCovariate("region").categories()
    #expect(regions.codes.map(regions.vocabulary.name(of:)) == ["south", "north"])
  }

  @Test func rowsAheadAreCountedAndGapsBeforeThemNeedAPolicy() throws {
    let text =
      "unique_id,ds,y,price\na,2024-01-01,1,2\na,2024-01-02,,3\nb,2024-01-02,4,5\n"
      + "b,2024-01-03,,6\na,2024-01-03,,7\n"
    let known = [CovariateColumn("price", role: .known, kind: .numeric)]
    let error = #expect(throws: TableError.self) {
      try readTable(text) { $0.schema.covariates = known }
    }
    #expect(error?.line == 3)
    let report = try readTable(text) {
      $0.schema.covariates = known
      $0.policy.missingValues = .gap
    }.report
    #expect(
      [report.rowsRead, report.rowsKept, report.rowsAhead, report.rowsSetAside] == [5, 2, 2, 1])
    #expect([report.gaps, report.stepsFilledWithZero] == [1, 0])
  }

  @Test func aStaticCovariateHasOneValueASeries() {
    let error = #expect(throws: TableError.self) {
      try readTable(
        "unique_id,ds,y,size\na,2024-01-01,1,2\na,2024-01-02,1,\na,2024-01-03,1,3\n"
      ) { $0.schema.covariates = [CovariateColumn("size", role: .static, kind: .numeric)] }
    }
    #expect(
      error?.description
        == "sales.csv:4: column \"size\": \"3.0\" for \"a\", which has \"2.0\" on line 2; "
        + "a static column has one value for each series")
  }

  /// So that a table of stores finds the series of each store.
  @Test func aPartOfTheIdentityMayBeACovariate() throws {
    let text = "item,store,ds,y\nx,1,2024-01-01,1\nx,2,2024-01-01,2\nz,2,2024-01-02,3\n"
    let store = CovariateColumn("store", role: .static, kind: .categorical)
    let panel = try readTable(text) {
      $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
      $0.schema.target = "y"
      $0.schema.covariates = [store]
    }.panel
    #expect(panel.ids == ["x/1", "x/2", "z/2"])
    let stores = try panel.staticCovariate("store").categories()
    #expect(stores.codes.map(stores.vocabulary.name(of:)) == ["1", "2", "2"])
    for asked in [[store, store], [CovariateColumn("y", role: .past, kind: .numeric)]] {
      let error = #expect(throws: TableError.self) {
        try readTable(text) {
          $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
          $0.schema.target = "y"
          $0.schema.covariates = asked
        }
      }
      #expect(error?.fault == .sharedColumn(name: asked[0].column))
    }
  }

  /// Joined by nothing, 1 and 23 would be the same as 12 and 3.
  @Test func anEmptyTextJoinsNoParts() {
    let error = #expect(throws: TableError.self) {
      try readTable("item,store,ds,y\n1,23,2024-01-01,1\n12,3,2024-01-02,2\n") {
        $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
        $0.schema.target = "y"
        $0.schema.identitySeparator = ""
      }
    }
    #expect(error?.fault == .separatorInIdentity(text: "1", separator: ""))
  }

  @Test func anIdentityMayTakeSeveralColumns() throws {
    let text = "item,store,ds,y\nx,1,2024-01-01,1\nx,2,2024-01-01,2\nx,1,2024-01-02,3\n"
    let panel = try readTable(text) {
      $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
      $0.schema.target = "y"
    }.panel
    #expect(panel.ids == ["x/1", "x/2"])
    #expect(Array(panel.series(at: 0).values) == [1, 3])
    let error = #expect(throws: TableError.self) {
      try readTable("item,store,ds,y\nx/1,2,2024-01-01,1\n") {
        $0.schema = TableSchema(identity: ["item", "store"], time: "ds")
        $0.schema.target = "y"
      }
    }
    #expect(
      error?.description
        == "sales.csv:2: column \"item\": \"x/1\" contains \"/\", which separates the parts of an "
        + "identity; choose another identitySeparator in the schema")
  }

  @Test func anySourceOfRecordsMakesATable() throws {
    let source = ListedRecords(
      columns: ["y", "unique_id", "ds"],
      rows: [["1", "a", "2024-01-01"], [nil, "a", "2024-01-02"], ["2", "b", "2024-01-02"]])
    var reader = LongTableReader()
    reader.policy.missingValues = .gap
    let table = try reader.read(source)
    #expect(table.panel.ids == ["a", "b"])
    #expect((0..<2).map(table.panel.series(at: 0).value(at:)) == [1, nil])
    let error = #expect(throws: TableError.self) {
      try LongTableReader().read(
        ListedRecords(columns: ["unique_id", "ds", "y"], rows: [["a", "2024-01-01", "x"]]))
    }
    #expect(error?.file == "query")
    #expect(error?.line == 1)
  }

  @Test func readsTheExampleFile() throws {
    let table = try LongTableReader().read(examplePath)
    let panel = table.panel
    // pandas: len(d), d.unique_id.nunique(), d.ds.min(), d.ds.max(), d.y.sum()
    #expect(table.report.rowsRead == 32_689)
    #expect(table.report.rowsKept == 32_689)
    #expect(panel.seriesCount == 60)
    #expect(panel.calendar.start.description == "2009-12-01")
    #expect(panel.calendar.date(at: panel.calendar.count - 1).description == "2011-12-09")
    let units = panel.allSeries.reduce(0) { $0 + $1.values.reduce(0) { $0 + Double($1) } }
    #expect(units == 1_749_149)
  }
}

/// Records that are in memory already, as a database answers them.
private final class ListedRecords: RecordSource {
  let name = "query"
  let columns: [String]
  private let rows: [[String?]]
  private var next = 0

  init(columns: [String], rows: [[String?]]) {
    self.columns = columns
    self.rows = rows
  }

  func next(_ record: inout Record) -> Bool {
    guard next < rows.count else { return false }
    record.begin(line: next + 1)
    for field in rows[next] { record.append(field) }
    next += 1
    return true
  }
}
