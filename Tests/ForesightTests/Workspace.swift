import Foundation
import Testing

/// A directory of a test's own, in which the built command is run.
final class Workspace {
  /// What a run of the command ended with.
  struct Outcome {
    let status: Int32
    /// Whether it ended by itself, not by a signal such as that of a crash.
    let hasExited: Bool
    let output: String
    let errors: String
  }

  let directory: URL
  /// Where the runs' standard output and error go: not among the files that tests look at.
  private let logs: URL

  init() throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "foresight-\(UUID())")
    directory = base.appending(path: "work")
    logs = base.appending(path: "logs")
    for url in [directory, logs] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: directory.deletingLastPathComponent()) }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: directory.appending(path: name))
  }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: directory.appending(path: name))
  }

  func text(_ name: String) throws -> String {
    try #require(String(data: data(name), encoding: .utf8), "\(name) is not UTF-8")
  }

  /// The paths of all files and directories, sorted.
  func contents() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted()
  }

  /// Runs `foresight` to its end.
  ///
  /// - Parameter environment: Variables beside those of the tests.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    try start(arguments, environment: environment).outcome()
  }

  /// Runs commands of a shell, for which `foresight` is the built command.
  func shell(_ commands: String) throws -> Outcome {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let beside = Run.command.deletingLastPathComponent().path
    let run = try Run(
      ["-euo", "pipefail", "-c", commands], of: URL(filePath: "/bin/bash"), in: directory,
      logs: logs.appending(path: UUID().uuidString), environment: ["PATH": beside + ":" + path])
    return try run.outcome()
  }

  /// Starts `foresight`, whose standard output goes to a file of logs or to the end of the one that is
  /// named.
  func start(
    _ arguments: [String], appendingOutputTo name: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    try Run(
      arguments, in: directory, logs: logs.appending(path: UUID().uuidString),
      output: name.map { directory.appending(path: $0) }, environment: environment)
  }
}

/// A run of the built command.
final class Run {
  private let process = Process()
  private let outputFile, errorFile: URL

  /// The command lies beside the tests, wherever they were built.
  static let command: URL = {
    #if os(macOS)
      let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }!.bundleURL
      return tests.deletingLastPathComponent().appending(path: "foresight")
    #else
      return Bundle.main.bundleURL.appending(path: "foresight")
    #endif
  }()

  init(
    _ arguments: [String], of program: URL = Run.command, in directory: URL, logs: URL,
    output: URL? = nil, environment: [String: String] = [:]
  ) throws {
    outputFile = output ?? logs.appendingPathExtension("out")
    errorFile = logs.appendingPathExtension("err")
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput =
      try output.map { try Self.handle(appendingTo: $0) } ?? Self.handle(outputFile)
    process.standardError = try Self.handle(errorFile)
    try Self.hearingInterrupts { try process.run() }
  }

  /// Calls a closure on a thread that lets SIGINT through. The threads that tests run on may have it
  /// blocked, and what they start would inherit that.
  private static func hearingInterrupts(_ body: () throws -> Void) rethrows {
    var interrupt = sigset_t()
    var previous = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    try body()
  }

  /// Files take what is written however much it is; a pipe that nobody reads would block the run.
  private static func handle(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  private static func handle(appendingTo url: URL) throws -> FileHandle {
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    return handle
  }

  /// Waits until a text is among what was written to standard error.
  func waitForError(_ text: String) throws {
    try wait(until: { try Self.text(errorFile).contains(text) })
    try #require(Self.text(errorFile).contains(text), "ended without writing \(text)")
  }

  /// What Ctrl-C does.
  func interrupt() { process.interrupt() }

  /// Waits for the end.
  func outcome() throws -> Workspace.Outcome {
    try wait(until: { false })
    process.waitUntilExit()
    return try Workspace.Outcome(
      status: process.terminationStatus, hasExited: process.terminationReason == .exit,
      output: Self.text(outputFile), errors: Self.text(errorFile))
  }

  /// Waits until something holds or the run has ended. One that takes far too long is killed, so that
  /// a command that hangs is a test that fails.
  private func wait(until condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(240)
    while process.isRunning, try !condition() {
      if ContinuousClock.now > deadline {
        kill(process.processIdentifier, SIGKILL)
        try #require(Bool(false), "still running after four minutes")
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  private static func text(_ url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}
