import CPostgreSQLShim
import Foundation
import Testing

/// A PostgreSQL server of the tests' own: a new cluster in a directory of its own, which listens on
/// a socket there and nowhere else.
///
/// A shell holds it, and takes it down, with its files, once its standard input ends: at the latest
/// when the process of the tests does, however that ends.
final class PostgreSQLServer: Sendable {
  /// The server of the suite that runs.
  @TaskLocal static var shared: PostgreSQLServer!

  let connectionString: String
  private let shell: Process
  private let input: Pipe

  init() throws {
    let programs = try #require(Self.programs)
    let directory = try Self.makeDirectory()
    connectionString = "host=\(directory) user=foresight dbname=postgres"
    let command = [Self.script, "sh", programs, directory]
    shell = Process()
    // PostgreSQL refuses to run as root.
    shell.executableURL = URL(filePath: getuid() == 0 ? "/usr/bin/env" : "/bin/sh")
    shell.arguments =
      (getuid() == 0 ? ["runuser", "-u", Self.account, "--", "/bin/sh", "-c"] : ["-c"]) + command
    shell.currentDirectoryURL = URL(filePath: "/")
    input = Pipe()
    shell.standardInput = input
    try shell.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while PQping(connectionString) != PQPING_OK {
      guard shell.isRunning, ContinuousClock.now < deadline else {
        let log = try? String(contentsOfFile: directory + "/log", encoding: .utf8)
        stop()
        throw Failure("PostgreSQL does not start: \(log ?? "initdb fails, as it says above")")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  deinit { stop() }

  /// Takes the server down at once: it breaks off all connections.
  func stop() {
    try? input.fileHandleForWriting.close()
    shell.waitUntilExit()
  }

  /// Why there can be no server on this machine, or nil where there can.
  static let absence: Comment? = {
    if programs == nil { return "no initdb of PostgreSQL; on Debian: apt-get install postgresql" }
    if getuid() == 0, getpwnam(account) == nil { return "root, and no user \(account)" }
    return nil
  }()

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// The user that root becomes.
  private static let account = "postgres"

  /// The directory of the server's programs. Debian does not have them in the path.
  private static let programs: String? = {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let directories =
      path.split(separator: ":").map(String.init)
      + versions.sorted().reversed().map { "/usr/lib/postgresql/\($0)/bin" }
    return directories.first { directory in
      ["initdb", "postgres"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
      }
    }
  }()

  private static let script = """
    trap '' INT
    printf '%s\\n' 'local all reader scram-sha-256' 'local all all trust' >"$2/hba"
    if "$1/initdb" -D "$2/data" -U foresight -E UTF8 --locale=C --no-sync >"$2/log" 2>&1; then
      "$1/postgres" -D "$2/data" -k "$2" -F -c listen_addresses= -c hba_file="$2/hba" \\
        >>"$2/log" 2>&1 &
      server=$!
      read -r _
      kill -QUIT $server
      wait $server
    else
      cat "$2/log" >&2
    fi
    rm -r "$2/data" "$2/hba" "$2/log"
    rmdir "$2"
    """

  /// A new directory, which belongs to the server's user. Its path is short, as a socket's has to
  /// be.
  private static func makeDirectory() throws -> String {
    var template = Array("/tmp/foresight-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure("no directory in /tmp") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if getuid() == 0 {
      chown(path, getpwnam(account).pointee.pw_uid, getpwnam(account).pointee.pw_gid)
    }
    return path
  }
}

/// Runs a suite with a server of its own.
struct PostgreSQLServerTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let server = try PostgreSQLServer()
    defer { server.stop() }
    try await PostgreSQLServer.$shared.withValue(server, operation: body)
  }
}

/// A connection that may write.
final class PostgreSQLSession {
  private let handle: OpaquePointer

  init(_ connectionString: String = PostgreSQLServer.shared.connectionString) throws {
    handle = try #require(PQconnectdb(connectionString))
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try #require(PQstatus(handle) == CONNECTION_OK, "\(String(cString: PQerrorMessage(handle)))")
  }

  deinit { PQfinish(handle) }

  /// Runs statements.
  @discardableResult
  func execute(_ sql: String) throws -> String? {
    let result = PQexec(handle, sql)
    defer { PQclear(result) }
    let isDone = [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN].contains(PQresultStatus(result))
    try #require(isDone, "\(String(cString: PQerrorMessage(handle)))")
    return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : nil
  }

  /// Fills a table with the rows of a CSV text with a header.
  func copy(_ csv: [UInt8], into table: String) throws {
    try execute("COPY \(table) FROM STDIN (FORMAT csv, HEADER true)")
    let isSent = csv.withUnsafeBytes {
      PQputCopyData(handle, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count)) == 1
    }
    try #require(isSent && PQputCopyEnd(handle, nil) == 1)
    let result = PQgetResult(handle)
    defer { PQclear(result) }
    try #require(
      PQresultStatus(result) == PGRES_COMMAND_OK, "\(String(cString: PQerrorMessage(handle)))")
  }
}

/// All that needs a server.
@Suite(
  .enabled(if: PostgreSQLServer.absence == nil, PostgreSQLServer.absence), PostgreSQLServerTrait())
struct PostgreSQLTests {}
