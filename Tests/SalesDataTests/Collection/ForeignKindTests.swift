import Foundation
import SalesData
import Testing

/// Files of other kinds are recognized by their first bytes, and headers are not taken for them.
struct ForeignKindTests {
  private static func zip(_ name: String) -> [UInt8] {
    [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [UInt8(name.utf8.count), 0, 0, 0]
      + Array(name.utf8)
  }

  private static func wide(_ text: String, _ encoding: String.Encoding) -> [UInt8] {
    Array(text.data(using: encoding)!)
  }

  private static let header = "unique_id,ds,y\na,2024-01-01,3\n"

  static let recognized: [(ForeignKind, [UInt8])] = [
    (.utf16, wide(header, .utf16)), (.utf16, wide(header, .utf16LittleEndian)),
    (.utf16, wide(header, .utf16BigEndian)), (.utf32, wide(header, .utf32)),
    (.utf32, wide(header, .utf32BigEndian)), (.json, Array(#" [ {"ds": "2024-01-01"} ]"#.utf8)),
    (.json, Array("{\n  \"data\": [\n{\"y\": 3}]}".utf8)), (.json, Array(#"[["ds"],["x"]]"#.utf8)),
    (.json, Array(#"{"ds":["2024-01-01"],"y":[3]}"#.utf8)), (.json, Array("[]\n".utf8)),
    (.jsonLines, Array("{\"y\": 3}\n{\"y\": 4}\n".utf8)),
    (.jsonLines, [0xEF, 0xBB, 0xBF] + Array("[\"a\",3]\r\n[\"b\",4]\r\n".utf8)),
    (.html, Array("\n<!DOCTYPE html>\n<html>".utf8)), (.html, Array("<table border=1>".utf8)),
    (.html, Array("<HTML><body>".utf8)), (.xml, Array("<?xml version=\"1.0\"?>".utf8)),
    (.gitLFSPointer, Array("version https://git-lfs.github.com/spec/v1\n".utf8)),
    (.bzip2, Array("BZh91AY&SY".utf8)), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 4]),
    (.lzma, [0x5D, 0, 0, 0x80, 0]), (.zstandard, [0x28, 0xB5, 0x2F, 0xFD, 4]),
    (.lz4, [4, 0x22, 0x4D, 0x18, 0x64]), (.compress, [0x1F, 0x9D, 0x90]),
    (.zip, zip("sales.csv")),
    (
      .tar,
      Array("sales.csv".utf8) + [UInt8](repeating: 0, count: 248)
        + Array("ustar".utf8)
    ), (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0]),
    (.rar, Array("Rar!".utf8) + [0x1A, 7, 0]), (.excelWorkbook, zip("[Content_Types].xml")),
    (.excelWorkbook, zip("xl/workbook.xml")),
    (
      .openDocumentSpreadsheet,
      zip("mimetype") + Array("application/vnd.oasis.opendocument.spreadsheet".utf8)
    ),
    (.oldExcelWorkbook, [0xD0, 0xCF, 0x11, 0xE0, 0xA1]), (.document, zip("word/document.xml")),
    (.pdf, Array("%PDF-1.7\n".utf8)), (.image, [0x89] + Array("PNG\r\n".utf8)),
    (.image, [0xFF, 0xD8, 0xFF, 0xE0]), (.parquet, Array("PAR1".utf8) + [0x15, 4, 0x15]),
    (.feather, Array("ARROW1".utf8) + [0, 0]), (.feather, Array("FEA1".utf8) + [0, 0]),
    (.arrowStream, [0xFF, 0xFF, 0xFF, 0xFF, 0x10, 1]), (.orc, Array("ORC\n".utf8) + [3, 0, 0]),
    (.avro, Array("Obj\u{1}\u{4}".utf8)), (.hdf5, [0x89] + Array("HDF\r\n".utf8) + [0x1A, 10]),
    (.pickle, [0x80, 4, 0x95, 3, 0]), (.pickle, [0x80, 2, 0x7D]),
    (.numPy, [0x93] + Array("NUMPY".utf8) + [1, 0]), (.numPyArchive, zip("y.npy")),
    (.matlab, Array("MATLAB 5.0 MAT-file, Platform".utf8)),
    (.rData, Array("RDX3\nX\n".utf8) + [0, 0, 0, 3]), (.rds, Array("X\n".utf8) + [0, 0, 0, 3]),
    (.stata, Array("<stata_dta><header>".utf8)), (.stata, [114, 2, 1, 0]),
    (.sas, [UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60, 0xB3]),
    (.sasTransport, Array("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!".utf8)),
    (.spss, Array("$FL2@(#)".utf8) + [2, 0]), (.sqlite, Array("SQLite format 3\0".utf8)),
    (.access, [0, 1, 0, 0] + Array("Standard ACE DB".utf8)),
    (.duckDB, [UInt8](repeating: 7, count: 8) + Array("DUCK".utf8)),
    (.safetensors, [0x40, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\"".utf8)),
  ]

  @Test(arguments: recognized) func recognizes(_ kind: ForeignKind, _ start: [UInt8]) {
    #expect(ForeignKind(startingWith: start[...]) == kind)
  }

  /// Headers of tables that begin as some files do.
  @Test(arguments: [
    header, "", "\n", "<TICKER>,<PER>,<DATE>\n", "<html>,ds,y\n", "<table>;ds\n", "ORC,ds,y\n",
    "PAR1,ds,y\n", "BM,ds\n", "[day],[units]\n[x],3\n", "{id},y\n", "[\"day\"],y\n1,2\n", "X\nA\n",
    "RDX3\nA\n", "MM,II*,y\n", "Obj,y\n", "q,r,s\n", "ARROW1,y\n", "$FL2,y\n",
    "\u{FEFF}unique_id,ds\n",
    "€,ds\n", "PK,ds,y\n", "BZh9,ds\n", "SQLite format 3,ds\n", "ID;PRICE\n",
  ])
  func leavesHeadersAlone(_ text: String) {
    #expect(ForeignKind(startingWith: Array(text.utf8)[...]) == nil)
  }

  /// In one byte a character, a header may begin with bytes that are none of UTF-8.
  @Test func leavesOtherEncodingsAlone() {
    for start: [UInt8] in [[0x80, 0x2C, 0x64], [0xFF, 0x2C, 0x64], [0x93, 0x2C]] {
      #expect(ForeignKind(startingWith: start[...]) == nil)
    }
  }

  /// The first bytes decide, not the name; what a gzip file holds counts, too.
  @Test(arguments: [false, true]) func readersSayWhatItIs(isInGzip: Bool) throws {
    for (kind, start) in Self.recognized where kind != .utf16 && kind != .zip {
      let bytes = isInGzip ? gzipped(start) : start
      let error = #expect(throws: TableError.self) {
        try DelimitedRecordSource(MemoryByteSource(bytes, name: "sales.csv"))
      }
      let message = "\(try #require(error))"
      let compressed = isInGzip && kind != .gzip ? ", compressed by gzip" : ""
      #expect(message.hasPrefix("sales.csv: is \(kind.rawValue)\(compressed); "), "\(message)")
    }
  }

  @Test func wordsAreQuotedForAShell() {
    #expect(shellQuoted("data/a-1.csv") == "data/a-1.csv")
    #expect(shellQuoted("-a") == "./-a")
    #expect(shellQuoted("my sales.csv") == "'my sales.csv'")
    #expect(shellQuoted("o'clock $1") == #"'o'\''clock $1'"#)
    #expect(shellQuoted("") == "''")
  }
}
