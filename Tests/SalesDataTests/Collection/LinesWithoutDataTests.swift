import SalesData
import SalesTestSupport
import Testing
import TestSupport

/// Lines of a table that are not data: above the header, below it, and sums at the end.
@Suite struct LinesWithoutDataTests {
  private static let header = "unique_id,ds,y\n"
  private static let rows = "tea,2024-02-01,3\ncup,2024-02-01,8\ntea,2024-02-02,5\n"

  /// A text, the lines skipped, and what their reasons are.
  static let texts: [(text: String, lines: [Int], reason: String)] = [
    ("sep=,\n" + header + rows, [1], "that names the separator"),
    ("\"sep=;\"\r\n" + semicolons(header + rows), [1], "that names the separator"),
    ("Sales report\n\n" + header + rows, [1], "above the header"),
    ("Sales report,,\n,,\nAs of,2024-03-01,\n" + header + rows, [1, 2, 3], "above the header"),
    ("Sales, all shops\nOf 2024\n" + semicolons(header + rows), [1, 2], "above the header"),
    (
      header + "tea,2024-02-01,3\n,,\n , ,\ncup,2024-02-01,8\ntea,2024-02-02,5\n,,\n", [3, 4, 7],
      "of separators only"
    ),
    (header + rows + "Total,,16\n", [5], "of totals"),
    (header + rows + "Summe:\n", [5], "of totals"),
    (header + rows + ",Grand total,16\n", [5], "of totals"),
    (header + rows + ",,16\n", [5], "of totals"),
    (header + rows + "TOTAL,2024-02-02,16\n", [5], "of totals"),
  ]

  private static func semicolons(_ text: String) -> String { text.replacing(",", with: ";") }

  @Test(arguments: texts)
  func areSkippedAndReported(text: String, lines: [Int], reason: String) throws {
    let table = try readTable(text)
    #expect(table.panel.ids == ["cup", "tea"])
    #expect(table.panel.series(at: 0).values == [8, 0])
    #expect(table.panel.series(at: 1).values == [3, 5])
    let skipped = table.report.table.skippedLines
    #expect(skipped.map(\.reason) == [reason])
    #expect(skipped.first?.examples.map(\.line) == lines)
    #expect(table.report.rowsRead == 3 && table.report.rowsKept == 3)
    #expect("\(table.report)".contains("skipped, without data\n  \(lines.count) \(reason) (line "))
  }

  /// Rows that are data, whatever they are called.
  @Test func aSeriesCalledTotalStays() throws {
    let table = try readTable(Self.header + Self.rows + "Total,2024-02-02,17\n")
    #expect(table.panel.ids == ["Total", "cup", "tea"])
    #expect(table.report.table.skippedLines == [])
    let two = try readTable(
      Self.header + "Total,2024-02-01,11\nTotal,2024-02-02,5\n" + Self.rows)
    #expect(two.panel.ids == ["Total", "cup", "tea"])
  }

  /// A row without a date is a fault where rows follow, or where it sums up nothing.
  @Test(arguments: [
    (header + "Total,,16\n" + rows, "sales.csv:2: column \"ds\""),
    (header + rows + "tea,,4\n", "sales.csv:5: column \"ds\""),
    (header + rows + ",2024-02-02,4\n", "sales.csv:5: column \"unique_id\": is empty"),
  ])
  func rowsThatAreFaulty(text: String, message: String) {
    #expect { try readTable(text) } throws: { "\($0)".hasPrefix(message) }
  }

  /// Lines count from the first of the file.
  @Test func aFaultBelowATitleNamesItsLine() {
    #expect {
      try readTable("Report\n\n" + Self.header + Self.rows + "a,x,1\nb,2024-02-02,1\n")
    } throws: {
      "\($0)".hasPrefix("sales.csv:7: column \"ds\": \"x\" is not a date")
    }
  }

  @Test func soManyLinesAsAsked() throws {
    let text = "a,2024-02-01,1\nb,c,d\n" + Self.header + Self.rows
    let table = try readTable(text) { $0.format.skippedLines = 2 }
    #expect(table.panel.ids == ["cup", "tea"])
    #expect(table.report.table.skippedLines.map(\.count) == [2])
    #expect(throws: TableError.self) {
      try readTable("Report\n" + Self.header + Self.rows) { $0.format.skippedLines = 0 }
    }
  }

  @Test func anUnknownSeparator() {
    #expect { try readTable("sep=|\na|b\n") } throws: {
      "\($0)".hasPrefix("sales.csv:1: names \"|\" as the separator")
    }
  }

  @Test func ofAWideTable() throws {
    let reader = WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
    let text = "Stock list\nid,d_1,d_2,d_3\ntea,1,,3\ncup,4,5,\nTotal,5,5,3\n"
    let table = try reader.read(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    #expect(table.ids == ["cup", "tea"] && table.stepCount == 3)
    #expect(table.report.rowsRead == 2 && table.report.valuesRead == 6 && table.report.values == 4)
    #expect(table.report.table.skippedLines.map(\.reason) == ["above the header", "of totals"])
    let other = try reader.read(
      MemoryByteSource(Array("id,d_1,d_2\ntea,1,2\ncup,3,4\nTotal,4,7\n".utf8), name: "t.csv"))
    #expect(other.ids == ["Total", "cup", "tea"])
    let blank = try reader.read(
      MemoryByteSource(Array("id,d_1,d_2\ntea,1,2\ncup,3,4\n,4,6\n".utf8), name: "t.csv"))
    #expect(blank.ids == ["cup", "tea"])
  }

  @Test func ofOrderLines() throws {
    var schema = TableSchema(identity: "sku", time: "at")
    schema.quantity = "units"
    let text = "order,sku,at,units\n1,tea,2024-02-01,3\n2,cup,2024-02-02,4\nTotal,,,7\n"
    var units = 0.0
    let book = try OrderLineReader(schema).read(
      MemoryByteSource(Array(text.utf8), name: "t.csv")
    ) { units += $0.quantity }
    #expect(units == 7 && book.items == ["tea", "cup"] && book.report.rowsRead == 2)
    #expect(book.report.table.skippedLines.map(\.reason) == ["of totals"])
  }

  @Test func ofATableOfCovariates() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 1)!, count: 3),
      series: [Series(id: "tea", values: [4, 5, 6])])
    var reader = CovariateTableReader([CovariateColumn("visits", role: .past, kind: .numeric)])
    reader.time = .date("day")
    reader.series = .identity(["id"])
    let text = "Visits of the shop\nid,day,visits\ntea,2024-02-01,2\ntea,2024-02-02,1\nTotal,,3\n"
    let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t"))
    let report = try reader.read(source, into: panel).report
    // The panel has no series of that name.
    #expect(report.rowsRead == 3 && report.rowsUsed == 2 && report.rowsSetAside == 1)
    #expect(report.table.skippedLines.map(\.count) == [1])
  }

  /// What looks like a title is none where the first line is as wide as all others.
  @Test func headersThatStay() throws {
    // A header without a name for the last column, or the first.
    #expect(try records(Array("a,b,\n1,2,x\n3,4,y\n".utf8)).columns == ["a", "b", ""])
    #expect(try records(Array(",y\n2024-01-01,5\n2024-01-02,6\n".utf8)).columns == ["", "y"])
    // A row that holds a separator in a field without quotes.
    #expect(try records(Array("a,b\nx,y,z\nv,w\n".utf8)).columns == ["a", "b"])
    // The names of a wide table are dates.
    let wide = "Report\nid,2024-01-01,2024-01-02\ntea,1,2\ncup,3,4\n"
    #expect(try records(Array(wide.utf8)).columns == ["id", "2024-01-01", "2024-01-02"])
  }
}
