import Foundation
import Testing

/// `foresight doctor` from end to end.
@Suite(.timeLimit(.minutes(30))) struct DoctorTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private struct Report: Decodable {
    let isWorking: Bool
    let findings: [Finding]

    struct Finding: Decodable {
      let name, status, value: String
      let fix: String?
    }

    subscript(name: String) -> Finding? { findings.first { $0.name == name } }
  }

  private func report(
    _ arguments: String..., environment: [String: String] = [:], status: Int32 = 0
  ) throws -> Report {
    let outcome = try workspace.run(
      ["doctor", "--json"] + arguments, environment: environment)
    #expect(outcome.status == status && outcome.errors == "", "\(outcome.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  @Test func everythingHasALine() throws {
    let report = try report()
    #expect(report.isWorking)
    #expect(
      report.findings.map(\.name) == [
        "version", "processor", "kernels", "threads", "memory", "self-check", "OpenBLAS", "zlib",
        "SQLite", "libpq", "D3", "TensorBoard", "output",
      ])
    // A finding has a fix unless it is ok.
    for finding in report.findings {
      #expect((finding.status == "ok") == (finding.fix == nil), "\(finding)")
    }
    #expect(report["self-check"]?.status == "ok")
    #expect(report["OpenBLAS"]?.value.hasPrefix("OpenBLAS 0.") == true)
    #expect(report["memory"]?.value.contains(" GB") == true)
    let outcome = try workspace.run(["doctor"])
    expectSuccess(outcome)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == report.findings.count)
    for (line, finding) in zip(lines, report.findings) {
      #expect(line.hasPrefix(finding.status) && line.contains(" \(finding.name) "), "\(line)")
      if let fix = finding.fix { #expect(line.hasSuffix("; fix: \(fix)")) }
    }
    #expect(try workspace.contents().isEmpty)
  }

  /// The versions are those that the packages of the system state.
  @Test(arguments: [("zlib", "zlib"), ("SQLite", "sqlite3"), ("libpq", "libpq")])
  func versionsAreThoseOfTheSystem(_ name: String, _ package: String) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["pkg-config", "--modversion", package]
    process.standardOutput = output
    try process.run()
    let version = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self
    ).trimmingCharacters(in: .whitespacesAndNewlines)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    #expect(try report()[name]?.value.hasPrefix(version) == true)
  }

  @Test func threadsFollowTheEnvironment() throws {
    let one = try report(
      environment: ["FORESIGHT_THREADS": "1", "OMP_NUM_THREADS": "4"])["threads"]
    #expect(one?.status == "ok")
    #expect(one?.value.hasPrefix("1, from FORESIGHT_THREADS") == true)
    #expect(one?.value.contains("ignores OMP_NUM_THREADS") == true)
    let many = try report(environment: ["FORESIGHT_THREADS": "4000"])["threads"]
    #expect(many?.status == "warning" && many?.fix?.contains("FORESIGHT_THREADS=") == true)
    let wrong = try report(environment: ["FORESIGHT_THREADS": "two"])["threads"]
    #expect(wrong?.status == "warning")
    #expect(wrong?.value.contains(#"FORESIGHT_THREADS is "two""#) == true)
    let option = try report("--threads", "1")["threads"]
    #expect(option?.value.hasPrefix("1, from --threads") == true)
  }

  @Test func whatIsOptionalMayBeMissing() throws {
    let empty = try report(environment: ["PATH": "/nowhere"])
    #expect(empty.isWorking)
    #expect(empty["TensorBoard"]?.status == "missing")
    #expect(empty["TensorBoard"]?.fix == "pip install tensorboard")
    try workspace.write("", to: "tensorboard")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: workspace.directory.appending(path: "tensorboard").path)
    let found = try report(environment: ["PATH": "/nowhere:\(workspace.directory.path)"])
    #expect(found["TensorBoard"]?.status == "ok")
  }

  /// A directory that is needed and cannot be written is an error.
  @Test func aDirectoryThatCannotBeWritten() throws {
    try workspace.write("", to: "file")
    let report = try report("--output", "file", status: 1)
    #expect(!report.isWorking)
    #expect(report["output"]?.status == "error")
    #expect(report["output"]?.value == "file: is a file, not a directory; name another")
    #expect(report["output"]?.fix == "name another directory with --output")
    let outcome = try workspace.run(["doctor", "--output", "none/deep"])
    #expect(outcome.status == 1 && outcome.output.contains("create it first"))
    #expect(try workspace.contents() == ["file"])
  }
}
