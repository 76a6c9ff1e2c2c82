import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// Tables without a column of ids are one series.
@Suite struct SingleSeriesTests {
  @Test func aLongTable() throws {
    let table = try readTable("ds,y,note\n2024-02-01,3,x\n2024-02-03,5,y\n2024-02-02,4,z\n")
    #expect(table.panel.ids == ["Total"])
    #expect(table.panel.series(at: 0).values == [3, 4, 5])
    #expect(table.report.table.isSingleSeries)
    #expect("\(table.report)".contains("no id column: all rows are a single series, \"Total\""))
  }

  /// A column that may tell series apart is not passed over.
  @Test(arguments: ["sku", "Item", "store_nbr", "unique-id", "Artikelnummer"])
  func aColumnThatSeemsToBeTheIdentity(name: String) {
    #expect {
      try readTable("\(name),ds,y\na,2024-02-01,3\n")
    } throws: {
      "\($0)".hasPrefix("sales.csv:1: no column \"unique_id\"")
        && "\($0)".hasSuffix("; did you mean \"\(name)\"?")
    }
  }

  @Test func dayThatComesTwice() {
    #expect {
      try readTable("ds,y,color\n2024-02-01,3,red\n2024-02-01,5,blue\n")
    } throws: {
      "\($0)".hasPrefix(
        "sales.csv:3: a second row on 2024-02-01, after line 2, and no column says which series")
    }
  }

  /// Where the schema names an identity, a table without it is not read.
  @Test func anIdentityThatIsNamed() {
    #expect(throws: TableError.self) {
      try LongTableReader(TableSchema(identity: "ean", time: "ds")).read(
        MemoryByteSource(Array("ds,y\n2024-02-01,3\n".utf8), name: "t"))
    }
  }

  @Test func aWideTable() throws {
    var reader = WideTableReader(identity: "", steps: .numbered(prefix: "d_", first: 1))
    reader.identity = []
    let text = "d_1,d_2,d_3\n4,,6\n"
    let table = try reader.read(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    #expect(table.ids == ["Total"] && table.stepCount == 3 && table.report.table.isSingleSeries)
    #expect {
      try reader.read(MemoryByteSource(Array((text + "7,8,9\n").utf8), name: "t.csv"))
    } throws: {
      "\($0)".hasPrefix("t.csv:3: a second row, after line 2, and no column says which series")
    }
  }

  @Test func orderLinesWithoutItems() throws {
    var schema = TableSchema(time: "at")
    (schema.quantity, schema.order, schema.description) = ("units", "order", "title")
    let text =
      "order,at,units,title\no1,2024-02-01,3,Tea\no1,2024-02-01,2,Cup\no2,2024-02-03,4,Tea\n"
    var preparation = Preparation(DataSchema(.orders(schema, OrderRules())))
    preparation.measures = [.orders]
    func prepare() throws -> PreparedPanel {
      let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
      return try preparation.prepare(source) { _, _ throws(TableError) in source }
    }
    let prepared = try prepare()
    #expect(prepared.panel.ids == ["Total"])
    #expect(prepared.panel.series(at: 0).values == [5, 0, 4])
    #expect(
      Array(try prepared.panel.pastCovariate("orders").numbers(of: 0, over: 0..<3)) == [1, 0, 1])
    #expect(prepared.report.orders?.table.isSingleSeries == true)
    let (codes, names) = try prepared.panel.staticCovariate("description").categories()
    #expect(names.name(of: codes[0]) == "All items")

    // Items cannot be excluded where none is named.
    preparation.schema.main = .orders(
      schema,
      {
        var rules = OrderRules()
        rules.exclusions = [.init("postage", items: "POST")]
        return rules
      }())
    #expect(throws: TableError.self) { try prepare() }
  }
}
