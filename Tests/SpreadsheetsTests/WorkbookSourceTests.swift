import SalesData
import Spreadsheets
import Testing

@Suite struct WorkbookSourceTests {
  private static func source(
    _ bytes: [UInt8], sheet: String? = nil
  ) throws -> WorkbookSource {
    try WorkbookSource(MemoryByteSource(bytes, name: "sales.xlsx"), sheet: sheet)
  }

  /// The line and the fields of each record.
  private static func records(of source: any RecordSource) throws -> [(line: Int, fields: [String])]
  {
    var found: [(line: Int, fields: [String])] = []
    var record = Record()
    while try source.next(&record) {
      let fields = (0..<record.fieldCount).map { String(decoding: record[$0], as: UTF8.self) }
      found.append((record.line, fields))
    }
    return found
  }

  @Test(arguments: [true, false]) func cellsBecomeText(isDeflated: Bool) throws {
    let source = try Self.source(
      SampleWorkbook.bytes(sheet: SampleWorkbook.rows, isDeflated: isDeflated))
    #expect(source.name == "sales.xlsx, sheet \"Sales & more\"")
    #expect(source.columns == ["unique_id", "ds", "y"])
    let records = try Self.records(of: source)
    #expect(records.map(\.line) == [4, 5, 6])
    // A number with three decimals would have two readings.
    #expect(
      records.map(\.fields) == [
        ["green tea", "2024-03-01", "1.25"], ["a \"mug\", <large>", "2024-03-02", "1.2340"],
        ["green tea", "2024-03-02", "1000"],
      ])
    #expect(
      source.remarks.count == 1 && source.remarks[0].contains("--sheet selects another: \"Cover\""))
    #expect(source.skippedLines.map(\.count) == [2])
  }

  @Test func readersTakeTheRows() throws {
    let source = try Self.source(SampleWorkbook.bytes(sheet: SampleWorkbook.rows))
    let read = try LongTableReader().read(source)
    #expect(read.panel.ids == ["a \"mug\", <large>", "green tea"])
    #expect(read.panel.series(at: 1).value(at: 1) == 1000)
    #expect("\(read.report)".contains("sheet \"Sales & more\" of sales.xlsx is read"))
  }

  /// Serial numbers and what a spreadsheet program shows for them.
  @Test(arguments: [
    ("1", 1, false, "1900-01-01"), ("59", 1, false, "1900-02-28"), ("61", 1, false, "1900-03-01"),
    ("45352", 1, true, "2028-03-02"), ("45352.5", 3, false, "2024-03-01 12:00:00"),
    ("45351.99999999", 3, false, "2024-03-01"), ("0.75", 4, false, "18:00:00"),
    ("45352.25", 4, false, "2024-03-01 06:00:00"), ("-3", 1, false, "-3"),
    ("45352", 2, false, "45352"),
    ("0.1", 0, false, "0.1"), ("-0.0625", 0, false, "-0.0625"),
    ("12345678901234", 0, false, "12345678901234"),
  ])
  func numbersHaveTheirMeaning(_ value: String, style: Int, in1904: Bool, text: String) throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>ds</v></c><c r="B1" t="str"><v>n</v></c></row>
      <row r="2"><c r="A2" s="\(style)"><v>\(value)</v></c><c r="B2"><v>7</v></c></row>
      """
    let source = try Self.source(SampleWorkbook.bytes(sheet: rows, startsIn1904: in1904))
    #expect(try Self.records(of: source).map(\.fields) == [[text, "7"]])
  }

  @Test func otherTypesAreText() throws {
    let rows = """
      <row><c t="str"><v>a</v></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>
      <row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><v>two
      lines</v></c></row>
      """
    let source = try Self.source(SampleWorkbook.bytes(sheet: rows))
    #expect(try Self.records(of: source).map(\.fields) == [["TRUE", "#N/A", "two lines"]])
  }

  @Test func aSheetIsChosenByName() throws {
    let bytes = SampleWorkbook.bytes(sheet: SampleWorkbook.rows)
    let source = try Self.source(bytes, sheet: "Sales & more")
    #expect(source.remarks.isEmpty && source.columns.count == 3)
    let fault = TableError.Fault.noSheet(name: "Sales", present: ["Cover", "Sales & more"])
    #expect(throws: TableError(file: "sales.xlsx", fault: fault)) {
      try Self.source(bytes, sheet: "Sales")
    }
    #expect(throws: TableError.self) { try Self.source(bytes, sheet: "Cover") }
  }

  @Test func damagedWorkbooksAreErrors() throws {
    let bytes = SampleWorkbook.bytes(sheet: SampleWorkbook.rows)
    for damaged in [
      Array(bytes.dropLast(30)), SampleWorkbook.bytes(sheet: "<row><c>"),
      ZipFile.bytes(["xl/workbook.xml": "<workbook/>"]), Array("PK\u{3}\u{4}".utf8),
    ] {
      #expect {
        try Self.source(damaged)
      } throws: { error in
        guard let error = error as? TableError, case .notText(let kind, _) = error.fault else {
          return false
        }
        return kind.hasPrefix("a damaged ")
      }
    }
    // A byte of the compressed rows.
    var changed = bytes
    changed[bytes.count / 2] ^= 0x55
    #expect(throws: TableError.self) { try Self.source(changed) }
    #expect(throws: TableError(file: "sales.xlsx", fault: .empty)) {
      try Self.source(SampleWorkbook.bytes(sheet: ""))
    }
  }

  @Test func aWorkbookCanBeInAnArchive() throws {
    let inner = SampleWorkbook.bytes(sheet: SampleWorkbook.rows)
    let source = try Self.source(ZipFile.bytes([("shop/sales.xlsx", inner)]))
    #expect(source.columns == ["unique_id", "ds", "y"])
  }
}
