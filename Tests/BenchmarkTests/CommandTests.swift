import Benchmarks
import Foundation
import Testing

/// The built executable, on a case that takes a moment.
@Suite(.timeLimit(.minutes(30))) final class CommandTests {
  private let directory = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private static let small = ["--quick", "--filter", "gemm/matmul 1x256x64", "--threads", "1,2"]

  @Test func measuresComparesAndFails() throws {
    let json = directory + "/rows.json"
    let first = try run(Self.small + ["--json", json])
    #expect(first.status == 0, "\(first.errors)")
    for title in ["processor ", "instruction set ", "OpenBLAS ", "threads ", "GEMM peak "] {
      #expect(first.output.contains("\n\(title)") || first.output.hasPrefix(title), "\(title)")
    }
    #expect(first.output.contains("\ngemm           matmul 1x256x64        1  "))
    let rows = try ResultFile.rows(path: json)
    #expect(rows.map(\.threads) == [1, 2])
    for row in rows {
      #expect(row.suite == "gemm" && row.name == "matmul 1x256x64")
      #expect(row.minimum > 0 && row.minimum <= row.median)
      #expect(abs(row.gigaflops! * row.median * 1e9 - 2 * 256 * 64) < 1e-3)
      #expect(row.peakGigaflops! > 0 && row.reference! > 0)
    }
    #expect(rows[0].metrics == nil)
    #expect(rows[1].metrics == ["scaling": rows[0].median / rows[1].median])

    // Beside a run that took a hundred times as long, and one that took a hundredth of the time.
    let slow = try compare(rows.map { with($0, median: $0.median * 100) })
    #expect(slow.status == 0 && slow.output.contains("2 rows compared: 0 slower, 2 faster"))
    let fast = try compare(rows.map { with($0, median: $0.median / 100) })
    #expect(fast.status == 1 && fast.output.contains("2 rows compared: 2 slower, 0 faster"))
  }

  @Test func listsCases() throws {
    let outcome = try run(["--list", "--filter", "^lstm/.* B32 T28 D8 H32$"])
    #expect(
      outcome.output == """
        lstm/training step B32 T28 D8 H32
        lstm/forward B32 T28 D8 H32

        """)
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    (["--filter", "no such case"], "No case matches --filter \"no such case\"; --list shows all."),
    (["--filter", "(lstm"], "The value '(lstm' is invalid for '--filter <filter>'"),
    (["--threads", "1,0"], "The value '1,0' is invalid for '--threads <threads>'"),
    (["--reference-limit", "nan"], "--reference-limit must be at least 0, but is nan."),
    (["--tolerance=-0.1"], "--tolerance must be at least 0, but is -0.1."),
    (["--compare", "/none/old.json"], "/none/old.json: cannot be read: No such file or directory"),
    (["--json", "/none/new.json"], "/none/new.json: cannot be written: No such file or directory"),
    (["lstm"], "Unexpected argument 'lstm'"),
  ])
  func optionsThatCannotBeFollowed(_ options: [String], _ message: String) throws {
    let outcome = try run(options)
    #expect(outcome.status != 0)
    #expect(outcome.errors.hasPrefix("Error: " + message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// Rows that the filter leaves out are not missing.
  @Test func comparesWhatIsChosen() throws {
    let rows = [("matmul 1x256x64", 1), ("matmul 2x2x2", 1)].map {
      ResultRow(suite: "gemm", name: $0, threads: $1, median: 100, minimum: 100)
    }
    let outcome = try compare(rows)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("1 faster, 0 the same; 0 not in this run, 1 new\n"))
  }

  /// A comparison of nothing would say that nothing is slower.
  @Test(arguments: [("matmul 2x2x2", 1), ("matmul 1x256x64", 3)])
  func aFileWithoutRowsOfTheRun(_ name: String, _ threads: Int) throws {
    let outcome = try compare([
      ResultRow(suite: "gemm", name: name, threads: threads, median: 1, minimum: 1)
    ])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == """
        Error: \(directory)/old.json: has no row of the cases and threads of this run, so there is \
        nothing to compare

        """)
    #expect(outcome.output.isEmpty)
  }

  /// A bad file to compare with is found out before anything is measured or written.
  @Test func aMalformedOldFile() throws {
    let old = directory + "/old.json"
    try "median\n".write(toFile: old, atomically: true, encoding: .utf8)
    let outcome = try run(Self.small + ["--compare", old, "--json", directory + "/new.json"])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors == "Error: \(old), line 1: not a row that --json has written: it is not JSON\n"
    )
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: directory + "/new.json"))
  }

  private func compare(_ rows: [ResultRow]) throws -> Outcome {
    let old = directory + "/old.json"
    let writer = try ResultWriter(path: old)
    for row in rows { try writer.write(row) }
    return try run(Self.small + ["--compare", old])
  }

  private func with(_ row: ResultRow, median: Double) -> ResultRow {
    var changed = row
    changed.median = median
    return changed
  }

  private struct Outcome {
    let status: Int32
    let output, errors: String
  }

  /// Runs the executable, which lies beside the tests, to its end.
  private func run(_ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "Benchmarks")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    // Files take what is written however much it is; a pipe that nobody reads would block.
    let (output, errors) = (directory + "/output", directory + "/errors")
    for path in [output, errors] { try Data().write(to: URL(filePath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
