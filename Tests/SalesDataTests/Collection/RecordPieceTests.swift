import SalesData
import Testing

/// Where one piece of a text ends and the next begins makes no difference: not to fields, lines or faults.
@Suite struct RecordPieceTests {
  /// Texts that are cut in every way, each with what is to come of it.
  ///
  /// The rows are those of `csv.reader(io.StringIO(text, newline=""))` of Python, without the empty ones.
  static let texts: [(text: String, rows: [[String]], lines: [Int])] = [
    ("a,bc,\n1,,\"3\"\r\nx,\"y\"\"z\",\"\"\n", [["1", "", "3"], ["x", "y\"z", ""]], [2, 3]),
    ("a\r\r\"1\r\n2\r3\n\"\r\n\n\"\"\"\"", [["1\r\n2\r3\n"], ["\""]], [3, 8]),
    (
      "a,b\n\t1\u{1}, \" 2\"\n\u{C},\"\",", [["\t1\u{1}", " \" 2\""], ["\u{C}", "", ""]], [2, 3]
    ),
    (
      "a\n\"\(String(repeating: "0123,\"\"\n", count: 17))\"\n\(String(repeating: "xy", count: 65))",
      [[String(repeating: "0123,\"\n", count: 17)], [String(repeating: "xy", count: 65)]], [2, 20]
    ),
  ]

  @Test(arguments: texts.indices, [1, 2, 3, 5, 8, 17, 65, 4099])
  func recordsGoOnBehindAPiece(place: Int, size: Int) throws {
    let expected = Self.texts[place]
    let read = records(Array(expected.text.utf8), size, recordLimit: 257)
    #expect(read.fault == nil)
    #expect(read.rows == expected.rows)
    #expect(read.lines == expected.lines)
  }

  /// A fault comes after the records before it, and is on its own line.
  @Test(arguments: [1, 2, 3, 5, 8, 17, 65, 4099])
  func faultsComeInTheirPlace(size: Int) {
    let faults: [(text: String, fault: TableError.Fault, line: Int)] = [
      ("\"1\n2\",\"", .unclosedQuote, 4), ("\"\n\" 1,2", .textAfterQuote, 4),
      ("\"\n\n\0", .nulByte, 5), ("1,2\0,3", .nulByte, 3), ("1,\"2\"\0", .nulByte, 3),
      ("\u{FEFF}1,2\n", .byteOrderMark, 3), ("\"\u{FEFF}1\",2\n", .byteOrderMark, 3),
      ("\n1,2,3,4,5\n", .tooManyColumns(limit: 4), 4),
      ("\"\n\(String(repeating: "\"\"", count: 66))", .recordTooLong(limit: 65), 3),
      ("1,\(String(repeating: "x", count: 65))\n\"", .recordTooLong(limit: 65), 3),
    ]
    for expected in faults {
      let read = records(Array("a,b\n7,8\n\(expected.text)".utf8), size)
      #expect(read.rows == [["7", "8"]], "\(expected.text.debugDescription)")
      #expect(read.fault?.fault == expected.fault, "\(expected.text.debugDescription)")
      #expect(read.fault?.line == expected.line, "\(expected.text.debugDescription)")
    }
    // Of doubled quotes one counts, and line breaks within quotes do.
    let longest = String(repeating: "\"\"", count: 31) + "\n" + String(repeating: "x", count: 33)
    let read = records(Array("a\n\"\(longest)\"\n".utf8), size)
    #expect(read.fault == nil && read.rows.map { $0[0].utf8.count } == [65])
  }

  /// Damaged tables are read alike by pieces of any size, plain and, on a thread of their own, compressed.
  @Test(arguments: [1, 2, 3] as [Int]) func pieceSizesAgree(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let alphabet = Array("\"\"\"\n\r,,\ta1\0\u{C}é".utf8)
    for round in 0..<503 {
      let bytes =
        Array("a,b\n".utf8)
        + (0..<random.next(below: 65)).map { _ in alphabet[random.next(below: alphabet.count)] }
      let whole = records(bytes, 4099)
      for size in [1, 3, 17] {
        let pieces = records(round % 17 == 0 ? gzipped(bytes) : bytes, size)
        #expect(pieces == whole, "\(bytes) in pieces of \(size)")
      }
    }
  }

  private struct Reading: Equatable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var fault: TableError?
  }

  /// What a text gives that is looked through in pieces of a size.
  private func records(_ bytes: [UInt8], _ size: Int, recordLimit: Int = 65) -> Reading {
    var reading = Reading()
    var format = DelimitedFormat(separator: .comma)
    (format.recordLimit, format.columnLimit) = (recordLimit, 4)
    do throws(TableError) {
      let source = try DelimitedRecordSource(
        MemoryByteSource(bytes, name: "t.csv"), format: format, pieceSize: size)
      var record = Record()
      while try source.next(&record) {
        reading.rows.append(
          (0..<record.fieldCount).map { String(decoding: record[$0], as: UTF8.self) })
        reading.lines.append(record.line)
      }
    } catch {
      reading.fault = error
    }
    return reading
  }
}
