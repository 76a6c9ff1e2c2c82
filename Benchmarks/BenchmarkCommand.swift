import ArgumentParser
import Foundation
import NeuralNetwork

@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Times every accelerated kernel and layer against its definition in plain Swift.",
    discussion: """
      Every result is held against the reference kernels before it is timed. Ends with status 1 if \
      one deviates, or if --compare finds a row that became slower. Benchmarks/README.md says what \
      is measured, and how it is counted.
      """)

  @Option(
    name: .long,
    help: """
      Only cases whose suite/case contains this, or matches it as a regular expression. May be given \
      several times.
      """,
    transform: CaseFilter.init)
  var filter: [CaseFilter] = []

  @Option(
    help:
      "The numbers of threads, each from 1 to 1024, such as 1,2,4. (default: 1 and all processors)")
  var threads: ThreadCounts?

  @Flag(help: "Measure for 0.1 s a case instead of 0.5 s, and skip references of over 1 s a call.")
  var quick = false

  @Option(
    help: """
      References that take longer, in seconds a call, are checked on a sample and not timed. \
      (default: 10, or 1 with --quick)
      """)
  var referenceLimit: Double?

  @Option(help: "A file for the results: JSON, one object a row, written as rows are measured.")
  var json: String?

  @Option(help: "A file that --json wrote: ends with status 1 if a row became slower.")
  var compare: String?

  @Option(help: "By what share a median may grow before the row counts as slower.")
  var tolerance = 0.1

  @Flag(help: "List the cases, and measure nothing.")
  var list = false

  func validate() throws {
    guard tolerance >= 0, tolerance.isFinite else {
      throw ValidationError("--tolerance must be at least 0, but is \(tolerance).")
    }
    if let referenceLimit, !(referenceLimit >= 0) {
      throw ValidationError("--reference-limit must be at least 0, but is \(referenceLimit).")
    }
    guard !cases.isEmpty else {
      let patterns = filter.map { "\"\($0.pattern)\"" }.joined(separator: " or ")
      throw ValidationError("No case matches --filter \(patterns); --list shows all.")
    }
  }

  private var cases: [Case] { Suites.all.filter { filter.matches($0.path) } }

  func run() throws {
    if list { return cases.forEach { print($0.path) } }
    // What can fail early does, before minutes are spent. The old file is read before the new one
    // is made: they may be the same.
    let old = try compare.map { try oldRows(path: $0) }
    let writer = try json.map { try ResultWriter(path: $0) }
    let (rows, failureCount) = try measure(writer)
    var hasFailed = failureCount > 0
    if hasFailed { print("\n\(failureCount) of \(cases.count) cases failed: see the errors") }
    if let old {
      let comparison = ResultComparison(from: old, to: rows, tolerance: tolerance)
      print("\n\(comparison)")
      hasFailed = hasFailed || comparison.hasSlower
    }
    if hasFailed { throw ExitCode.failure }
  }

  /// The earlier run's rows of the cases that are chosen.
  ///
  /// - Throws: ``ResultFileError``, also where this run will have none of them: nothing would be
  ///   compared, and the status would say that nothing is slower.
  private func oldRows(path: String) throws -> [ResultRow] {
    let rows = try ResultFile.rows(path: path).filter { filter.matches("\($0.suite)/\($0.name)") }
    let keys = Set(rows.map(\.key))
    let hasCommon = cases.contains { one in
      threadCounts(of: one).values.contains {
        keys.contains(.init(suite: one.suite, name: one.name, threads: $0))
      }
    }
    guard hasCommon else { throw ResultFileError.unrelated(path: path) }
    return rows
  }

  /// Measures all cases, prints them and writes them to the file.
  private func measure(_ writer: ResultWriter?) throws -> (rows: [ResultRow], failureCount: Int) {
    let runner = Runner(
      stopwatch: quick ? .quick : .thorough,
      referenceLimit: referenceLimit ?? (quick ? 1 : 10))
    let peaks = Set(cases.flatMap { threadCounts(of: $0).values }).sorted()
      .map { GEMMPeak(measuredWith: $0) }
    let table = ResultTable(cases)
    show("\(Machine.description(peaks))\n\n\(table.head)")
    var rows: [ResultRow] = []
    var failureCount = 0
    for one in cases {
      let counts = threadCounts(of: one).values
      do {
        try runner.run(one, peaks.filter { counts.contains($0.threadCount) }) { measured in
          show(table.line(measured))
          rows.append(measured.row)
          try writer?.write(measured.row)
        }
      } catch let failure as ResultFileError {
        throw failure
      } catch {
        failureCount += 1
        FileHandle.standardError.write(Data("Error: \(one.path): \(error)\n".utf8))
      }
    }
    return (rows, failureCount)
  }

  private func threadCounts(of one: Case) -> ThreadCounts {
    if let threads { return threads }
    let processorCount = Machine.processorCount
    return one.usesEveryThreadCount
      ? .doubling(to: processorCount) : .oneAndAll(of: processorCount)
  }

  /// Prints at once: a run takes minutes, and its output may go to a file.
  private func show(_ text: String) {
    print(text)
    fflush(nil)
  }
}
