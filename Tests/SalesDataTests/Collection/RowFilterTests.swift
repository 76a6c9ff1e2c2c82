import Foundation
import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// Filters of rows in every kind of table.
@Suite struct RowFilterTests {
  private static let rows = """
    unique_id,ds,y,status,channel
    tea,2024-02-01,3,paid,web
    tea,2024-02-02,40,voided,web
    tea,2024-02-03,5, Paid ,test
    tea,2024-02-04,6,PAID,web
    cup,2024-02-01,70,refunded,web
    cup,2024-02-02,8,shipped,web
    cup,2024-02-04,9,,web

    """

  private func read(_ filters: RowFilter...) throws -> LongTable {
    try readTable(Self.rows) { $0.schema.filters = filters }
  }

  @Test func ofALongTable() throws {
    let table = try read(.keep("status", ["paid", "Shipped", "lost"]), .drop("channel", ["TEST"]))
    #expect(table.panel.ids == ["cup", "tea"])
    #expect(table.panel.series(at: 0).values == [8, 0, 0])
    #expect(table.panel.series(at: 1).values == [3, 0, 0, 6])
    let report = table.report
    #expect(report.rowsRead == 7 && report.rowsKept == 3 && report.rowsSetAside == 4)
    let status = report.table.filters[0]
    #expect(status.kept.map(\.text) == ["PAID", "Paid", "paid", "shipped"])
    #expect(status.dropped.map(\.text) == ["", "refunded", "voided"])
    #expect(status.dropped.map(\.rows) == [1, 1, 1] && status.unmet == ["lost"])
    #expect(report.table.filters[1].rowsDropped == 1 && report.table.rowsFiltered == 4)
    #expect(report.table.ignoredColumns == [])
    #expect(
      "\(report)".contains(
        "4 rows dropped by filters\n  \"status\": kept \"PAID\" (1), \"Paid\" (1), \"paid\" (1), "
          + "\"shipped\" (1); dropped an empty field (1), \"refunded\" (1), \"voided\" (1); no row has "
          + "\"lost\"\n  \"channel\": kept \"web\" (3); dropped \"test\" (1)"))
  }

  @Test func anEmptyFieldIsAValue() throws {
    #expect(try read(.keep("status", [""])).panel.series(at: 0).values == [9])
    #expect(try read(.drop("status", ["", "refunded"])).report.rowsKept == 5)
  }

  @Test func whatLeavesNothingSaysWhatThereIs() {
    #expect {
      try read(.keep("status", ["payed"]))
    } throws: { error in
      "\(error)".hasPrefix(
        "sales.csv: no row is left by the filters: \"status\": kept no row; dropped ")
        && "\(error)".contains("\"voided\" (1)") && "\(error)".hasSuffix("no row has \"payed\"")
    }
    #expect {
      try read(.keep("statuss", ["paid"]))
    } throws: {
      "\($0)".hasPrefix("sales.csv:1: no column \"statuss\"")
        && "\($0)".hasSuffix("did you mean \"status\"?")
    }
  }

  @Test func ofAWideTable() throws {
    var reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    reader.filters = [.drop("state", ["discontinued"])]
    let text = "id,state,d_1,d_2\ntea,active,1,2\nmug,Discontinued,3,4\ncup,active,5,6\n"
    let table = try reader.read(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    #expect(table.ids == ["cup", "tea"] && table.values == [5, 6, 1, 2])
    #expect(table.report.rowsRead == 3 && table.report.table.rowsFiltered == 1)
  }

  /// Shopify's exports have the status on the first line of an order only.
  @Test func linesOfAnOrderShareItsStatus() throws {
    var schema = TableSchema(identity: "sku", time: "at")
    (schema.quantity, schema.order) = ("units", "order")
    schema.filters = [.keep("status", ["paid"]), .keep("cancelled", [""])]
    let text = """
      order,sku,at,units,status,cancelled
      1,tea,2024-02-01,1,paid,
      1,cup,2024-02-01,2,,
      2,tea,2024-02-01,4,voided,
      2,cup,2024-02-01,8,,
      3,tea,2024-02-01,16,paid,2024-02-02
      3,cup,2024-02-01,32,,
      4,cup,2024-02-01,64,,
      5,tea,2024-02-01,128,paid,

      """
    var units = 0.0
    let book = try OrderLineReader(schema).read(
      MemoryByteSource(Array(text.utf8), name: "t.csv")
    ) { units += $0.quantity }
    #expect(units == 131)
    let report = book.report
    #expect(report.rowsRead == 8 && report.rowsKept == 3 && report.rowsSetAside == 5)
    #expect(report.table.filters[0].kept.map(\.rows) == [5])
    #expect(report.table.filters[1].dropped.map(\.rows) == [2])
    // No column of customers was named.
    #expect(report.counts.withoutCustomer == 0 && !"\(report)".contains("customer"))
  }

  @Test func ofATableOfCovariates() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 1)!, count: 3),
      series: [Series(id: "tea", values: [4, 5, 6])])
    var reader = CovariateTableReader([CovariateColumn("price", role: .past, kind: .numeric)])
    (reader.series, reader.time) = (.identity(["id"]), .date("day"))
    reader.filters = [.keep("list", ["retail"])]
    let text = "id,day,list,price\ntea,2024-02-01,retail,2\ntea,2024-02-01,trade,1\n"
    let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
    let table = try reader.read(source, into: panel)
    #expect(Array(try table.panel.pastCovariate("price").numbers(of: 0, over: 0..<1)) == [2])
    #expect(table.report.rowsRead == 2 && table.report.rowsUsed == 1)
    #expect(table.report.rowsSetAside == 1)
  }

  @Test func inASchemaFile() throws {
    let json = """
      {"identity": "sku", "time": "at", "quantity": "units",
       "filters": [{"column": "status", "drop": ["voided"]}, {"column": "kind", "keep": "sale"}]}
      """
    let schema = try JSONDecoder().decode(DataSchema.self, from: Data(json.utf8))
    guard case .orders(let table, _) = schema.main else {
      Issue.record("expected order lines")
      return
    }
    #expect(table.filters == [.drop("status", ["voided"]), .keep("kind", ["sale"])])
    for wrong in ["{\"column\": \"a\"}", "{\"column\": \"a\", \"keep\": [], \"drop\": [\"b\"]}"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(RowFilter.self, from: Data(wrong.utf8))
      }
    }
  }

  @Test(arguments: [
    ("Tea", " tea "), ("a\u{A0}b", "a  b"), ("caf\u{E9}", "CAFE\u{301}"), ("\u{FEFF}x", "x"),
    ("stra\u{DF}e", "STRASSE"), ("\u{FF21}1", "a1"), ("a\u{200B}b", "ab"), ("x\u{202F}y", "x\ty"),
  ])
  func spellingsOfOneIdentity(left: String, right: String) {
    #expect(IdentityFolding.key(left) == IdentityFolding.key(right))
  }
}
