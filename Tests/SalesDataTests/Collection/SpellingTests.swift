import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// Ids that differ only in blanks, letter case or invisible characters.
@Suite struct SpellingTests {
  private static let rows = """
    unique_id,ds,y,shop
    Tea,2024-02-01,3,N
    tea ,2024-02-01,4,n
    t\u{200B}ea,2024-02-02,5,N
    cup,2024-02-01,8,S
    a\u{A0}b,2024-02-02,1,S
    a b,2024-02-02,2,S

    """

  private func read(merging: Bool, _ text: String = rows) throws -> LongTable {
    try readTable(text) {
      $0.schema.mergesIdentities = merging
      $0.schema.covariates = [CovariateColumn("shop", role: .static, kind: .categorical)]
    }
  }

  @Test func areReported() throws {
    let table = try read(merging: false)
    #expect(table.panel.seriesCount == 6)
    let groups = table.report.table.similarIds
    #expect(groups.map(Set.init) == [["Tea", "tea ", "t\u{200B}ea"], ["a b", "a\u{A0}b"]])
    #expect("\(table.report)".contains("5 ids differ from others only in whitespace, letter case,"))
    #expect("\(table.report)".contains("\"a b\" and \"a\\u{A0}b\""))
    #expect("\(table.report)".contains("\"t\\u{200B}ea\""))
  }

  @Test func areMergedAndSummed() throws {
    let table = try read(merging: true)
    #expect(table.panel.ids == ["Tea", "a b", "cup"])
    #expect(table.panel.series(at: 0).values == [7, 5])
    #expect(table.panel.series(at: 1).values == [3])
    let shops = try table.panel.staticCovariate("shop").categories()
    #expect(shops.vocabulary.names == ["N", "S"] && shops.codes == [1, 2, 2])
    let report = table.report
    #expect(report.rowsRead == 6 && report.rowsKept == 6 && report.table.rowsMerged == 2)
    #expect(report.table.similarIds == [] && report.table.mergedIds.count == 2)
    #expect(report.stepsFilledWithZero == 1)
    // Whatever the order of the rows.
    let lines = Self.rows.split(separator: "\n")
    let reversed = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    #expect(try read(merging: true, reversed).panel == table.panel)
  }

  @Test func rowsOfOneSpellingAreAFaultAllTheSame() {
    let text = Self.rows + "cup,2024-02-01,1,S\n"
    #expect { try read(merging: true, text) } throws: {
      "\($0)".hasPrefix("sales.csv:8: a second row for \"cup\" on 2024-02-01, after line 5")
    }
  }

  @Test func mergedRowsDifferInACovariate() {
    let text = "unique_id,ds,y,shop\ntea,2024-02-01,3,N\nTEA,2024-02-01,4,S\n"
    #expect { try read(merging: true, text) } throws: {
      "\($0)".hasPrefix(
        "sales.csv:3: column \"shop\": \"S\" for \"TEA\", which has \"N\" on line 2")
    }
  }

  @Test func ofAWideTable() throws {
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    reader.categories = ["dept"]
    let text = "id,dept,d_1,d_2,d_3\nTea,A,1,,\ncup,B,,7,\ntea ,a,2,,5\n"
    func read() throws -> WideTable {
      try reader.read(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    }
    #expect(try read().report.table.similarIds == [["Tea", "tea "]])
    reader.mergesIdentities = true
    let merged = try read()
    #expect(merged.ids == ["Tea", "cup"] && merged.steps == [0..<3, 1..<2])
    #expect(merged.values.map { $0.isNaN ? -1 : $0 } == [3, -1, 5, 7])
    #expect(merged.categories[0].values.vocabulary.names == ["A", "B"])
    #expect(merged.report.rowsRead == 3 && merged.report.table.rowsMerged == 1)
  }

  @Test func ofOrderLines() throws {
    var schema = TableSchema(identity: ["store", "sku"], time: "at")
    schema.quantity = "units"
    schema.mergesIdentities = true
    let text = "store,sku,at,units\nN,Tea,2024-02-01,3\nn ,tea,2024-02-01,4\nN,cup,2024-02-01,1\n"
    var preparation = Preparation(DataSchema(.orders(schema, OrderRules())))
    func prepare() throws -> PreparedPanel {
      let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
      return try preparation.prepare(source) { _, _ throws(TableError) in source }
    }
    let merged = try prepare()
    #expect(merged.panel.ids == ["N/Tea", "N/cup"])
    #expect(merged.panel.series(at: 0).values == [7])
    #expect(merged.report.orders?.table.mergedIds == [["N/Tea", "n /tea"]])
    schema.mergesIdentities = false
    preparation.schema.main = .orders(schema, OrderRules())
    #expect(try prepare().report.orders?.table.similarIds == [["N/Tea", "n /tea"]])
  }

  @Test func ofAKeyOfCovariates() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 1)!, count: 2),
      series: [Series(id: "cup", values: [1, 2]), Series(id: "tea", values: [4, 5])])
    var reader = CovariateTableReader([CovariateColumn("size", role: .static, kind: .numeric)])
    reader.series = .identity(["id"])
    let text = "id,size\nTEA ,3\ncup,2\n"
    func read() throws -> CovariatePanel {
      let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
      return try reader.read(source, into: panel)
    }
    let exact = try read().report
    #expect(exact.rowsUsed == 1)
    #expect(exact.setAside.map(\.reason) == ["of a series that the panel spells differently"])
    reader.mergesIdentities = true
    let merged = try read()
    #expect(merged.report.rowsUsed == 2)
    #expect(try merged.panel.staticCovariate("size").numbers() == [2, 3])
  }

  /// Barcodes of which a spreadsheet dropped digits are not to be summed.
  @Test func shortenedBarcodes() throws {
    let text = "unique_id,ds,y\n8.40E+12,2024-02-01,1\n8.40E+12,2024-02-01,2\n"
    #expect { try readTable(text) } throws: {
      "\($0)".hasSuffix("format the column as text and export the table again")
        && !"\($0)".contains("sum the rows")
    }
    let one = try readTable("unique_id,ds,y\n8.40E+12,2024-02-01,1\n")
    #expect(one.report.table.shortenedIds == ["8.40E+12"])
  }
}
