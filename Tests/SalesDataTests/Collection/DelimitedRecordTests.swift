import Foundation
import SalesData
import SalesTestSupport
import Testing
import TestSupport

@Suite struct DelimitedRecordTests {
  @Test(arguments: [
    ("a,b\n1,2\n", Separator.comma), ("a;b\n1,5;2\n", .semicolon), ("a\tb\n1\t2\n", .tab),
    // What is in quotes does not count, and no separator at all is a table of one column.
    ("\"a,b,c\";d\n1;2\n", .semicolon), ("\n\r\na\n1\n", .comma), ("a,b;c\td,e\n1,2,3\n", .comma),
  ])
  func findsTheSeparatorInTheHeader(text: String, separator: Separator) throws {
    let source = try DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv"))
    #expect(source.separator == separator)
  }

  @Test func splitsByRFC4180() throws {
    // csv.reader(io.StringIO(text, newline="")) of Python gives the same fields.
    let text = "a,b,c\r\n\"1,\"\"2\"\"\",\"x\r\ny\",\n,\"\",3\" rule\n"
    let table = try records(Array(text.utf8))
    #expect(table.columns == ["a", "b", "c"])
    #expect(table.rows == [["1,\"2\"", "x\r\ny", ""], ["", "", "3\" rule"]])
    #expect(table.lines == [2, 4])
  }

  @Test func readsEncodingsOfOneByte() throws {
    // "Größe;€".encode("cp1252") and "Größe;¤".encode("latin-1") of Python
    let windows: [UInt8] = [0x47, 0x72, 0xF6, 0xDF, 0x65, 0x3B, 0x80, 0x0A, 0x31, 0x3B, 0x92]
    let latin: [UInt8] = [0x47, 0x72, 0xF6, 0xDF, 0x65, 0x3B, 0xA4, 0x0A, 0x31, 0x3B, 0xFF]
    let first = try records(windows, DelimitedFormat(encoding: .windows1252))
    #expect(first.columns == ["Größe", "€"])
    #expect(first.rows == [["1", "\u{2019}"]])
    let second = try records(latin, DelimitedFormat(encoding: .latin1))
    #expect(second.columns == ["Größe", "¤"])
    #expect(second.rows == [["1", "ÿ"]])
    // A byte-order mark says more than the option.
    let marked = try records(
      [0xEF, 0xBB, 0xBF] + Array("é,b\n1,2".utf8), DelimitedFormat(encoding: .latin1))
    #expect(marked.columns == ["é", "b"])
  }

  @Test func readsDecimalCommas() throws {
    let panel = try readTable(
      "unique_id;ds;y\na;2024-01-01;1234,5\na;2024-01-02;-,25e1\na;2024-01-03;12345678901234567890,25\n"
    ) {
      $0.format.decimalMark = .comma
      $0.policy.negativeValues = .keep
    }.panel
    #expect(Array(panel.series(at: 0).values) == [1234.5, -2.5, 12_345_678_901_234_567_890.25])
    for text in ["1,234.5", "12.34", "1 23,5", "1''234,5"] {
      let error = #expect(throws: TableError.self) {
        try readTable("unique_id;ds;y\na;2024-01-01;\(text)\n") { $0.format.decimalMark = .comma }
      }
      #expect(error?.fault == .unparsableNumber(text: text, decimalMark: .comma))
      #expect(
        error?.description.hasSuffix("write it like 1234,5 or 1.234,5, without other text")
          == true)
    }
  }

  @Test(arguments: [1, 3, 17, 65, 4099]) func readsGzipHoweverItArrives(size: Int) throws {
    let rows = (0..<503).map {
      "s\($0 % 17),2024-01-\($0 / 17 + 1 < 10 ? "0" : "")\($0 / 17 + 1),\($0)"
    }
    let text = Array(("unique_id,ds,y\n" + rows.joined(separator: "\n")).utf8)
    let plain = try readTable(bytes: text).panel
    // One member, and several with a break in the middle of a row, padded with zeros.
    let single = gzipped(text)
    let several =
      gzipped(Array(text[..<1001])) + gzipped([]) + gzipped(Array(text[1001...]))
      + [UInt8](repeating: 0, count: 65)
    for bytes in [single, several] {
      let source = PiecewiseByteSource(bytes, size: size)
      #expect(try LongTableReader().read(source).panel == plain)
    }
  }

  @Test func everyTruncationOfGzipIsFound() {
    let whole = gzipped(Array("unique_id,ds,y\na,2024-01-01,1\na,2024-01-02,2\n".utf8))
    for count in 2..<whole.count {
      let error = #expect(throws: TableError.self) { try readTable(bytes: Array(whole[..<count])) }
      #expect(
        error?.description == "sales.csv: is an incomplete gzip file; transfer it again",
        "after \(count) bytes")
    }
  }

  static let bombs: [(UInt8, TableError.Fault)] = [
    (0, .nulByte), (UInt8(ascii: "x"), .recordTooLong(limit: 4 << 20)),
    (UInt8(ascii: "\n"), .noRows),
  ]

  @Test(arguments: bombs) func aBombOfGzipEndsAtALimit(byte: UInt8, fault: TableError.Fault) {
    let bomb = gzipped(Array("unique_id,ds,y\n".utf8) + [UInt8](repeating: byte, count: 16 << 20))
    #expect(bomb.count < 20_000)
    let error = #expect(throws: TableError.self) { try readTable(bytes: bomb) }
    #expect(error?.fault == fault)
  }

  @Test func aBombOfGzipTakesNoMemory() async {
    await #expect(processExitsWith: .success) {
      // 64 MiB of line breaks, read in a process of its own.
      let breaks = [UInt8](repeating: UInt8(ascii: "\n"), count: 64 << 20)
      let bomb = gzipped(Array("a,b\n".utf8) + breaks)
      let before = memoryInUse()
      let source = try DelimitedRecordSource(MemoryByteSource(bomb, name: "t.csv"))
      var record = Record()
      require(try !source.next(&record), "expected no record")
      require(memoryInUse() - before < 8 << 20, "expected memory not to grow with the bomb")
    }
  }

  @Test func aBombOfRowsEndsAtTheMostValues() {
    let rows = repeatElement(Array("a,2024-01-01,1\n".utf8), count: 65_537).joined()
    let bomb = gzipped(Array("unique_id,ds,y\n".utf8) + rows)
    let error = #expect(throws: TableError.self) {
      try readTable(bytes: bomb) { $0.cellLimit = 4099 }
    }
    #expect(error?.fault == .tooManyRows(limit: 4099))
  }

  @Test func columnsAreLimited() throws {
    let wide = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let error = #expect(throws: TableError.self) { try records(Array((wide + "\n").utf8)) }
    #expect(
      error?.description == "t.csv:1: has more than 65536 columns; check the separator and "
        + "the line breaks")
    var format = DelimitedFormat()
    format.columnLimit = 100_000
    #expect(try records(Array((wide + "\n" + wide).utf8), format).rows[0].count == 100_000)
  }

  /// What is decompressed ahead by a thread of its own is all there, and nobody waits for what is never
  /// asked for.
  @Test func gzipIsReadWholeOrGivenUp() throws {
    let rows = (0..<65_537).map { "\($0),\($0 % 17)\n" }.joined()
    let bytes = gzipped(Array(("a,b\n" + rows).utf8))
    #expect(try records(bytes).rows.map { Int($0[0]) } == (0..<65_537).map { $0 })
    for _ in 0..<65 {
      let source = try DelimitedRecordSource(MemoryByteSource(bytes, name: "t.csv"))
      var record = Record()
      #expect(try source.next(&record) && record.line == 2)
    }
    let cut = #expect(throws: TableError.self) { try records(Array(bytes.dropLast(3))) }
    #expect(cut?.fault == .truncatedGzip)
  }
}

/// The memory that the process has taken, in bytes; 0 where the system does not say.
private func memoryInUse() -> Int {
  let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    .split(separator: " ")[1]
  return (pages.flatMap { Int($0) } ?? 0) * 4096
}
