import Benchmarks
import Foundation
import Testing

@Suite final class ResultFileTests {
  private let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).json"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private let rows = [
    ResultRow(
      suite: "lstm", name: "training step B32 T28 D8 H32", threads: 2, median: 1.25e-3,
      minimum: 1e-3, reference: 0.0625, gigaflops: 38.5, peakGigaflops: 91.25,
      metrics: ["scaling": 1.75]),
    ResultRow(
      suite: "elementwise", name: "3x + 2, \"quoted\"", threads: 1, median: 3e-9, minimum: 2e-9),
  ]

  @Test func linesHaveTheDocumentedKeys() throws {
    #expect(
      try rows.map(ResultFile.line) == [
        #"{"case":"training step B32 T28 D8 H32","gemm_peak_gflops":91.25,"gflops":38.5,"#
          + #""median_s":0.00125,"metrics":{"scaling":1.75},"min_s":0.001,"reference_s":0.0625,"#
          + #""suite":"lstm","threads":2}"#,
        #"{"case":"3x + 2, \"quoted\"","median_s":3e-09,"min_s":2e-09,"suite":"elementwise","#
          + #""threads":1}"#,
      ])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let writer = try ResultWriter(path: path)
    for (index, row) in rows.enumerated() {
      try writer.write(row)
      // Every row is there as soon as it is measured.
      #expect(try ResultFile.rows(path: path) == Array(rows[...index]))
    }
    _ = try ResultWriter(path: path)
    #expect(throws: ResultFileError.empty(path: path)) { try ResultFile.rows(path: self.path) }
  }

  @Test(arguments: [
    ("{", "it is not JSON"), ("[]", "the line is not of type Dictionary<String, Any>"),
    (#"{"suite":"a","case":"b","threads":1,"min_s":1}"#, "median_s is missing"),
    (#"{"suite":"a","case":"b","threads":1,"min_s":1,"median_s":null}"#, "median_s is null"),
    (
      #"{"suite":"a","case":"b","threads":"one","min_s":1,"median_s":1}"#,
      "threads is not of type Int"
    ),
    (
      #"{"suite":"a","case":"b","threads":1,"min_s":1,"median_s":0}"#,
      "median_s must be positive, but is 0.0"
    ),
    (
      #"{"suite":"a","case":"b","threads":1,"min_s":1,"median_s":1,"metrics":{"p99_s":"x"}}"#,
      "metrics.p99_s is not of type Double"
    ),
  ])
  func whatIsNoRowIsAnErrorThatNamesTheLine(_ line: String, _ reason: String) throws {
    let good = #"{"suite":"a","case":"a","threads":1,"min_s":1,"median_s":1}"#
    try "\(good)\n\n\(line)\n".write(toFile: path, atomically: true, encoding: .utf8)
    let error = ResultFileError.malformed(path: path, line: 3, reason: reason)
    #expect(throws: error) { try ResultFile.rows(path: self.path) }
  }

  @Test func aRowThatComesTwiceIsAnError() throws {
    let line = try ResultFile.line(rows[0])
    try "\(line)\n\(line)\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ResultFileError.repeated(path: path, line: 2, key: rows[0].key)) {
      try ResultFile.rows(path: self.path)
    }
  }

  @Test func filesThatCannotBeOpened() {
    let inside = path + "/rows.json"
    let reason = "No such file or directory"
    #expect(throws: ResultFileError.unreadable(path: inside, reason: reason)) {
      try ResultFile.rows(path: inside)
    }
    #expect(throws: ResultFileError.notWritable(path: inside, reason: reason)) {
      try ResultWriter(path: inside)
    }
    let directory = FileManager.default.temporaryDirectory.path
    #expect(throws: ResultFileError.unreadable(path: directory, reason: "Is a directory")) {
      try ResultFile.rows(path: directory)
    }
    #expect(throws: ResultFileError.notWritable(path: directory, reason: "Is a directory")) {
      try ResultWriter(path: directory)
    }
  }
}
