import SalesData
import SalesTestSupport
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
    Case("header only", header, line: nil, "has a header but no rows"),
    Case("a row too short", header + row + "1,tea,2\n", line: 3, "has 3 fields"),
    Case("a row too long", header + "1,tea,2,2024-01-01,1.5,ann,x\n", line: 2, "has 7 fields"),
    Case("an unclosed quote", header + row + "1,\"tea,2\n" + row, line: 3, "does not end"),
    Case("text after a quote", header + "1,\"tea\"s,2,2024-01-01,1,a\n", line: 2, "closing quote"),
    Case("a NUL byte", header + row + "1,t\0ea,2,2024-01-01,1,a\n", line: 3, "NUL byte"),
    Case("a NUL byte in quotes", header + "1,\"t\n\0\",2,2024-01-01,1,a\n", line: 3, "NUL byte"),
    Case(
      "half a character of UTF-16",
      bytes: Array("\u{FEFF}order,sku\n".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [7],
      line: nil, "is damaged text in UTF-16"),
    Case(
      "half a pair of surrogates in UTF-16",
      bytes: [0xFF, 0xFE] + Array("order,sku\n".utf8).flatMap { [$0, 0] } + [0, 0xD8, 7, 0],
      line: nil,
      "is damaged text in UTF-16"),
    Case(
      "Latin-1", bytes: Array((header + "1,caf").utf8) + [0xE9] + Array(",2,2024-01-01,1,a\n".utf8),
      line: 2, "is not UTF-8"),
    Case(
      "gzip cut short", bytes: Array(gzipped(Array((header + row).utf8)).dropLast(9)), line: nil,
      "is an incomplete gzip file"),
    Case(
      "gzip with a wrong checksum", bytes: damagedChecksum, line: nil,
      "damaged gzip file (incorrect data check)"),
    Case(
      "gzip with text behind it", bytes: gzipped(Array((header + row).utf8)) + Array(row.utf8),
      line: nil,
      "damaged gzip file (other bytes follow its end)"),
    Case(
      "gzip in gzip", bytes: gzipped(gzipped(Array(header.utf8))), line: nil,
      "is compressed by gzip twice"),
    Case(
      "a bomb of gzip",
      bytes: gzipped(Array(header.utf8) + [UInt8](repeating: 65, count: 16 << 20)),
      line: 2, "longer than 4194304 bytes"),
    Case("a ZIP archive", bytes: [0x50, 0x4B, 3, 4, 0, 0], line: nil, "is a damaged ZIP archive"),
    Case(
      "mixed date forms", header + row + "1,tea,2,01/02/2024,1.5,ann\n", line: 3,
      "is a date of another form than those from line 2 on"),
    Case(
      "29 February of a common year", header + "1,tea,2,2023-02-29,1.5,ann\n", line: 2,
      "\"2023-02-29\" is not a date"),
    Case("a year of two digits", header + "1,tea,2,24-01-01,1.5,ann\n", line: 2, "is not a date"),
    Case(
      "thousands separators", header + "1,tea,\"1,200\",2024-01-01,1.5,ann\n", line: 2,
      "\"1,200\" has two readings"),
    Case(
      "a unit", header + "1,tea,2,2024-01-01,1.50 kg,ann\n", line: 2, "\"1.50 kg\" is not a number"),
    Case(
      "two currencies", header + "1,tea,2,2024-01-01,£1.50,ann\n1,tea,2,2024-01-01,$2,ann\n",
      line: 3,
      "\"$2\" is an amount in $, but a number above it is an amount in £"),
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
      "an id of blanks", header + "1,\" \t\n\",2,2024-01-01,1.5,ann\n", line: 2, "\"sku\": is empty"
    ),
    Case("a mark in the middle", header + row + "\u{FEFF}" + row, line: 3, "byte-order mark"),
    Case("two marks", "\u{FEFF}\u{FEFF}" + header + row, line: 1, "byte-order mark"),
    Case(
      "a year far ahead", header + row + "1,tea,2,9204-01-01,1.5,ann\n" + row, line: 3,
      "from 2024-01-01 (line 2) to 9204-01-01 (line 3), more than the 36525 allowed"),
    Case(
      "a year far back", header + "1,tea,2,1204-01-01,1.5,ann\n" + row, line: 3,
      "from 1204-01-01 (line 2) to 2024-01-01 (line 3), more than the 36525 allowed"),
    Case(
      "a year out of range", header + "1,tea,2,0001-01-01,1.5,ann\n", line: 2, "is not in the years"
    ),
    Case(
      "an exponent too large", header + "1,tea,1e400,2024-01-01,1.5,ann\n", line: 2,
      "\"1e400\" is not a finite number"),
    Case(
      "blanks for a number", header + "1,tea,  ,2024-01-01,1.5,ann\n", line: 2, "is not a value"),
    Case(
      "CR line ends, also in quotes",
      "order,sku,n,at,price,who\r1,\"t\rea\",2,2024-01-01,1,a\r1,tea,x,2024-01-01,1,a\r", line: 4,
      "\"x\" is not a number"),
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
      "no row is between 2024-01-02 (line 2) and 9204-01-01 (line 3)"),
    Case("a time of day", longHeader + "a,2024-01-02 09:00,1\n", line: 2, "has a time of day"),
    Case("a negative number", longHeader + "a,2024-01-02,-1\n", line: 2, "is negative"),
    Case(
      "a mark in the middle", longHeader + "a,2024-01-01,1\n\u{FEFF}a,2024-01-02,1\n", line: 3,
      "byte-order mark"),
    Case(
      "gzip members with a mark",
      bytes: gzipped(Array((longHeader + "a,2024-01-01,1\n").utf8))
        + gzipped(Array("\u{FEFF}a,2024-01-02,1\n".utf8)), line: 3, "byte-order mark"),
    Case(
      "a second header", longHeader + "a,2024-01-01,1\n" + longHeader + "a,2024-01-02,1\n", line: 3,
      "\"ds\" is not a date"),
    Case(
      "dates of two zones", longHeader + "a,2024-01-01T00:00Z,1\na,2024-01-02T00:00+01:00,1\n",
      line: 3, "another offset from UTC than that of line 2"),
    Case(
      "dates with and without a zone", longHeader + "a,2024-01-01,1\na,2024-01-02T00:00Z,1\n",
      line: 3, "another offset from UTC than that of line 2"),
    Case("an hour that never came", longHeader + "a,2024-03-31 02:30,1\n", line: 2, "time of day"),
    Case("an id of blanks", longHeader + "  ,2024-01-01,1\n", line: 2, "is empty"),
    Case("blanks for a date", longHeader + "a,  ,1\n", line: 2, "is not a date"),
    Case("an exponent too large", longHeader + "a,2024-01-01,1e400\n", line: 2, "finite number"),
    Case("a quote in a number", longHeader + "a,2024-01-01,1\"2\n", line: 2, "is not a number"),
    Case("month first among day first", longHeader + "a,2024-13-01,1\n", line: 2, "is not a date"),
  ]

  static let wideHeader = "id,d_1,d_2,d_3\n"

  static let wideCases = [
    Case("a row too short", wideHeader + "a,1,2,3\nb,1,2\n", line: 3, "has 3 fields"),
    Case("an unclosed quote", wideHeader + "\"a,1,2,3\n", line: 2, "does not end"),
    Case("a NUL byte", wideHeader + "a,1,\0,3\n", line: 2, "NUL byte"),
    Case(
      "gzip cut short", bytes: Array(gzipped(Array((wideHeader + "a,1,2,3\n").utf8)).dropLast(9)),
      line: nil, "is an incomplete gzip file"),
    Case("thousands separators", wideHeader + "a,\"1,200\",2,3\n", line: 2, "has two readings"),
    Case("infinity", wideHeader + "a,1,-Infinity,3\n", line: 2, "is not a finite number"),
    Case("an exponent too large", wideHeader + "a,1,2,1e400\n", line: 2, "is not a finite number"),
    Case(
      "a column named twice", "id,d_1,d_2,d_2\na,1,2,3\n", line: 1, "is in the place of \"d_3\""),
    Case("an id column named twice", "id,id,d_1\na,b,1\n", line: 1, "appears more than once"),
    Case(
      "100,000 columns", "id," + (1...100_000).map { "d_\($0)" }.joined(separator: ","), line: 1,
      "more than 65536 columns"),
    Case("an id of blanks", wideHeader + "  ,1,2,3\n", line: 2, "column \"id\": is empty"),
    Case("an id twice", wideHeader + "a,1,2,3\na,4,5,6\n", line: 3, "after line 2"),
    Case("a mark in the middle", wideHeader + "a,1,2,3\n\u{FEFF}b,1,2,3\n", line: 3, "byte-order"),
    Case(
      "not UTF-8", bytes: Array(wideHeader.utf8) + [0xE9, 0x2C, 0x31, 0x2C, 0x2C, 0x0A], line: 2,
      "is not UTF-8"),
    Case("empty", "", line: nil, "is empty"),
    Case("header only", wideHeader, line: nil, "has a header but no rows"),
  ]

  @Test(arguments: wideCases) func aWideTable(_ one: Case) {
    let error = #expect(throws: TableError.self) {
      try WideTableReader(identity: "id", steps: .numbered(prefix: "d_", first: 1))
        .read(MemoryByteSource(one.bytes, name: "w.csv"))
    }
    expect(error, one, file: "w.csv")
  }

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

  @Test func aNegativeZeroIsZero() throws {
    for text in ["-0", "-0.0", "-0e5", "-1e-400"] {
      let panel = try readTable(Self.longHeader + "a,2024-01-01,\(text)\n").panel
      #expect(panel.series(at: 0).values.first?.bitPattern == 0, "\(text)")
    }
  }

  /// One article of *Online Retail II* is written both ways, and pandas tells the two apart, too.
  @Test func blanksAroundAnIdStay() throws {
    let panel = try readTable(Self.longHeader + "tea,2024-01-01,1\n\"tea \",2024-01-02,2\n").panel
    #expect(panel.ids == ["tea", "tea "])
  }

  /// A line without an end, and a row that comes again and again: neither is held.
  @Test(arguments: [
    ("x", TableError.Fault.recordTooLong(limit: 4 << 20)),
    ("x,", .tooManyColumns(limit: 1 << 16)),
    (
      "a,2024-01-01,1\n",
      .duplicate(id: "a", date: CalendarDate(year: 2024, month: 1, day: 1)!, firstLine: 2)
    ),
  ])
  func aGigabyteWithoutAnEnd(piece: String, fault: TableError.Fault) {
    let source = RepeatingByteSource(Self.longHeader, piece, count: 1 << 30)
    let error = #expect(throws: TableError.self) { try LongTableReader().read(source) }
    #expect(error?.fault == fault)
    #expect(source.bytesRead < 8 << 20)
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
