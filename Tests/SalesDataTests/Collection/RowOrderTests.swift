import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// The order of rows, and of columns, does not change what is read.
@Suite struct RowOrderTests {
  private static let rows = [
    "tea,2024-02-01,3,red,5,N", "tea,2024-02-02,4,,6,N", "tea,2024-02-04,1,blue,7,N",
    "Cups,2024-02-02,8,red,2,S", "Cups,2024-02-03,5,green,3,S", "b10,2024-02-01,2,blue,1,E",
    "b9,2024-02-03,9,green,4,W",
  ]

  private static var schema: TableSchema {
    var schema = TableSchema.longTable
    schema.covariates = [
      CovariateColumn("color", role: .past, kind: .categorical),
      CovariateColumn("visits", role: .past, kind: .numeric),
      CovariateColumn("shop", role: .static, kind: .categorical),
    ]
    return schema
  }

  private static func text(_ rows: [String]) -> String {
    "unique_id,ds,y,color,visits,shop\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test func ofALongTable() throws {
    let reader = LongTableReader(Self.schema)
    let expected = try reader.read(MemoryByteSource(Array(Self.text(Self.rows).utf8), name: "t"))
    #expect(expected.panel.ids == ["Cups", "b10", "b9", "tea"])
    #expect(expected.panel.series(at: 3).values == [3, 4, 0, 1])
    let color = try expected.panel.pastCovariate("color")
    #expect(color.vocabulary?.names == ["blue", "green", "red"])
    let codes = try color.codes(of: 0, over: 1..<4)
    #expect(Array(codes) == [3, 2, 0])
    for step in [2, 3, 5] {
      let shuffled = Self.rows.indices.map { Self.rows[($0 * step + 4) % Self.rows.count] }
      #expect(shuffled != Self.rows)
      let read = try reader.read(MemoryByteSource(Array(Self.text(shuffled).utf8), name: "t"))
      #expect(read.panel == expected.panel)
    }
  }

  @Test func ofAWideTable() throws {
    let rows = ["tea,B,1,2,,4", "cups,A,,5,6,7", "mug,A,3,,,", "Pan,C,8,9,,"]
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    reader.categories = ["dept"]
    func read(_ rows: [String]) throws -> WideTable {
      let text = "id,dept,d_1,d_2,d_3,d_4\n" + rows.joined(separator: "\n")
      return try reader.read(MemoryByteSource(Array(text.utf8), name: "t"))
    }
    let date = CalendarDate(year: 2024, month: 2, day: 1)!
    let expected = try read(rows)
    #expect(expected.ids == ["Pan", "cups", "mug", "tea"])
    let values = expected.values.map { $0.isNaN ? -1 : $0 }
    #expect(values == [8, 9, 5, 6, 7, 3, 1, 2, -1, 4])
    #expect(expected.steps == [0..<2, 1..<4, 0..<1, 0..<4])
    #expect(expected.categories[0].values.vocabulary.names == ["A", "B", "C"])
    #expect(expected.categories[0].values.codes == [3, 1, 1, 2])
    #expect(try read(rows.reversed()).panel(from: date) == expected.panel(from: date))
    #expect(try read(rows.sorted()).panel(from: date) == expected.panel(from: date))
  }

  @Test func ofOrderLines() throws {
    let lines = [
      "o1,tea,2024-02-01,3,Tea", "o1,cups,2024-02-01,1,Cups", "o2,Pan,2024-02-03,7,Pan",
      "o3,tea,2024-02-04,2,Tea", "o3,cups,2024-02-01,4,Cups",
    ]
    var schema = TableSchema(identity: "sku", time: "at")
    (schema.quantity, schema.order, schema.description) = ("units", "order", "title")
    func prepare(_ lines: [String]) throws -> Panel {
      let text = "order,sku,at,units,title\n" + lines.joined(separator: "\n")
      var preparation = Preparation(DataSchema(.orders(schema, OrderRules())))
      preparation.measures = [.orders]
      let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
      return try preparation.prepare(source) { _, _ throws(TableError) in source }.panel
    }
    let expected = try prepare(lines)
    #expect(expected.ids == ["Pan", "cups", "tea"])
    #expect(expected.series(at: 1).values == [5, 0, 0, 0])
    #expect(expected.series(at: 2).values == [3, 0, 0, 2])
    #expect(try prepare(lines.reversed()) == expected)
  }

  @Test func ofATableOfCovariates() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 1)!, count: 3),
      series: [Series(id: "cups", values: [1, 2, 3]), Series(id: "tea", values: [4, 5, 6])])
    let rows = ["tea,2024-02-02,sale", "cups,2024-02-01,display", "tea,2024-02-01,none"]
    var reader = CovariateTableReader([CovariateColumn("promo", role: .past, kind: .categorical)])
    (reader.series, reader.time) = (.identity(["id"]), .date("day"))
    func read(_ rows: [String]) throws -> Panel {
      let text = "id,day,promo\n" + rows.joined(separator: "\n")
      let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
      return try reader.read(source, into: panel).panel
    }
    let expected = try read(rows)
    #expect(
      try expected.pastCovariate("promo").vocabulary?.names == ["display", "none", "sale"])
    #expect(try read(rows.reversed()) == expected)
  }

  /// Columns that are not used are listed for every kind of table.
  @Test func columnsThatAreNotUsedAreListed() throws {
    let long = try readTable("ds,note,unique_id,y,color\n2024-02-01,x,a,1,red\n")
    #expect(long.report.table.ignoredColumns == ["note", "color"])
    #expect("\(long.report)".contains("columns not used: \"note\", \"color\""))

    let wide = try WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
      .read(MemoryByteSource(Array("dept,id,d_1,d_2,last\nA,x,1,2,3\n".utf8), name: "t"))
    #expect(wide.report.table.ignoredColumns == ["dept", "last"])

    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "units"
    let book = try OrderLineReader(schema).read(
      MemoryByteSource(Array("sku,status,at,units\na,paid,2024-02-01,3\n".utf8), name: "t")
    ) { _ in }
    #expect(book.report.table.ignoredColumns == ["status"])
  }
}
