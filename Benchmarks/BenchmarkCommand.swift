import ArgumentParser
import Foundation
import NeuralNetwork

@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Times every accelerated kernel and layer, and compares it with plain Swift.",
    discussion: """
      Every result is checked against the reference kernels before it is timed. The exit status is 1 \
      if a result deviates, or if --compare finds a row that became slower. Benchmarks/README.md \
      describes what is measured and how operations are counted.
      """)

  @Option(
    name: .long,
    help: """
      Measure only cases whose suite/case contains this text or matches it as a regular expression. \
      Can be repeated.
      """,
    transform: CaseFilter.init)
  var filter: [CaseFilter] = []

  @Option(
    help:
      "The thread counts, each from 1 to 1024, such as 1,2,4. (default: 1 and all processors)")
  var threads: ThreadCounts?

  @Flag(help: "Measure each case for 0.1 s instead of 0.5 s; skip references over 1 s per call.")
  var quick = false

  @Option(
    help: """
      The maximum time of a reference, in seconds per call. Slower references are checked on a \
      sample and not timed. (default: 10, or 1 with --quick)
      """)
  var referenceLimit: Double?

  @Option(help: "A file for the results, in JSON Lines, written as rows are measured.")
  var json: String?

  @Option(help: "A file from --json to compare with. Exits with status 1 if a row became slower.")
  var compare: String?

  @Option(help: "The share by which a median may grow before the row counts as slower.")
  var tolerance = 0.1

  @Flag(help: "List the cases without measuring them.")
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
    // Operations that can fail early come first, before the measurements. The old file is read
    // before the new one is created, since both may have the same path.
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

  /// Returns the earlier run's rows of the selected cases.
  ///
  /// - Throws: A ``ResultFileError``, also if this run has none of these rows. Nothing would be
  ///   compared, and the exit status would wrongly mean that nothing became slower.
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

  /// Measures all cases, prints them, and writes them to the file.
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

  /// Prints without buffering: a run takes minutes, and its output may go to a file.
  private func show(_ text: String) {
    print(text)
    fflush(nil)
  }
}
