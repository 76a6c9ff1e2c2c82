import FactorizationMachines
import Foundation
import TestSupport
import Testing

@Suite struct SparseRowsReaderTests {
  private func read(
    _ text: String, _ reader: SparseRowsReader = SparseRowsReader()
  ) throws(SparseRowsError) -> LabeledRows {
    try reader.read(MemoryByteSource(Array(text.utf8), name: "rows.svm"))
  }

  private func error(
    _ text: String, _ reader: SparseRowsReader = SparseRowsReader()
  ) -> SparseRowsError? {
    do throws(SparseRowsError) {
      _ = try read(text, reader)
      return nil
    } catch {
      return error
    }
  }

  // As read by scikit-learn 1.9.1:
  //
  //   x, y = sklearn.datasets.load_svmlight_file(io.BytesIO(text))
  //   print(x.shape, x.toarray(), y)
  @Test func readsRows() throws {
    let data = try read("1 3:0.5 7:1 # comment\r\n\r\n# none\n-1\t1:2e-1  2:-3\n+0.5\n")
    #expect(data.labels == [1, -1, 0.5])
    #expect(data.rows.columnCount == 7)
    #expect(data.rows[0] == [.init(column: 2, value: 0.5), .init(column: 6)])
    #expect(data.rows[1] == [.init(column: 0, value: 0.2), .init(column: 1, value: -3)])
    #expect(data.rows[2].isEmpty)
    #expect(data.groups == nil && data.weights == nil)
  }

  @Test func zeroIsAnIndexOnlyWhereIndicesBeginWithIt() throws {
    #expect(try read("1 0:2 4:1\n0 1:1").rows.columnCount == 5)
    #expect(try read("1 1:2", SparseRowsReader(firstIndex: 0)).rows[0][0].column == 1)
    let fault = error("1 1:1\n1 0:2", SparseRowsReader(firstIndex: 1))?.fault
    #expect(fault == .indexOutOfRange(0, expected: 1...1))
  }

  @Test func entriesAreSorted() throws {
    #expect(try read("1 5:5 2:2 3:3").rows[0].map(\.value) == [2, 3, 5])
  }

  @Test func readsGroups() throws {
    let data = try read("2 qid:7 1:1\n0 qid:9 2:1\n")
    #expect(data.groups == [7, 9])
    #expect(error("1 qid:1 1:1\n1 2:1\n")?.fault == .mixedGroups)
    #expect(error("1 2:1\n1 qid:1 2:1\n")?.line == 2)
  }

  @Test func readsFields() throws {
    let data = try read("1 2:5:0.5 0:1:1\n0 1:0:1", SparseRowsReader(.libffm))
    #expect(data.rows.columnCount == 6 && data.rows.fieldCount == 3)
    #expect(
      data.rows[0] == [.init(column: 1, field: 0), .init(column: 5, value: 0.5, field: 2)])
    let reader = SparseRowsReader(.libffm, fieldCount: 2)
    #expect(error("1 2:5:0.5", reader)?.fault == .fieldOutOfRange(2, expected: 0...1))
  }

  /// Compression is detected, and a line can extend over many pieces of text.
  @Test func readsGzip() throws {
    let directory = try TemporaryDirectory()
    let row = (1...30_000).map { "\($0):\($0 % 7)" }.joined(separator: " ")
    let text = (0..<5).map { "\($0 % 2) \(row)\n" }.joined()
    let path = directory.path("rows.svm")
    try Data(text.utf8).write(to: URL(filePath: path))
    let plain = try SparseRowsReader().read(path)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-k", path]
    try process.run()
    process.waitUntilExit()
    let compressed = try SparseRowsReader().read(path + ".gz")
    #expect(compressed == plain)
    #expect(plain.rows.entryCount == 150_000)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path + ".gz"))).dropLast(9)
    let cut = MemoryByteSource(Array(bytes), name: "cut.svm.gz")
    #expect {
      try SparseRowsReader().read(cut)
    } throws: { error in
      "\(error)" == "cut.svm.gz: is an incomplete gzip file; transfer it again"
    }
  }

  @Test(arguments: [
    ("x 1:1", "rows.svm:1: begins with \"x\", which is not a finite number"),
    ("nan 1:1", "rows.svm:1: begins with \"nan\""),
    ("1 1:1\n\n1 -2:1", "rows.svm:3: \"-2:1\" has an index that is not a whole number"),
    ("1 1.5:1", "\"1.5:1\" has an index"),
    ("1 :1", "\":1\" has an index"),
    ("1 2147483647:1", "has an index"),
    ("1 99999999999999999999999:1", "has an index"),
    ("1 3:", "\"3:\" has no finite number as its value; leave out entries without a value"),
    ("1 3:nan", "has no finite number"), ("1 3:inf", "has no finite number"),
    ("1 3:1e99", "has no finite number"), ("1 3:1,5", "has no finite number"),
    ("1 3", "\"3\" is not an entry of the form index:value"),
    ("1 1:2:3", "\"1:2:3\" is not an entry of the form index:value"),
    ("1 4:1 2:1 4:1", "rows.svm:1: has the index 4 twice"),
    ("1 1:1 qid:3", "\"qid:3\" has an index"),
    ("1 qid:x 1:1", "\"qid:x\" has an index"),
    ("", "rows.svm: has no rows"), ("# only a comment\n\n", "rows.svm: has no rows"),
  ])
  func hostileTexts(text: String, message: String) {
    #expect("\(error(text).map { "\($0)" } ?? "none")".contains(message))
  }

  @Test func ofTheFormatOfFields() {
    let message = error("1 1:2", SparseRowsReader(.libffm)).map { "\($0)" }
    #expect(message?.contains("of the form field:index:value") == true)
  }

  @Test func largeIndicesAndLongLinesAreErrors() throws {
    let reader = SparseRowsReader(firstIndex: 1, columnCount: 4)
    #expect(try read("1 4:1", reader).rows.columnCount == 4)
    #expect(error("1 4:1\n1 5:1", reader)?.line == 2)
    var short = SparseRowsReader()
    short.lineLimit = 10
    #expect(error("1 1:1 2:1 3:1", short)?.fault == .lineTooLong(limit: 10))
    #expect(throws: SparseRowsError.self) { try SparseRowsReader().read("/nowhere/rows.svm") }
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    #expect(try read("\u{FEFF}1 1:1").labels == [1])
  }
}
