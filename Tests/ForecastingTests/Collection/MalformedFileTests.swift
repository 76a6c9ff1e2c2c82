import Forecasting
import Testing

/// Files that are not as they should be. Each gives one error with the file and, where there is one, the
/// line; or what is wrong is set aside and counted.
@Suite struct MalformedFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    /// The line of the error, or nil where the fault lies with the whole file.
    var line: Int?
    /// What the error says.
    var message: String

    init(_ name: String, _ text: String, line: Int?, _ message: String) {
      self.init(name, bytes: Array(text.utf8), line: line, message)
    }

    init(_ name: String, bytes: [UInt8], line: Int?, _ message: String) {
      testDescription = name
      self.bytes = bytes
      self.line = line
      self.message = message
    }
  }

  static let header = "order,sku,n,at,price,who\n"
  static let row = "1,tea,2,2024-01-01 09:00,1.5,ann\n"

  /// Order lines in the zone of Berlin.
  static let orderCases = [
    Case("empty", "", line: nil, "is empty"),
    Case("line breaks only", "\n\r\n\r", line: nil, "is empty"),
    Case("header only", header, line: nil, "has a header and no rows"),
    Case("a row too short", header + row + "1,tea,2\n", line: 3, "has 3 fields"),
    Case("a row too long", header + "1,tea,2,2024-01-01,1.5,ann,x\n", line: 2, "has 7 fields"),
    Case("an unclosed quote", header + row + "1,\"tea,2\n" + row, line: 3, "does not end"),
    Case("text after a quote", header + "1,\"tea\"s,2,2024-01-01,1,a\n", line: 2, "closing quote"),
    Case("a NUL byte", header + row + "1,t\0ea,2,2024-01-01,1,a\n", line: 3, "NUL byte"),
    Case("a NUL byte in quotes", header + "1,\"t\n\0\",2,2024-01-01,1,a\n", line: 3, "NUL byte"),
    Case(
      "UTF-16",
      bytes: Array("\u{FEFF}order,sku".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
      line: nil, "is text in UTF-16"),
    Case(
      "UTF-16 without a mark", bytes: Array("order,sku\n".utf8).flatMap { [$0, 0] }, line: 1,
      "NUL byte"),
    Case(
      "Latin-1", bytes: Array((header + "1,caf").utf8) + [0xE9] + Array(",2,2024-01-01,1,a\n".utf8),
      line: 2, "is not UTF-8"),
    Case(
      "gzip cut short", bytes: Array(gzipped(Array((header + row).utf8)).dropLast(9)), line: nil,
      "ends too early"),
    Case(
      "gzip with a wrong checksum", bytes: damagedChecksum, line: nil,
      "damaged gzip file (incorrect data check)"),
    Case(
      "gzip with text behind it", bytes: gzipped(Array((header + row).utf8)) + Array(row.utf8),
      line: nil,
      "damaged gzip file (incorrect header check)"),
    Case(
      "gzip in gzip", bytes: gzipped(gzipped(Array(header.utf8))), line: nil,
      "is compressed by gzip twice"),
    Case(
      "a bomb of gzip",
      bytes: gzipped(Array(header.utf8) + [UInt8](repeating: 65, count: 16 << 20)),
      line: 2, "longer than 4194304 bytes"),
    Case("a ZIP archive", bytes: [0x50, 0x4B, 3, 4, 0, 0], line: nil, "is a ZIP archive"),
    Case(
      "mixed date forms", header + row + "1,tea,2,01/02/2024,1.5,ann\n", line: 3, "is not a date"),
    Case(
      "29 February of a common year", header + "1,tea,2,2023-02-29,1.5,ann\n", line: 2,
      "\"2023-02-29\" is not a date"),
    Case("a year of two digits", header + "1,tea,2,24-01-01,1.5,ann\n", line: 2, "is not a date"),
    Case(
      "thousands separators", header + "1,tea,\"1,200\",2024-01-01,1.5,ann\n", line: 2,
      "without unit or thousands separators"),
    Case("a unit", header + "1,tea,2,2024-01-01,£1.50,ann\n", line: 2, "\"£1.50\" is not a number"),
    Case("infinity", header + "1,tea,inf,2024-01-01,1.5,ann\n", line: 2, "is not a finite number"),
    Case(
      "a number too large", header + "1,tea,2,2024-01-01,1e39,ann\n", line: 2,
      "is not a finite number"),
    Case("no number", header + "1,tea,,2024-01-01,1.5,ann\n", line: 2, "there is no value"),
    Case("a column named twice", "order,sku,n,at,price,who,n\n", line: 1, "appears more than once"),
    Case("a column missing", "order,sku,m,at,price,who\n", line: 1, "no column \"n\""),
    Case("another separator", header.replacing(",", with: "|") + row, line: 1, "no column \"sku\""),
    Case(
      "100,000 columns", (0..<100_000).map { "c\($0)" }.joined(separator: ","), line: 1,
      "more than 65536 columns"),
    Case("an empty id", header + "1,,2,2024-01-01,1.5,ann\n", line: 2, "column \"sku\": is empty"),
    Case(
      "an hour that never came", header + "1,tea,2,2024-03-31 02:30,1.5,ann\n", line: 2,
      "clocks were put forward"),
    Case(
      "two time zones", header + row + "1,tea,2,2024-01-01 09:00+01:00,1.5,ann\n", line: 3,
      "see line 2"),
  ]

  @Test(arguments: orderCases) func aFileOfOrderLines(_ one: Case) {
    var schema = OrderLineTests.schema
    schema.description = nil
    schema.timeZone = "Europe/Berlin"
    let reader = OrderLineReader(schema)
    let error = #expect(throws: TableError.self) {
      try reader.read(MemoryByteSource(one.bytes, name: "o.csv")) { _ in }
    }
    expect(error, one, file: "o.csv")
  }

  static let longHeader = "unique_id,ds,y\n"

  static let longCases = [
    Case(
      "a date twice", longHeader + "a,2024-01-02,1\na,2024-01-01,1\na,2024-01-02,1\n", line: 4,
      "after line 2"),
    Case(
      "a mistyped year", longHeader + "a,2024-01-02,1\na,9204-01-01,1\n", line: nil,
      "the dates span"),
    Case("a time of day", longHeader + "a,2024-01-02 09:00,1\n", line: 2, "has a time of day"),
    Case("a negative number", longHeader + "a,2024-01-02,-1\n", line: 2, "is negative"),
    Case("month first among day first", longHeader + "a,2024-13-01,1\n", line: 2, "is not a date"),
  ]

  @Test(arguments: longCases) func aLongTable(_ one: Case) {
    let error = #expect(throws: TableError.self) { try readTable(bytes: one.bytes) }
    expect(error, one, file: "sales.csv")
  }

  /// What is no fault, though it looks like one.
  @Test func datesOutOfOrderAreTaken() throws {
    let panel = try readTable("unique_id,ds,y\na,2024-01-03,3\na,2024-01-01,1\na,2024-01-02,2\n")
      .panel
    #expect(Array(panel.series(at: 0).values) == [1, 2, 3])
    let lines = Self.header + Self.row + "2,tea,3,2023-12-31 23:00,1,bob\n"
    var schema = OrderLineTests.schema
    schema.description = nil
    var demand = DemandAccumulator(.day)
    let book = try OrderLineReader(schema).read(MemoryByteSource(Array(lines.utf8), name: "o.csv"))
    {
      demand.add($0)
    }
    #expect(book.report.counts.timeGoesBack == 1)
    #expect(Array(demand.table(book).panel(of: .units).series(at: 0).values) == [3, 2])
  }

  private static var damagedChecksum: [UInt8] {
    var bytes = gzipped(Array((header + row).utf8))
    bytes[bytes.count - 6] ^= 1
    return bytes
  }

  private func expect(_ error: TableError?, _ one: Case, file: String) {
    #expect(error?.file == file)
    #expect(error?.line == one.line, "\(error?.description ?? "")")
    #expect(error?.description.contains(one.message) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }
}
